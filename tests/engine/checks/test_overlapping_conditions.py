from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "overlapping-conditions"


def test_different_conditions_are_no_finding() -> None:
    drawing = process("p").start().exclusive("g").end(when="n > 1").at("g").end(when="n < 1").at("g").otherwise().end()
    assert findings(RULE, drawing) == []


def test_the_second_of_two_equal_conditions_is_told_with_the_first() -> None:
    drawing = process("p").start().exclusive("g").end(when="n > 1", flow="one").at("g").end(when="n  > 1", flow="two")
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element, found.trace) == ("warning", "two", ("one", "two"))


def test_what_stands_behind_a_condition_that_always_holds_is_told() -> None:
    drawing = process("p").start().exclusive("g").end(when="true", flow="one").at("g").end(when="n > 1", flow="two")
    assert [found.element for found in findings(RULE, drawing)] == ["two"]
