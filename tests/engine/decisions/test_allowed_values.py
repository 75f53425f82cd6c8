"""Allowed values where a file tells them: for types built on others, and for what goes into functions and comes out."""

import pytest

from tests.engine.decisions.drawing import asked, decided, decision, file, given, model, text

ITEMS = """
<itemDefinition name="tColour"><typeRef>string</typeRef><allowedValues><text>"red", "blue"</text></allowedValues></itemDefinition>
<itemDefinition name="tAgain"><typeRef>tColour</typeRef></itemDefinition>
<itemDefinition name="tSide"><typeRef>tAgain</typeRef><allowedValues><text>"left"</text></allowedValues></itemDefinition>
<itemDefinition name="tPen"><itemComponent name="ink"><typeRef>tColour</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tRedPen"><typeRef>tPen</typeRef><allowedValues><text>? != null</text></allowedValues></itemDefinition>
<itemDefinition name="tToColour"><functionItem outputTypeRef="tColour"><parameters name="it"/></functionItem></itemDefinition>
<itemDefinition name="tOfColour"><functionItem><parameters name="it" typeRef="tColour"/></functionItem></itemDefinition>
"""


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("tColour", '"red"', '"green"'),
        ("tAgain", '"red"', '"green"'),
        ("tSide", '"left"', '"red"'),
        ("tSide", "null", "1"),
        ("tRedPen", '{ink: "red"}', '{ink: "green"}'),
    ],
)
def test_a_definition_s_own_allowed_values_take_the_place_of_those_it_is_built_on(
    kind: str, good: str, bad: str
) -> None:
    data = file(ITEMS, decision("good", text(f"[{good}][1]"), kind=kind), decision("bad", text(bad), kind=kind))
    assert asked(data, "good").reasons == ()
    assert (asked(data, "bad").value, len(asked(data, "bad").reasons)) == (None, 1)


def test_what_comes_out_of_a_function_is_as_its_type_says() -> None:
    body = '<functionDefinition typeRef="tToColour"><formalParameter name="it"/>' + text("it") + "</functionDefinition>"
    told = model("logic", {"it": ""}, text("it")).replace(
        "<encapsulatedLogic", '<encapsulatedLogic typeRef="tToColour"'
    )
    data = file(
        ITEMS,
        given("it"),
        decision("written", text("function(it) it", "tToColour")),
        decision("narrow", text("function(it: tColour) it"), kind="tToColour"),
        decision("boxed", body),
        told,
        *(decision(f"by {key}", text(f"{key}(it)"), needs=["in-it", key]) for key in ("written", "narrow", "boxed")),
        decision("by logic", text("logic(it)"), needs=["in-it"], knows=["logic"]),
    )
    for key in ("by written", "by narrow", "by boxed", "by logic"):
        assert decided(data, key, it="red") == "red"
        assert asked(data, key, it="green").value is None, key


def test_what_a_service_takes_may_be_told_by_the_type_of_its_function() -> None:
    service = '<decisionService id="svc" name="svc"><variable name="svc" typeRef="tOfColour"/>'
    data = file(
        ITEMS,
        decision("it", text('"never asked"')),
        decision("echo", text("it"), needs=["it"]),
        service + '<outputDecision href="#echo"/><inputDecision href="#it"/></decisionService>',
        decision("red", text('svc("red")'), knows=["svc"]),
        decision("green", text('svc("green")'), knows=["svc"]),
    )
    assert (decided(data, "red"), asked(data, "green").value) == ("red", None)
    assert (decided(data, "svc", it="blue"), asked(data, "svc", it="green").value) == ("blue", None)


def test_an_invocation_may_tell_the_type_of_what_it_hands_over() -> None:
    call = (
        "<invocation><literalExpression><text>function(it) it</text></literalExpression><binding>"
        f'<parameter name="it" typeRef="tColour"/>{text("it")}</binding></invocation>'
    )
    data = file(ITEMS, given("it"), decision("called", call, needs=["in-it"]))
    assert (decided(data, "called", it="red"), asked(data, "called", it="green").value) == ("red", None)
