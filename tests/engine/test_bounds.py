"""A move that would never end, or grow without end, is an incident with a sentence; large honest ones go through."""

import pytest

from service.engine.limits import MOST_STEPS
from service.engine.shapes import Complete, Incident, Move, Start
from service.engine.stepping.cache import LiveCache
from service.engine.stepping.step import Step
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


LOOP = "n = count(for i in 1..9000 return i)"
TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
<decision id="many" name="many"><variable name="many"/>
<literalExpression><text>count(for i in 1..9000 return i)</text></literalExpression></decision></definitions>"""


def asked(text: str) -> Drawing:
    """Two thousand items that all ask the same."""
    return process("p").start().script("heavy", text, loop=times("2000")).end()


def texts() -> Drawing:
    """Long texts, each of them read once."""
    drawing = process("p").start()
    for number in range(9):
        drawing.script("heavy" if number == 2 else f"read_{number}", f"n = {number} + " + " + ".join(["12345"] * 900))
    return drawing.end()


def told() -> Drawing:
    """Two thousand people with instructions that take long to fill in."""
    return process("p").start().user("heavy", instructions=f"{{{{ {LOOP[4:]} }}}}", loop=times("2000")).end()


def test_expressions_that_each_stay_within_their_budget_are_bounded_together():
    case = Case().deploy(asked(LOOP))
    case.start("p")
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("too-much-at-once", "heavy")
    assert incident.message == (
        "The expressions of one step took more than 4,000,000 steps of FEEL together. "
        "Let fewer items begin at once, or put a task or a wait in between."
    )


@pytest.mark.parametrize(
    "drawing",
    [
        asked("n = " + " + ".join(["1"] * 900)),
        texts(),
        told(),
        process("p").start().rule("heavy", "many", loop=times("2000")).end(),
    ],
    ids=["long texts", "texts to read", "instructions", "decisions"],
)
def test_whatever_asks_in_a_move_counts(drawing, monkeypatch):
    monkeypatch.setattr("service.engine.stepping.records.MOST_STEPS", 250_000)
    case = Case(tables={"many": TABLE}).deploy(drawing)
    case.start("p")
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("too-much-at-once", "heavy")


HEAVY = "count(for a in 1..500, b in 1..500 return a)"


@pytest.mark.parametrize(
    "drawing",
    [
        process("p").start().script("heavy", f"n = {HEAVY}").end(),
        process("p").start().exclusive("heavy").when(f"{HEAVY} > 1").end().at("heavy").otherwise().end("other"),
        process("p").start().user("heavy", instructions=f"{{{{ {HEAVY} }}}}").end(),
        process("p").start().script("heavy", "n = for a in 1..9000 return for b in 1..9000 return b").end(),
        process("p").start().rule("heavy", "many").end(),
    ],
    ids=["script", "condition", "instructions", "large value", "decision"],
)
def test_one_text_that_asks_for_too_much_is_no_text_that_lacks_a_value(drawing):
    table = TABLE.replace(b"count(for i in 1..9000 return i)", HEAVY.encode())
    case = Case(tables={"many": table}).deploy(drawing)
    case.start("p")
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("too-much-work", "heavy")


def test_a_sealed_value_that_is_looked_at_is_no_matter_of_how_much():
    case = Case().deploy(process("p").start().script("look", "n = string length(remark)").end())
    case.start("p", remark={"sealed": "ab" * 32})
    assert stopped(case).kind == "expression"


def ballot() -> Case:
    """A ballot among two hundred members, each with a deadline, a candidate and instructions of her own."""
    loop = each("members", item="member", into="votes", result="vote", until='count(votes[item = "for"]) > 100')
    drawing = (
        process("p")
        .start()
        .user(
            "vote",
            instructions="{{ member.name }}, vote on {{ title }} before {{ string(day) }}.",
            properties={
                "candidateFrom": "member.key",
                "dueDate": "working days(15)",
                "priority": "if urgent then 80 else 50",
            },
            loop=loop,
        )
    )
    return Case().deploy(drawing.script("count", 'n = count(votes[item = "for"])').end())


BEGUN = {
    "title": "Work clothes",
    "day": "2026-03-23",
    "urgent": True,
    "members": [{"key": f"m{number}", "name": f"Member {number}"} for number in range(200)],
}


def steps_of(case: Case, move: Move) -> int:
    """The steps of FEEL that a move takes, which is not kept."""
    step = Step(case.state, case.ports(), LiveCache())
    step.make(move)
    return step.records.steps


def test_a_ballot_of_two_hundred_takes_a_hundredth_of_what_a_move_may():
    case = ballot()
    begun = Start("root-p", case.in_force["p"], BEGUN)
    assert 0 < steps_of(case, begun) < MOST_STEPS / 100
    case.move(begun)
    assert len(case.tasks) == 200
    vote = Complete("root-p", next(iter(case.tasks)), {"vote": "for"})
    assert 0 < steps_of(case, vote) < MOST_STEPS / 100


def test_a_move_takes_the_same_steps_whatever_was_read_before():
    case = ballot()
    begun = Start("root-p", case.in_force["p"], BEGUN)
    assert steps_of(case, begun) == steps_of(ballot(), begun)


def test_what_one_instance_keeps_is_bounded_also_where_no_step_writes_much():
    drawing = process("p").start().sub("each", loop=times("1000")).start("in").user("a").end("o").close().end()
    case = Case().deploy(drawing)
    case.start("p", text=TEXT[:9_000])
    incident = stopped(case)
    assert (incident.kind, incident.activity_id) == ("too-much-data", "a")
    assert "2 MiB" in incident.message
    assert "the most of it in “text”" in incident.message


def test_a_case_carries_a_thousand_variables_at_most():
    case = Case().deploy(process("p").start().user("a").end())
    case.start("p", **{f"name_{number}": 1 for number in range(1_001)})
    incident = stopped(case)
    assert incident.kind == "too-much-data"
    assert "1,000 variables" in incident.message
