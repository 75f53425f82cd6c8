"""Decision files: requirements, models, services, types, boxes, and what is wrong with a file."""

import pytest

from service.engine.decisions import DecisionFault, load
from service.engine.feel import FeelFault
from service.engine.xml import XMLRefused
from tests.engine.decisions.drawing import asked, decided, decision, file, given, model, table, text

ITEMS = """
<itemDefinition name="tVote"><itemComponent name="by"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="the choice"><typeRef>tChoice</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tVotes" isCollection="true"><typeRef>tVote</typeRef></itemDefinition>
<itemDefinition name="tChoice"><typeRef>string</typeRef>
  <allowedValues><text>"for", "against", "blank"</text></allowedValues></itemDefinition>
"""


def test_a_decision_is_found_by_id_and_by_name() -> None:
    data = file(given("a b"), decision("twice as much", text("a b * 2"), needs=["in-a-b"]))
    assert load(data).keys() == ("twice-as-much",)
    for key in ("twice-as-much", "twice as much"):
        assert decided(data, key, **{"a b": 2}) == 4
    with pytest.raises(DecisionFault, match="There is no decision “other” in Rules; there are twice-as-much"):
        asked(data, "other")


def test_required_decisions_are_made_first_and_once() -> None:
    data = file(
        given("x"),
        decision("left", text("base + 1"), needs=["base"]),
        decision("right", text("base * 2"), needs=["base"]),
        decision("top", text("left + right"), needs=["left", "right"]),
        decision("base", text("x * 10"), needs=["in-x"]),
    )
    evaluation = asked(data, "top", x=1)
    assert evaluation.value == 31
    assert [made.id for made in evaluation.decisions] == ["base", "left", "right", "top"]


def test_a_decision_sees_only_what_it_requires() -> None:
    data = file(given("x"), given("y"), decision("d", text("x + y"), needs=["in-x"]))
    evaluation = asked(data, "d", x=1, y=2)
    assert (evaluation.value, evaluation.reasons[0].message) == (None, "Nothing is called `y` here.")
    assert evaluation.inputs == {"x": 1}


def test_a_circle_is_a_finding_with_its_way_around_and_is_not_evaluated() -> None:
    data = file(
        decision("a", text("b"), needs=["b"]),
        decision("b", text("c"), needs=["c"]),
        decision("c", text("a"), needs=["a"]),
    )
    (finding,) = load(data).findings
    assert (finding.rule, finding.level, set(finding.trace)) == ("decision-cycle", "error", {"a", "b", "c"})
    with pytest.raises(DecisionFault, match="in a circle"):
        asked(data, "a")


def test_a_long_chain_of_decisions_is_no_danger() -> None:
    chain = [decision("d0", text("1"))]
    chain += [decision(f"d{n}", text(f"d{n - 1} + 1"), needs=[f"d{n - 1}"]) for n in range(1, 1500)]
    assert decided(file(*chain), "d1499") == 1500


def test_models_are_functions_and_know_other_models() -> None:
    data = file(
        given("x"),
        model("add tax", {"net": "number"}, text("net + rate of(net)"), knows=["rate-of"], kind="number"),
        model("rate of", {"n": ""}, table("FIRST", ["n"], [""], ["< 100 => 10", "- => 25"])),
        decision("price", text("add tax(x) + add tax(net: 200)"), needs=["in-x"], knows=["add-tax"]),
    )
    assert load(data).findings == ()
    evaluation = asked(data, "price", x=50)
    assert evaluation.value == 285
    assert evaluation.fired == ("r1", "r2")
    assert decided(data, "add tax", net=50) == 60
    assert asked(data, "price", x="a").value is None


def test_a_model_that_calls_itself_is_a_circle() -> None:
    data = file(model("f", {"n": ""}, text("f(n)"), knows=["f"]), decision("d", text("f(1)"), knows=["f"]))
    assert [finding.rule for finding in load(data).findings] == ["decision-cycle"]


def test_invocations_bind_by_name() -> None:
    boxed = (
        f"<invocation>{text('minus')}"
        f'<binding><parameter name="b"/>{text("1")}</binding><binding><parameter name="a"/>{text("10")}</binding>'
        "</invocation>"
    )
    data = file(model("minus", {"a": "", "b": ""}, text("a - b")), decision("d", boxed, knows=["minus"]))
    assert decided(data, "d") == 9


def test_services_make_their_decisions_from_their_arguments_alone() -> None:
    service = (
        '<decisionService id="svc" name="svc"><variable name="svc"/><outputDecision href="#sum"/>'
        '<inputDecision href="#base"/><inputData href="#in-x"/></decisionService>'
    )
    data = file(
        given("x", "number"),
        decision("base", text("x * 100"), needs=["in-x"]),
        decision("sum", text("x + base"), needs=["in-x", "base"]),
        service,
        decision("use", text("svc(1, 2) + svc(x: 10, base: 20)"), knows=["svc"]),
    )
    assert load(data).findings == ()
    assert decided(data, "use") == 33
    assert decided(data, "sum", x=1) == 101
    assert decided(data, "svc", x=1, base=5) == 6


def test_types_are_checked_and_converted() -> None:
    data = file(
        ITEMS,
        given("votes", "tVotes"),
        decision("for", text('count(votes[the choice = "for"])'), needs=["in-votes"], kind="number"),
        decision("first", text("votes[1]"), needs=["in-votes"], kind="tVote"),
        decision("wrong", text('"a"'), kind="number"),
        decision("one", text("[5]"), kind="number"),
        decision("is", text("votes[1] instance of tVote"), needs=["in-votes"]),
    )
    votes = [{"by": "a", "the choice": "for"}, {"by": "b", "the choice": "against"}]
    assert load(data).findings == ()
    assert decided(data, "for", votes=votes) == 1
    assert decided(data, "for", votes=votes[0]) == 1
    assert decided(data, "is", votes=votes) is True
    assert decided(data, "one") == 5
    assert asked(data, "wrong").reasons[0].message == "A string is not of the type number."
    bad = asked(data, "first", votes=[{"by": "a", "the choice": "maybe"}])
    assert (bad.value, bad.reasons[0].message) == (
        None,
        "The input “votes” will not do: a list is not of the type tVotes",
    )


def test_text_becomes_a_date_where_the_input_is_one() -> None:
    data = file(given("due", "date"), decision("late", text('due < @"2026-05-12"'), needs=["in-due"]))
    assert decided(data, "late", due="2026-05-11") is True
    assert asked(data, "late", due="soon").value is None
    with pytest.raises(FeelFault, match="The input “due” will not do"):
        asked(data, "late", strict=True, due="soon")


def test_boxes_of_every_kind() -> None:
    def d(name: str, boxed: str) -> str:
        return decision(name, boxed)

    data = file(
        d(
            "context",
            f'<context><contextEntry><variable name="a b"/>{text("1")}</contextEntry>'
            f'<contextEntry><variable name="c"/>{text("a b + 1")}</contextEntry></context>',
        ),
        d(
            "result",
            f'<context><contextEntry><variable name="a"/>{text("1")}</contextEntry>'
            f"<contextEntry>{text('a + 1')}</contextEntry></context>",
        ),
        d("list", f"<list>{text('1')}{text('2')}</list>"),
        d(
            "relation",
            '<relation><column name="n"/><column name="m"/>'
            f"<row>{text('1')}{text('2')}</row><row>{text('3')}{text('4')}</row></relation>",
        ),
        d("function", '<functionDefinition><formalParameter name="x"/>' + text("x + 1") + "</functionDefinition>"),
        d("if", f"<conditional><if>{text('1 < 2')}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>"),
        d("filter", f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>"),
        d("count", f'<for iteratorVariable="i"><in>{text("1..1 + 2")}</in><return>{text("partial")}</return></for>'),
        d("for", f'<for iteratorVariable="i"><in>{text("[1, 2]")}</in><return>{text("i * 2")}</return></for>'),
        d("some", f'<some iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i > 1")}</satisfies></some>'),
        d(
            "every",
            f'<every iteratorVariable="i"><in>{text("[1, 2]")}</in><satisfies>{text("i > 1")}</satisfies></every>',
        ),
        d("nothing", "<literalExpression><text/></literalExpression>"),
    )
    assert load(data).findings == ()
    keys = ("context", "result", "list", "relation", "if", "filter", "for", "count", "some", "every", "nothing")
    assert {key: decided(data, key) for key in keys} == {
        "context": {"a b": 1, "c": 2},
        "result": 2,
        "list": [1, 2],
        "relation": [{"n": 1, "m": 2}, {"n": 3, "m": 4}],
        "if": 1,
        "filter": [2, 3],
        "for": [2, 4],
        "count": [[], [[]], [[], [[]]]],
        "some": True,
        "every": False,
        "nothing": None,
    }


def test_what_cannot_be_read_is_a_finding_at_its_element_and_null() -> None:
    bad = table("UNIQUE", ["x"], [""], ["< => 1", "5 => 2 +"])
    data = file(
        given("x"),
        decision("one", bad, needs=["in-x"]),
        decision("two", "<literalExpression><text>1 +</text></literalExpression>"),
        decision("three", '<literalExpression expressionLanguage="urn:python"><text>1</text></literalExpression>'),
        decision("four", text("x"), needs=["in-z"]),
        decision("five", '<functionDefinition kind="Java">' + text("1") + "</functionDefinition>"),
        decision("six", '<decisionTable hitPolicy="BEST"><output/></decisionTable>'),
        decision("seven", "<decisionTable><input id='i7'/><output/><rule id='r7'/></decisionTable>"),
        decision("fine", text("1")),
    )
    found = {(finding.element, finding.message) for finding in load(data).findings}
    assert ("r1", "“<” cannot be read: A value must stand here, not the end.") in found
    assert ("r2", "“2 +” cannot be read: A value must stand here, not the end.") in found
    assert ("two", "“1 +” cannot be read: A value must stand here, not the end.") in found
    assert ("three", "Expressions in “urn:python” are not run; write FEEL.") in found
    assert ("four", "“#in-z” is required, and is neither in this file nor imported.") in found
    assert ("five", "A function written in Java is not run; write FEEL.") in found
    assert ("six", "There is no hit policy “BEST”.") in found
    assert ("i7", "An input column needs an expression.") in found
    assert ("r7", "Rule 1 has 0 + 0 cells, not 1 + 1.") in found
    assert all(finding.level == "error" for finding in load(data).findings)
    assert decided(data, "fine") == 1
    assert asked(data, "two").value is None
    with pytest.raises(FeelFault):
        asked(data, "two", strict=True)


def test_a_decision_without_logic_is_null_and_a_warning() -> None:
    data = file(decision("d", ""), decision("e", text("d"), needs=["d"]))
    (finding,) = load(data).findings
    assert (finding.level, finding.element) == ("warning", "d")
    assert asked(data, "e").value is None
    with pytest.raises(FeelFault, match="The decision has no logic"):
        asked(data, "e", strict=True)


def test_requirements_may_name_the_file_s_own_namespace() -> None:
    data = file(given("x"), decision("d", text("x"), needs=["in-x"])).replace(b'"#in-x"', b'"urn:test#in-x"')
    assert load(data).findings == ()
    assert decided(data, "d", x=1) == 1


def test_what_is_no_decision_file_is_said() -> None:
    for data in (b"<x/>", file(namespace="http://www.omg.org/spec/DMN/20130901")):
        assert [finding.rule for finding in load(data).findings] == ["not-dmn"]
    with pytest.raises(XMLRefused):
        load(b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(XMLRefused):
        load(b"not xml")


@pytest.mark.parametrize("version", ["20180521", "20191111", "20211108", "20230324"])
def test_every_version_from_1_2_to_1_5_is_read(version: str) -> None:
    scheme = "http" if version == "20180521" else "https"
    data = file(decision("d", text("1")), namespace=f"{scheme}://www.omg.org/spec/DMN/{version}/MODEL/")
    assert decided(data, "d") == 1


def test_boxes_and_functions_nested_too_deep_are_findings_or_faults() -> None:
    boxed = text("1")
    for _ in range(40):
        boxed = f"<list>{boxed}</list>"
    assert "nested more than 16 deep" in load(file(decision("d", boxed))).findings[0].message
    item = "<typeRef>string</typeRef>"
    for _ in range(60):
        item = f'<itemComponent name="a">{item}</itemComponent>'
    nested = load(file(f'<itemDefinition name="t">{item}</itemDefinition>'))
    assert "nested more than 16 deep" in nested.findings[0].message
    chain = [model("m0", {}, text("1"))]
    chain += [model(f"m{n}", {}, text(f"m{n - 1}()"), knows=[f"m{n - 1}"]) for n in range(1, 1200)]
    with pytest.raises(DecisionFault, match="too deep"):
        asked(file(*chain, decision("d", text("m1199()"), knows=["m1199"])), "d")
    itself = file('<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>', decision("d", text("1"), kind="t"))
    with pytest.raises(FeelFault, match="too deep"):
        asked(itself, "d")
    self_call = file(decision("d", text("{f: function(f) f(f), r: f(f)}.r")))
    with pytest.raises(FeelFault, match="too deep"):
        asked(self_call, "d")


def test_what_the_drawing_calls_an_element_will_do_where_its_variable_is_called_otherwise() -> None:
    data = file(
        '<inputData id="in" name="The amount"><variable name="amount"/></inputData>',
        '<decision id="d" name="Twice as much"><variable name="twice"/>'
        '<informationRequirement><requiredInput href="#in"/></informationRequirement>'
        + text("amount * 2")
        + "</decision>",
    )
    assert load(data).findings == ()
    for key in ("d", "twice", "Twice as much"):
        assert decided(data, key, amount=2) == 4
        assert decided(data, key, **{"The amount": 2}) == 4


def test_a_type_that_nobody_defines_is_a_finding_and_asks_nothing() -> None:
    data = file(
        '<itemDefinition name="tOne"><itemComponent id="c" name="a"><typeRef>tNone</typeRef></itemComponent></itemDefinition>',
        given("x", "tNo"),
        decision("d", text("x", "tNeither"), needs=["in-x"], kind="tNor"),
        decision("e", text("{a: 1}"), kind="tOne"),
    )
    assert [(it.element, it.message.split("”")[0]) for it in load(data).findings] == [
        ("c", "There is no type “tNone"),
        ("in-x", "There is no type “tNo"),
        ("d", "There is no type “tNeither"),
        ("d", "There is no type “tNor"),
    ]
    assert (decided(data, "d", x=1), decided(data, "e")) == (1, {"a": 1})


def test_names_may_hold_points_strokes_and_apostrophes() -> None:
    person = '<itemDefinition name="tPerson"><itemComponent name="Name"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    called = f'<invocation>{text("greeting")}<binding><parameter name="Person.Name"/>{text("Person.Name")}</binding></invocation>'
    data = file(
        person,
        given("Person", "tPerson"),
        given("Student's name", "string"),
        model("greeting", {"Person.Name": "string"}, text('"Hello, " + Person.Name')),
        decision("greeted", called, needs=["in-Person"], knows=["greeting"]),
        decision("Approved/Declined", text('"yes: " + Student\'s name'), needs=["in-Student's-name"]),
        decision("both", text("[greeted, Approved/Declined]"), needs=["greeted", "Approved/Declined"]),
    )
    assert load(data).findings == ()
    inputs = {"Person": {"Name": "Ann"}, "Student's name": "Bo"}
    assert decided(data, "both", **inputs) == ["Hello, Ann", "yes: Bo"]


def test_a_file_of_many_costly_decisions_is_stopped_as_one() -> None:
    costly = text("every a in 1..5000 satisfies a + 1 > 0 and a < 10000")
    parts = [decision(f"d{number}", costly) for number in range(90)]
    top = decision("top", text("1"), needs=[f"d{number}" for number in range(90)])
    with pytest.raises(DecisionFault, match=r"takes more than 2,000,000 steps in all its decisions together"):
        asked(file(*parts, top), "top")
