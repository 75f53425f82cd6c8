import pytest

from tests.diagrams import Event, after, condition, error, escalation, message, plain, process, signal
from tests.engine.checks.judging import elements, findings

RULE = "unsupported-event"


def test_events_in_their_places_are_no_finding() -> None:
    drawing = (
        process("p")
        .start("begin", message("Begin"))
        .catch("wait", after('"P1D"'))
        .throw("tell", signal("Told"))
        .throw("mark")
        .user("task")
        .boundary("late", "task", after('"P2D"'), interrupting=False)
        .end("failed", error("E"))
        .at("task")
        .end("over", plain("terminate"))
    )
    assert findings(RULE, drawing) == []


@pytest.mark.parametrize("event", [plain("compensate"), plain("cancel"), error("E"), condition("late")])
def test_a_throw_of_what_cannot_be_thrown_is_refused(event: Event) -> None:
    assert elements(RULE, process("p").start().throw("odd", event).end()) == ["odd"]


@pytest.mark.parametrize("event", [plain("link"), plain("compensate"), escalation("E")])
def test_a_catch_of_what_cannot_be_caught_is_refused(event: Event) -> None:
    assert elements(RULE, process("p").start().catch("odd", event).end()) == ["odd"]


@pytest.mark.parametrize("event", [plain("compensate"), plain("cancel")])
def test_ends_that_would_be_plain_ends_are_refused(event: Event) -> None:
    assert elements(RULE, process("p").start().end("odd", event)) == ["odd"]


def test_a_start_event_that_waits_is_refused_inside_a_sub_process() -> None:
    assert elements(RULE, process("p").start().sub("s").start("odd", message("M")).end().close().end()) == ["odd"]


def test_a_catch_that_waits_for_nothing_and_one_that_waits_for_two_things_are_refused() -> None:
    drawing = process("p").start().catch("nothing").catch("both", after('"P1D"'), signal("S")).end()
    assert elements(RULE, drawing) == ["nothing", "both"]


def test_an_error_that_does_not_interrupt_is_refused() -> None:
    drawing = process("p").start().user("a").end().boundary("odd", "a", error("E"), interrupting=False).end()
    assert elements(RULE, drawing) == ["odd"]
