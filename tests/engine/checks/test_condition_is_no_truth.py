import pytest

from service.domain.offered import Offered
from tests.diagrams import Drawing, condition, process, repeat, times
from tests.engine.checks.judging import beside, findings

RULE = "condition-is-no-truth"
ASKED = {
    "type": "object",
    "properties": {
        "note": {"enum": ["short", "long"]},
        "amount": {"type": "number"},
        "rows": {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1},
        "person": {"type": "object", "properties": {"age": {"type": "number"}}},
        "agreed": {"type": "boolean"},
        "free": {},
    },
    "required": ["agreed", "rows"],
}
FORMS = {"asked": ASKED}


def _decided(expression: str) -> Drawing:
    return process("p").start(form="asked").exclusive("g").end(when=expression, flow="f").at("g").otherwise().end()


@pytest.mark.parametrize(
    ("expression", "part", "what"),
    [
        ("note", "note", "a text"),
        ("amount", "amount", "a number"),
        ("rows", "rows", "a list"),
        ("person", "person", "a group of values"),
        ("person.age", "person.age", "a number"),
        ("agreed and amount", "amount", "a number"),
        ("(note or agreed) = true", "note", "a text"),
        ("if note then agreed else false", "note", "a text"),
        ("some row in rows satisfies row", "row", "a text"),
    ],
)
def test_what_can_only_be_something_else_is_refused_with_what_it_is(expression: str, part: str, what: str) -> None:
    (found,) = findings(RULE, _decided(expression), forms=FORMS)
    assert (found.element, found.level) == ("f", "error")
    assert found.message == f"In the condition, `{part}` is {what}, neither true nor false. Compare it with something."


@pytest.mark.parametrize(
    "expression", ["agreed", "free", "note = null", "amount > 1 and agreed", 'rows[item = "a"] = []']
)
def test_what_may_be_true_is_left(expression: str) -> None:
    assert findings(RULE, _decided(expression), forms=FORMS) == []


def test_it_is_asked_of_loops_of_completion_and_of_conditional_events() -> None:
    drawing = (
        process("p")
        .start(form="asked")
        .user("again", loop=repeat(condition="amount"))
        .user("each", loop=times("3"))
        .catch("changed", condition("note"))
        .end()
    )
    assert [it.element for it in findings(RULE, drawing, forms=FORMS)] == ["again", "changed"]


def test_what_another_bundle_hands_back_is_a_warning() -> None:
    called = process("q").io(outputs=["verdict"]).start().script("s", "verdict = 1").end()
    drawing = process("p").start(form="asked").call("c", "q").exclusive("g").end(when="verdict", flow="f")
    (found,) = findings(RULE, drawing.at("g").otherwise().end(), forms=FORMS, **beside(called))
    assert (found.level, found.element) == ("warning", "f")


def test_what_an_operation_gives_is_known() -> None:
    drawing = process("p").start(form="asked").service("o", "rules.read", result="rules").exclusive("g")
    gives = {"type": "object", "properties": {"quorum": {"type": "number"}}, "required": ["quorum"]}
    drawing = drawing.end(when="rules.quorum", flow="f").at("g").otherwise().end()
    assert [it.element for it in findings(RULE, drawing, forms=FORMS, operations={"rules.read": Offered(gives)})] == [
        "f"
    ]
