"""A move that would never end, or grow without end, is an incident with a sentence; large honest ones go through."""

import pytest

from service.engine.shapes import Incident
from tests.diagrams import Drawing, each, process, repeat, times
from tests.engine.case import Case

TEXT = "x" * 90_000


def stopped(case: Case) -> Incident:
    """The incident of the last move, which changed nothing."""
    assert case.incident is not None
    assert case.state.instances == ()
    return case.incident


def test_a_call_for_each_of_a_thousand_members_goes_through_in_one_move():
    child = process("child").start().script("ask", "answer = member * 2").end()
    loop = each("members", item="member", into="answers", result="answer")
    case = Case().deploy(process("p").start().call("ask", "child", loop=loop).end(), child)
    case.start("p", members=list(range(1_200)))
    assert case.incident is None
    assert case.ended["root-p"].variables["answers"] == [2 * number for number in range(1_200)]


def test_a_sub_process_for_each_of_a_thousand_members_goes_through_in_one_move():
    loop = each("members", item="member", into="answers", result="answer")
    drawing = process("p").start().sub("ask", loop=loop).start("in")
    drawing.script("one", "answer = member").script("two", "answer = answer * 2").end("out").close().end()
    case = Case().deploy(drawing)
    case.start("p", members=list(range(1_000)))
    assert case.incident is None
    assert len(case.ended["root-p"].variables["answers"]) == 1_000


def ring() -> Drawing:
    """A loop in which nobody waits."""
    drawing = process("p").start().exclusive("again").script("count", "n = n + 1").exclusive("enough").end(when="n < 0")
    return drawing.at("enough").otherwise().to("again")


def ring_of_calls() -> Drawing:
    """The same, through a called process."""
    drawing = process("p").start().exclusive("again").call("count", "child").exclusive("enough").end(when="n < 0")
    return drawing.at("enough").otherwise().to("again")


@pytest.mark.parametrize(
    ("drawing", "element"),
    [
        (ring(), "again"),
        (ring_of_calls(), "again"),
        (process("p").start().script("count", "n = n + 1", loop=repeat(condition="n > 0")).end(), "count"),
    ],
    ids=["a ring", "a ring of calls", "a loop"],
)
def test_what_goes_round_by_itself_is_stopped_where_it_does(drawing, element):
    case = Case().deploy(drawing, process("child").start().script("add", "n = n + 1").end())
    case.start("p", n=1)
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("endless", element)
    assert "Put a task or a wait into the loop." in incident.message


def test_more_than_one_step_can_do_says_what_to_do():
    drawing = process("p").start().sub("many", loop=times("2000")).start("in")
    for number in range(15):
        drawing.script(f"step_{number}", "n = 1")
    case = Case().deploy(drawing.end("out").close().end())
    case.start("p")
    incident = stopped(case)
    assert incident.kind == "too-much-at-once"
    assert "Let fewer items begin at once" in incident.message


def growing() -> Drawing:
    """Each script writes nearly a megabyte."""
    drawing = process("p").start()
    for number in range(60):
        drawing.script(f"write_{number}", f"copy_{number} = for i in 1..10 return text")
    return drawing.user("see").end()


@pytest.mark.parametrize(
    ("drawing", "element"),
    [
        (growing(), "write_37"),
        (
            process("p").start().script("say", "r = [text]", loop=times("2000", into="all", result="r")).end(),
            "say",
        ),
        (process("p").start().sub("each", loop=times("2000")).start("in").user("a").end("o").close().end(), "each"),
        (process("p").start().call("each", "child", loop=times("2000")).end(), "each"),
        (process("p").start().user("read", instructions="{{ text }}", loop=times("2000")).end(), "read"),
    ],
    ids=["scripts", "results", "sub-processes", "calls", "instructions"],
)
def test_data_that_grows_without_end_is_stopped_where_it_is_written(drawing, element):
    case = Case().deploy(drawing, process("child").start().user("a").end())
    case.start("p", text=TEXT)
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("too-much-data", element)
    assert "32 MiB" in incident.message


def test_what_one_instance_keeps_is_bounded_also_where_no_step_writes_much():
    drawing = process("p").start().sub("each", loop=times("1000")).start("in").user("a").end("o").close().end()
    case = Case().deploy(drawing)
    case.start("p", text=TEXT[:9_000])
    incident = stopped(case)
    assert incident.kind == "too-much-data"
    assert "8 MiB" in incident.message


def test_a_case_carries_a_thousand_variables_at_most():
    case = Case().deploy(process("p").start().user("a").end())
    case.start("p", **{f"name_{number}": 1 for number in range(1_001)})
    incident = stopped(case)
    assert incident.kind == "too-much-data"
    assert "1,000 variables" in incident.message
