"""What a text that gives nothing usable is to whoever helps the case: an incident that names the element and the place."""

from typing import Any

import pytest

from service.engine.feel import FeelFault, parse
from service.engine.values import to_rest
from tests.diagrams import Drawing, condition, process, repeat, times
from tests.engine.case import Case
from tests.engine.feel.asking import context

SEAL = {"sealed": "ab12"}
SEALED: dict[str, Any] = {"note": SEAL, "m": {"x": SEAL}, "l": [SEAL], "ready": True}
LOOKED_AT = "A sealed value can only be compared with null; what it holds is not known here."
TEXTS = ["note", "m.x", "l[1]", "if ready then note else true", "{a: note}.a"]


def gateway(text: str) -> Drawing:
    """A token that goes on only where the condition holds."""
    return process("p").start().exclusive("asks").end(when=text).at("asks").otherwise().end("other")


def loop(text: str) -> Drawing:
    """A task that is repeated while the condition holds."""
    return process("p").start().script("asks", "x = 1", loop=repeat(condition=text, test_before=True)).end()


def event(text: str) -> Drawing:
    """A token that waits until the condition holds."""
    return process("p").start().catch("asks", condition(text)).end()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("drawn", [gateway, loop, event])
def test_a_condition_that_is_a_sealed_text_names_the_element_and_the_place(drawn: Any, text: str) -> None:
    case = Case().deploy(drawn(text))
    case.start("p", **SEALED)
    assert case.incident is not None
    assert (case.incident.activity_id, case.incident.kind) == ("asks", "expression")
    assert (case.incident.message, case.incident.expression, case.incident.text) == (LOOKED_AT, text, text)


def test_of_a_sealed_operand_the_operand_is_named() -> None:
    with pytest.raises(FeelFault, match="sealed") as caught:
        parse("ready and note").evaluate_condition(SEALED, context(strict=True))
    assert caught.value.sub_expression == "note"


@pytest.mark.parametrize(
    ("script", "line", "message"),
    [
        ("a = 1\nz = function(a) a", "z = function(a) a", "A function cannot be kept in a variable."),
        (
            "z = 1\n  z = 10 ** 20;\na = 1",
            "z = 10 ** 20",
            "The number 1.00000e+20 lies beyond ±2^53 and cannot be kept exactly.",
        ),
        (
            "z = [\n 1,\n 2 ** 60]",
            "z = [\n 1,\n 2 ** 60]",
            "The number 1.15292e+18 lies beyond ±2^53 and cannot be kept exactly.",
        ),
    ],
)
def test_of_a_value_that_cannot_be_kept_the_line_is_named(script: str, line: str, message: str) -> None:
    case = Case().deploy(process("p").start().script("sets", script).end())
    case.start("p")
    assert case.incident is not None
    assert (case.incident.activity_id, case.incident.message) == ("sets", message)
    assert (case.incident.expression, case.incident.text) == (line, script)


@pytest.mark.parametrize("amount", [0, 10**-9])
def test_of_a_number_of_rounds_that_cannot_be_kept_the_text_is_named(amount: float) -> None:
    case = Case().deploy(process("p").start().user("votes", loop=times("amount ** -2")).end())
    case.start("p", amount=amount)
    assert case.incident is not None
    assert (case.incident.activity_id, case.incident.expression) == ("votes", "amount ** -2")


def test_what_came_of_no_text_has_no_place() -> None:
    with pytest.raises(FeelFault) as caught:
        to_rest(10**20 * parse("1").evaluate({}, context()))  # type: ignore[operator]  # a Decimal
    assert caught.value.sub_expression == ""
