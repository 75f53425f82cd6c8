from tests.diagrams import message, process
from tests.engine.checks.judging import findings

RULE = "event-without-key"


def test_an_event_whose_case_never_knows_the_key_of_its_message_is_an_error() -> None:
    (found,) = findings(RULE, process("p").start().catch("wait", message("M", ref="ref")).end())
    assert (found.level, found.element) == ("error", "wait")
    assert "never found by a correlation key (ref)" in found.message


def test_one_that_the_process_has_told_its_key_is_none() -> None:
    drawing = process("p").start().throw("tell", message("N", payload="{ref: 1}", ref="ref"))
    assert findings(RULE, drawing.catch("wait", message("M", ref="ref")).end()) == []


def test_a_message_without_keys_is_none() -> None:
    assert findings(RULE, process("p").start().catch("wait", message("M")).end()) == []
