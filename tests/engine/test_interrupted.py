"""What was done before an event ended an activity is kept: replies that came, what a sub-process had written."""

import pytest

from tests.diagrams import Drawing, Loop, after, each, error, message, process, repeat
from tests.engine.case import Case

VARIANTS = [(hot, compact) for hot in (True, False) for compact in (True, False)]


@pytest.fixture(params=VARIANTS, ids=lambda it: f"{'hot' if it[0] else 'cold'}{', compacted' if it[1] else ''}")
def case(request):
    """A case, kept alive or read back at each step, compacted or not."""
    hot, compact = request.param
    return Case(hot=hot, compact=compact)


def hearing(loop: Loop) -> Drawing:
    """Those invited reply until the deadline; then somebody sums up, and may hear them again."""
    drawing = process("p").start().exclusive("again", joined=True).user("reply", loop=loop).end("all_replied")
    drawing.boundary("deadline", "reply", after('duration("P20D")')).user("sum_up").exclusive("enough")
    return drawing.to("again", when="reopen").otherwise().end("closed")


REPLIES = each("invited", item="who", into="replies", result="answer")


def test_a_hearing_cut_at_its_deadline_keeps_the_replies_that_came_in_the_order_of_those_invited(case):
    case.deploy(hearing(REPLIES)).start("p", invited=["a", "b", "c"])
    case.do("reply", nth=2, answer="from c")
    case.do("reply", nth=0, answer="from a")
    case.due("deadline")
    assert case.open == ["sum_up"]
    case.do("sum_up", reopen=False)
    assert case.ended["root-p"].variables["replies"] == ["from a", "from c"]


def test_a_second_round_that_nobody_answers_does_not_show_the_replies_of_the_first(case):
    case.deploy(hearing(REPLIES)).start("p", invited=["a", "b"])
    case.do("reply", answer="from a")
    case.due("deadline")
    case.do("sum_up", reopen=True)
    case.due("deadline")
    case.do("sum_up", reopen=False)
    assert case.ended["root-p"].variables["replies"] == []


def test_a_reminder_in_the_second_round_does_not_count_the_replies_of_the_first(case):
    drawing = hearing(REPLIES).boundary("remind", "reply", after('duration("P1D")'), interrupting=False)
    case.deploy(drawing.script("look", "seen = count(replies)").end("looked")).start("p", invited=["a", "b"])
    case.do("reply", answer="from a")
    case.due("deadline")
    case.do("sum_up", reopen=True)
    case.due("remind")
    assert case.incident is not None
    assert "replies" in case.incident.message


@pytest.mark.parametrize("sequential", [False, True], ids=["side by side", "one after another"])
def test_calls_that_were_over_at_the_deadline_keep_their_results(case, sequential):
    child = process("child").start().user("ask").script("say", 'answer = who + ": " + said').end()
    loop = each("invited", item="who", into="replies", result="answer", sequential=sequential)
    drawing = process("p").start().call("reply", "child", loop=loop).end("all_replied")
    drawing.boundary("deadline", "reply", after('duration("P20D")')).user("sum_up").end("closed")
    case.deploy(drawing, child).start("p", invited=["a", "b"])
    case.do("ask", said="yes")
    case.due("deadline")
    assert case.open == ["sum_up"]
    case.do("sum_up")
    assert case.ended["root-p"].variables["replies"] == ["a: yes"]


def work(*, loop: Loop | None = None) -> Drawing:
    """A sub-process of two tasks that an error, a message or a timer may end."""
    drawing = process("p").start().sub("work", loop=loop).start("begin_work").user("first").user("second")
    drawing.exclusive("well").end("worked", when="ok").at("well").otherwise().end("fail", error("late")).close()
    drawing.end("fine")
    drawing.boundary("failed", "work", error("late")).user("mend").end("mended")
    drawing.boundary("told", "work", message("stop")).to("mend")
    return drawing.boundary("deadline", "work", after('duration("P1D")')).to("mend")


def by_error(case: Case) -> None:
    case.do("second", ok=False)


def by_message(case: Case) -> None:
    case.deliver("stop")


def by_timer(case: Case) -> None:
    case.due("deadline")


ENDS = pytest.mark.parametrize("end", [by_error, by_message, by_timer])


@ENDS
def test_what_a_person_did_in_a_sub_process_before_it_was_interrupted_is_kept(case, end):
    case.deploy(work()).start("p", n=1)
    case.do("first", n=2, draft="a text")
    end(case)
    assert case.open == ["mend"]
    case.do("mend")
    variables = case.ended["root-p"].variables
    assert (variables["n"], variables["draft"]) == (2, "a text")


@ENDS
def test_what_was_done_in_the_round_of_a_loop_that_was_interrupted_is_kept(case, end):
    case.deploy(work(loop=repeat(condition="again", maximum=5))).start("p", n=1)
    case.do("first", n=2)
    case.do("second", ok=True, again=True)
    case.do("first", n=3)
    end(case)
    case.do("mend")
    variables = case.ended["root-p"].variables
    assert variables["n"] == 3
    assert "loopCounter" not in variables


def test_the_branches_of_an_interrupted_sub_process_and_the_replies_in_it_are_kept(case):
    drawing = process("p").start().sub("work").start("begin_work").parallel("fork").user("reply", loop=REPLIES)
    drawing.end("replied").at("fork").user("note").end("noted").at("fork").user("write").user("check").end("written")
    drawing.close().end("fine").boundary("deadline", "work", after('duration("P1D")')).user("mend").end("mended")
    case.deploy(drawing).start("p", invited=["a", "b"])
    case.do("reply", nth=1, answer="from b")
    case.do("note", note="ended before")
    case.do("write", text="half done")
    case.due("deadline")
    case.do("mend")
    variables = case.ended["root-p"].variables
    assert (variables["replies"], variables["note"], variables["text"]) == (["from b"], "ended before", "half done")
    assert not {"who", "answer", "loopCounter"} & variables.keys()


def test_what_items_without_a_named_result_had_changed_is_merged(case):
    drawing = process("p").start().sub("work", loop=each("invited", item="who")).start("begin_work").user("first")
    drawing.script("add", "told = append(told, who)").user("second").end("worked").close().end("fine")
    drawing.boundary("deadline", "work", after('duration("P1D")')).user("mend").end("mended")
    case.deploy(drawing).start("p", invited=["a", "b", "c"], told=[])
    case.do("first", nth=2)
    case.do("first", nth=0)
    case.do("second", nth=0)
    case.due("deadline")
    case.do("mend")
    assert case.ended["root-p"].variables["told"] == ["a", "c"]
