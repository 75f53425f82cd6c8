import pytest

from service.domain.offered import Offered
from tests.diagrams import Drawing, each, process
from tests.engine.checks.judging import beside, findings

RULE = "unknown-entry"
ANSWER = {
    "type": "object",
    "properties": {
        "comment": {"type": "string"},
        "points": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}}}},
        "free": {"type": "object", "additionalProperties": True, "properties": {"known": {"type": "string"}}},
    },
}
FORMS = {"answer": ANSWER, "asked": {"properties": {"members": {"type": "array"}}}}


def _answered(expression: str) -> Drawing:
    drawing = process("p").start(form="asked").user("t", form="answer", texts={"variableName": "answer"})
    return drawing.script("s", f"x = {expression}").end()


@pytest.mark.parametrize(
    "expression",
    [
        "answer.comment",
        "answer.points[1].text",
        "answer.points.text",
        'answer.points[text = "x"]',
        'some point in answer.points satisfies point.text = "x"',
        "answer.free.whatever",
        "{answer: {other: 1}, x: answer.other}",
        'answer.points[item.text = "x"]',
        "get entries(answer)",
    ],
)
def test_entries_that_the_form_has_are_no_finding(expression: str) -> None:
    assert findings(RULE, _answered(expression), forms=FORMS) == []


@pytest.mark.parametrize(
    ("expression", "near"),
    [
        ("answer.comnent", "comment"),
        ("answer.points[1].txet", "text"),
        ("answer.points.txet", "text"),
        ('answer.points[txet = "x"]', "text"),
        ('answer.points[item.txet = "x"]', "text"),
        ('some point in answer.points satisfies point.txet = "x"', "text"),
        ("for point in answer.points return point.txet", "text"),
        ("(if true then answer else answer).comnent", "comment"),
    ],
)
def test_one_that_it_has_not_is_refused_with_the_one_that_was_meant(expression: str, near: str) -> None:
    (found,) = findings(RULE, _answered(expression), forms=FORMS)
    assert (found.element, found.level) == ("s", "error")
    assert found.message.endswith(f"Did you mean “{near}”?")


def test_one_that_is_like_no_other_is_refused_with_those_there_are() -> None:
    (found,) = findings(RULE, _answered("answer.verdict"), forms=FORMS)
    assert found.message == (
        "In the script stands `answer.verdict`, but there is no entry `verdict`. There is: comment, points, free."
    )


def test_the_answers_of_rounds_are_known_as_a_list_and_as_items_of_one() -> None:
    rounds = each("members", item="member", into="answers", result="answer")

    def gathered(expression: str) -> Drawing:
        drawing = process("p").start(form="asked").user("t", form="answer", loop=rounds)
        return drawing.user("u", loop=each("answers", item="one"), instructions=f"{{{{ {expression} }}}}").end()

    assert findings(RULE, gathered("one.comment"), forms=FORMS) == []
    assert [it.element for it in findings(RULE, gathered("one.comnent"), forms=FORMS)] == ["u"]
    assert [it.element for it in findings(RULE, gathered("answers[1].comnent"), forms=FORMS)] == ["u"]


def test_what_a_script_put_together_is_known() -> None:
    drawing = process("p").start(form="asked").script("a", "whole = {left: 1, right: 2}").script("b", "x = whole.lefft")
    assert [it.element for it in findings(RULE, drawing.end(), forms=FORMS)] == ["b"]


GIVEN = {
    "type": "object",
    "properties": {"ballot": {"type": "string"}, "outcome": {"enum": ["adopted", "rejected"]}},
    "required": ["ballot", "outcome"],
}


def test_what_an_operation_gives_has_the_entries_that_it_declares() -> None:
    def asked(expression: str) -> list[str]:
        drawing = process("p").start(form="asked").service("o", "ballots.close", result="closed")
        drawing = drawing.script("s", f"x = {expression}").end()
        return [it.message for it in findings(RULE, drawing, forms=FORMS, operations={"ballots.close": Offered(GIVEN)})]

    assert asked("closed.outcome") == []
    (message,) = asked("closed.outcom")
    assert message.endswith("there is no entry `outcom`. Did you mean “outcome”?")


def test_of_an_operation_that_does_not_say_what_it_gives_nothing_is_said() -> None:
    drawing = process("p").start(form="asked").service("o", "ballots.open", result="opened")
    drawing = drawing.script("s", "x = opened.whatever").end()
    assert findings(RULE, drawing, forms=FORMS, operations={"ballots.open": Offered({})}) == []
    assert findings(RULE, drawing, forms=FORMS) == []


def test_a_filter_that_asks_for_what_no_row_has_is_refused_whoever_may_call() -> None:
    rows = {"type": "array", "items": {"type": "object", "properties": {"vote": {"enum": ["for", "against"]}}}}

    def counted(condition: str) -> Drawing:
        drawing = process("p").start().user("t", form="rows").exclusive("g")
        return drawing.end(when=f"count(items[{condition}]) > 1", flow="f").at("g").otherwise().end()

    forms = {"rows": {"type": "object", "properties": {"items": rows}}}
    for known in ({}, beside(process("far").start().call("c", "p").end())):
        (found,) = findings(RULE, counted('vot = "for"'), forms=forms, **known)
        assert (found.element, found.level) == ("f", "error")
        assert found.message.endswith("there is no entry `vot`. Did you mean “vote”?")
        assert findings(RULE, counted('vote = "for"'), forms=forms, **known) == []
