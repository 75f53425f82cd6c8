"""Messages and signals reach who waits for them when they are thrown, and nobody who begins to wait later."""

import pytest

from tests.diagrams import Drawing, Event, each, message, process, signal
from tests.engine.case import Case

BOTH = pytest.mark.parametrize("word", [message("m"), signal("m")], ids=["message", "signal"])


@pytest.fixture(params=[True, False], ids=["hot", "cold"])
def case(request):
    """A case, kept alive or read back at each step."""
    return Case(hot=request.param)


@BOTH
def test_who_begins_to_wait_after_the_throw_does_not_hear_it(case, word):
    drawing = (
        process("p").start().parallel("fork").user("go").throw("say", word).catch("hear", word).user("heard").end()
    )
    case.deploy(drawing.at("fork").user("beside").end()).start("p")
    case.do("go")
    assert case.open == ["beside"]


@BOTH
def test_who_waits_at_the_throw_hears_it(case, word):
    drawing = process("p").start().parallel("fork").catch("hear", word).user("heard").end()
    case.deploy(drawing.at("fork").user("go").throw("say", word).user("said").end()).start("p")
    outcome = case.do("go")
    assert case.open == ["heard", "said"]
    assert outcome.messages == ()


def test_a_message_that_nobody_waits_for_leaves_the_case_and_is_not_kept_for_a_later_receiver(case):
    word = message("m", payload="1 + 1")
    drawing = process("p").start().user("go").throw("say", word).catch("hear", message("m")).user("next").end()
    case.deploy(drawing).start("p")
    outcome = case.do("go")
    assert [(sent.activity_id, sent.message, sent.payload) for sent in outcome.messages] == [("say", "m", 2)]
    assert case.open == []
    case.deliver("m")
    assert case.open == ["next"]


def test_a_message_goes_to_one_a_signal_to_all_who_wait(case):
    def drawing(word: Event) -> Drawing:
        found = process("p").start().parallel("fork").catch("one", word).user("first").end().at("fork")
        return found.catch("two", word).user("second").end().at("fork").user("go").throw("say", word).end()

    case.deploy(drawing(message("m"))).start("p")
    case.do("go")
    assert case.open == ["first"]
    other = Case(hot=case.hot).deploy(drawing(signal("m")))
    other.start("p")
    other.do("go")
    assert other.open == ["first", "second"]


def test_two_signals_of_one_move_are_both_heard_by_an_event_that_does_not_interrupt(case):
    drawing = process("p").start().parallel("fork").user("work").end()
    drawing.at("fork").user("go").throw("say", signal("s")).throw("again", signal("s")).end()
    drawing.boundary("heard", "work", signal("s"), interrupting=False).user("note").end("noted")
    case.deploy(drawing).start("p")
    case.do("go")
    assert case.open == ["note", "note", "work"]


@BOTH
def test_what_is_thrown_inside_a_sub_process_may_end_it(case, word):
    drawing = process("p").start().sub("work").start("in").user("go").throw("say", word).user("more").end("out").close()
    case.deploy(drawing.end().boundary("stop", "work", word).user("after").end("stopped")).start("p")
    case.do("go")
    assert case.open == ["after"]


def test_a_called_process_tells_the_one_that_called_it_and_its_brothers(case):
    child = process("child").start().parallel("fork").catch("hear", signal("s")).user("heard").end()
    child.at("fork").user("go").throw("say", signal("s")).end("said")
    drawing = process("p").start().call("ask", "child", loop=each("who", item="one")).end()
    drawing.boundary("told", "ask", signal("s"), interrupting=False).user("note").end("noted")
    case.deploy(drawing, child).start("p", who=[1, 2])
    case.do("go")
    assert case.open == ["go", "heard", "heard", "note"]
