from typing import Any

import pytest

from service.domain.offered import Offered
from tests.diagrams import Drawing, process
from tests.engine.checks.judging import findings, warned

RULE = "maybe-empty"
FIELDS: dict[str, Any] = {
    "amount": {"type": "number"},
    "day": {"type": "string", "format": "date"},
    "plan": {"type": "object", "properties": {"title": {"enum": ["a", "b"]}}},
}


def _form(*required: str) -> dict[str, Any]:
    return {"form": {"type": "object", "properties": FIELDS, "required": list(required)}}


def _asked(expression: str) -> Drawing:
    return process("p").start(form="form").exclusive("g").end(when=expression, flow="asked").at("g").otherwise().end()


@pytest.mark.parametrize(
    ("expression", "name"),
    [
        ("amount > 1000", "amount"),
        ("amount between 1 and 10", "amount"),
        ("-amount = 1", "amount"),
        ("amount * 2 = 4", "amount"),
        ('plan.title = "a"', "plan"),
        ("some n in [1, 2] satisfies n > amount", "amount"),
    ],
)
def test_a_question_that_null_cannot_answer_is_warned_of_where_the_form_lets_the_field_be_empty(
    expression: str, name: str
) -> None:
    (found,) = findings(RULE, _asked(expression), forms=_form())
    assert (found.level, found.element) == ("warning", "asked")
    assert f"`{name}` may have been left empty" in found.message
    assert findings(RULE, _asked(expression), forms=_form("amount", "plan")) == []


@pytest.mark.parametrize("expression", ["amount = 1000", "amount != null and amount > 1000", 'day = "2026-05-12"'])
def test_null_is_like_nothing_else_and_may_be_asked_for(expression: str) -> None:
    assert findings(RULE, _asked(expression), forms=_form()) == []


def test_a_gateway_before_may_have_asked() -> None:
    drawing = _asked("amount > 5").script("s", "x = if amount = null then 0 else 1").end()
    assert findings(RULE, drawing, forms=_form()) == []


def test_a_field_that_is_required_at_times_is_taken_to_be_asked_for_then() -> None:
    form = _form()["form"] | {"if": {"properties": {"day": {"const": "x"}}}, "then": {"required": ["amount"]}}
    assert findings(RULE, _asked("amount > 5"), forms={"form": form}) == []


def test_what_an_operation_may_give_as_null_is_warned_of_too() -> None:
    gives = {"type": "object", "properties": {"limit": {"type": ["number", "null"]}}, "required": ["limit"]}
    drawing = process("p").start(form="form").service("read", "rules.read", result="rules")
    drawing = drawing.script("asked", "x = rules.limit + 1").end()
    assert warned(RULE, drawing, forms=_form(), operations={"rules.read": Offered(gives)}) == ["asked"]
