"""What becomes of a value that is not of the type that is told: converted where the standard says so, else null."""

import pytest

from service.engine.feel import FeelFault
from tests.engine.decisions.drawing import asked, decided, decision, file, given, model, text

ITEMS = """
<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
<itemDefinition name="tTexts" isCollection="true"><typeRef>string</typeRef></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tGrade"><typeRef>number</typeRef><allowedValues><text>[1..5]</text></allowedValues></itemDefinition>
<itemDefinition name="tGrades" isCollection="true"><typeRef>tGrade</typeRef>
  <typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tToText"><functionItem outputTypeRef="string"/></itemDefinition>
<itemDefinition name="tToNumbers"><functionItem outputTypeRef="tNumbers"/></itemDefinition>
<itemDefinition name="tToMoment"><functionItem outputTypeRef="date and time"/></itemDefinition>
"""


@pytest.mark.parametrize(
    ("feel", "kind", "expected"),
    [
        ("1 + 1", "string", None),
        ('[1, 2, "a"]', "tNumbers", None),
        ('{name: "a", surname: "b", age: 10}', "tPerson", {"name": "a", "surname": "b", "age": 10}),
        ('{name: "a"}', "tPerson", None),
        ('"a"', "tTexts", ["a"]),
        ('"a"', "tNumbers", None),
        ('["a"]', "string", "a"),
        ("[1]", "string", None),
        ("null", "tTexts", None),
        ("date(2000, 1, 2)", "date and time", "2000-01-02T00:00:00Z"),
        ("3", "tGrade", 3),
        ("6", "tGrade", None),
        ("[1, 5]", "tGrades", [1, 5]),
        ("[1, 6]", "tGrades", None),
        ("[1, 2, 3]", "tGrades", None),
        ("4", "tGrades", [4]),
    ],
)
def test_decisions_boxes_models_and_invocations(feel: str, kind: str, expected: object) -> None:
    call = "<invocation{}><literalExpression><text>told</text></literalExpression></invocation>"
    typed = call.format(f' typeRef="{kind}"')
    data = file(
        ITEMS,
        decision("decision", text(feel), kind=kind),
        decision("box", text(feel, kind)),
        model("told", {}, text(feel)),
        model("model", {}, text(feel), kind=kind),
        model("body", {}, text(feel, kind)),
        decision("invoked", typed, knows=["told"]),
        decision("by model", text("model()"), knows=["model"]),
        decision("by body", text("body()"), knows=["body"]),
    )
    for key in ("decision", "box", "invoked", "by-model", "by-body"):
        evaluation = asked(data, key)
        assert evaluation.record()["outputs"] == expected, key
        assert bool(evaluation.reasons) == (expected is None and feel != "null"), key


def test_a_function_is_not_called_with_an_argument_of_another_type() -> None:
    data = file(
        ITEMS,
        given("texts", "tTexts"),
        model("is missing", {"person": "tPerson"}, text("person = null")),
        decision("whole", text('is missing({name: "a", age: 1})'), knows=["is-missing"]),
        decision("broken", text('is missing({name: "a"})'), knows=["is-missing"]),
        decision("literal", text('{f: function(x: number) x = null, r: f("a")}.r')),
        decision("nothing", text("is missing(null)"), knows=["is-missing"]),
        '<decisionService id="svc" name="svc"><variable name="svc"/><outputDecision href="#echo"/>'
        '<inputData href="#in-texts"/></decisionService>',
        decision("echo", text("texts"), needs=["in-texts"]),
        decision("of number", text("svc(1)"), knows=["svc"]),
        decision("of text", text('svc("a")'), knows=["svc"]),
        decision("of too many", text('svc("a", "b")'), knows=["svc"]),
        decision("of none", text("svc()"), knows=["svc"]),
        decision("by another name", text('svc(other: "a")'), knows=["svc"]),
    )
    found = {key: asked(data, key).value for key in ("whole", "broken", "literal", "nothing")}
    assert found == {"whole": False, "broken": None, "literal": None, "nothing": True}
    keys = ("of-number", "of-text", "of-too-many", "of-none", "by-another-name")
    assert [asked(data, key).value for key in keys] == [None, ["a"], None, None, None]
    with pytest.raises(FeelFault, match="`person`: a context is not of the type tPerson"):
        asked(data, "broken", strict=True)


def test_a_variable_may_tell_the_type_of_the_function_or_of_what_comes_out() -> None:
    service = '<decisionService id="{0}" name="{0}"><variable name="{0}" typeRef="{1}"/>{2}</decisionService>'
    number = '<outputDecision href="#number"/>'
    data = file(
        ITEMS,
        decision("number", text("1000")),
        decision("day", text("date(2000, 1, 2)")),
        service.format("to-text", "tToText", number),
        service.format("to-numbers", "tToNumbers", number),
        service.format("to-moment", "tToMoment", '<outputDecision href="#day"/>'),
        service.format("both", "Any", number + '<outputDecision href="#day"/>'),
        model("as list", {}, text("1", "number"), kind="tToNumbers"),
        model("as number", {}, text("[1]"), kind="number"),
    )
    assert asked(data, "to-text").value is None
    assert decided(data, "to-numbers") == [1000]
    assert decided(data, "to-moment") == "2000-01-02T00:00:00Z"
    assert decided(data, "both") == {"number": 1000, "day": "2000-01-02"}
    assert (decided(data, "as list"), decided(data, "as number")) == ([1], 1)


def test_a_service_leaves_what_stands_outside_it_alone() -> None:
    data = file(
        given("seen", "string"),
        decision("base", text('"D"'), kind="string"),
        decision("inside", text('seen + " " + base'), needs=["in-seen", "base"], kind="string"),
        '<decisionService id="svc" name="svc"><outputDecision href="#inside"/><encapsulatedDecision href="#inside"/>'
        '<inputDecision href="#base"/><inputData href="#in-seen"/></decisionService>',
        decision("both", text('[seen, base, svc("A", "B"), seen, base]'), needs=["in-seen", "base"], knows=["svc"]),
        decision("wrong", text('svc("A", 1)'), knows=["svc"]),
    )
    assert decided(data, "both", seen="C") == ["C", "D", "A B", "C", "D"]
    assert asked(data, "wrong").value is None


def test_a_boxed_conditional_asks_for_a_boolean() -> None:
    boxed = "<conditional><if>{}</if><then>" + text("1") + "</then><else>" + text("2") + "</else></conditional>"
    conditions = {"yes": "true", "no": "false", "unknown": "null", "neither": '"abc"'}
    data = file(*(decision(key, boxed.format(text(condition))) for key, condition in conditions.items()))
    assert {key: asked(data, key).value for key in conditions} == {"yes": 1, "no": 2, "unknown": 2, "neither": None}
    assert asked(data, "neither").reasons[0].message == "The condition is a string, neither true nor false."
