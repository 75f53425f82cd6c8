"""Decision files that import one another: near and far, by namespace, and known by one digest."""

from service.engine.decisions import evaluate, load
from tests.engine.decisions.drawing import decision, file, given, model, table, text
from tests.engine.feel.asking import context

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def importing(name: str, namespace: str, location: str = "") -> str:
    place = f' locationURI="{location}"' if location else ""
    return f'<import name="{name}" namespace="{namespace}" importType="{MODEL}"{place}/>'


def of(namespace: str, *elements: str) -> bytes:
    return file(*elements).replace(b'"urn:test"', f'"{namespace}"'.encode())


def needs(*hrefs: str) -> str:
    return "".join(
        f'<informationRequirement><required{kind} href="{href}"/></informationRequirement>'
        for kind, _, href in (it.partition(":") for it in hrefs)
    )


FAR = of(
    "urn:far",
    '<itemDefinition name="tName"><typeRef>string</typeRef></itemDefinition>',
    given("person", "tName"),
    decision("greet", text('"Hello, " + person'), needs=["in-person"], kind="tName"),
)


def near(namespace: str) -> bytes:
    return of(
        namespace,
        importing("far away", "urn:far"),
        decision("greet", needs("Decision:urn:far#greet") + text('"They say: " + far away.greet')),
        model("shout", {"what": "far away.tName"}, text('upper case(what) + "!"')),
    )


def test_elements_of_one_id_and_name_in_several_files_are_kept_apart() -> None:
    data = of(
        "urn:first",
        importing("one", "urn:one"),
        importing("two", "urn:two"),
        decision(
            "greet",
            needs("Decision:urn:one#greet", "Decision:urn:two#greet") + text("[one.greet, two.greet]"),
        ),
    )
    beside = (("one.dmn", near("urn:one")), ("two.dmn", near("urn:two")), ("far.dmn", FAR))
    definition = load(data, beside)
    assert definition.findings == ()
    assert definition.keys() == ("greet",)
    evaluation = evaluate(definition, "greet", {"person": "Ann"}, context())
    assert evaluation.value == ["They say: Hello, Ann", "They say: Hello, Ann"]
    assert evaluation.inputs == {"person": "Ann"}
    assert [made.id for made in evaluation.decisions] == [
        "far.dmn#greet",
        "one.dmn#greet",
        "two.dmn#greet",
        "greet",
    ]


def test_inputs_of_one_name_are_told_apart_by_namespace() -> None:
    data = of(
        "urn:first",
        importing("far", "urn:far"),
        given("person"),
        decision("both", needs("Input:#in-person", "Decision:urn:far#greet") + text("[person, far.greet]")),
    )
    inputs = {"person": "Ann", "urn:far#person": "Bo"}
    evaluation = evaluate(load(data, (("far.dmn", FAR),)), "both", inputs, context())
    assert evaluation.value == ["Ann", "Hello, Bo"]
    assert evaluation.inputs == inputs


def test_models_and_types_are_used_under_the_name_of_the_import() -> None:
    know = '<knowledgeRequirement><requiredKnowledge href="urn:near#shout"/></knowledgeRequirement>'
    data = of(
        "urn:first",
        importing("near", "urn:near"),
        decision("loud", know + text('near.shout("a")')),
        decision("wrong", know + text("near.shout(1)")),
        decision("is", know + text('"a" instance of near.far away.tName')),
    )
    definition = load(data, (("near.dmn", near("urn:near")), ("far.dmn", FAR)))
    assert definition.findings == ()
    answers = [evaluate(definition, key, {}, context()).value for key in ("loud", "wrong", "is")]
    assert answers == ["A!", None, True]


def test_an_import_without_a_name_adds_its_names_as_they_are() -> None:
    data = of(
        "urn:first",
        importing("", "urn:far"),
        decision("d", needs("Decision:urn:far#greet", "Input:urn:far#in-person") + text("greet + person")),
    )
    evaluation = evaluate(load(data, (("far.dmn", FAR),)), "d", {"person": "A"}, context())
    assert evaluation.value == "Hello, AA"


def test_of_several_types_of_one_name_the_file_s_own_goes_first_and_then_the_first_import() -> None:
    def typed(namespace: str, kind: str) -> bytes:
        return of(namespace, f'<itemDefinition name="tName"><typeRef>{kind}</typeRef></itemDefinition>')

    imports = importing("", "urn:number") + importing("", "urn:far")
    own = '<itemDefinition name="tName"><typeRef>boolean</typeRef></itemDefinition>'
    beside = (("number.dmn", typed("urn:number", "number")), ("far.dmn", FAR))
    for mine, expected in ((own, [None, True]), ("", [1, None])):
        ones = (decision("number", text("1", "tName")), decision("boolean", text("true", "tName")))
        definition = load(of("urn:first", imports, mine, *ones), beside)
        assert [evaluate(definition, key, {}, context()).value for key in ("number", "boolean")] == expected


def test_of_several_files_with_the_namespace_the_one_at_the_place_is_taken() -> None:
    data = of(
        "urn:first",
        importing("i", "urn:far", "b/far.dmn"),
        decision("d", needs("Decision:urn:far#greet") + text("i.greet")),
    )
    beside = (("a/far.dmn", FAR), ("b/far.dmn", FAR.replace(b"Hello", b"Bye")))
    assert evaluate(load(data, beside), "d", {"person": "A"}, context()).value == "Bye, A"


def test_what_is_not_there_is_a_finding_and_no_accident() -> None:
    data = of(
        "urn:first",
        importing("gone", "urn:gone"),
        '<import name="pmml" namespace="urn:p" importType="http://www.dmg.org/PMML-4_2"/>',
        decision("d", needs("Decision:urn:gone#x") + text("gone.x")),
    )
    rules = [finding.rule for finding in load(data, (("bad.dmn", b"<no"), ("other.dmn", b"<x/>"))).findings]
    assert rules == ["decision-import", "decision-import", "decision-requirement", "decision-requirement"]


def test_files_that_need_one_another_in_a_circle_are_refused() -> None:
    one = of("urn:one", importing("two", "urn:two"), decision("a", needs("Decision:urn:two#b") + text("two.b")))
    two = of("urn:two", importing("one", "urn:one"), decision("b", needs("Decision:urn:one#a") + text("one.a")))
    findings = load(one, (("one.dmn", one), ("two.dmn", two))).findings
    assert [(it.rule, set(it.trace)) for it in findings] == [("decision-cycle", {"a", "two.dmn#b"})]


def test_the_digest_covers_what_is_imported() -> None:
    data = of("urn:first", importing("far", "urn:far"), decision("d", text("1")))
    first = load(data, (("far.dmn", FAR),)).digest
    assert load(data, (("far.dmn", FAR), ("other.dmn", near("urn:n")))).digest == first
    assert load(data, (("far.dmn", FAR.replace(b"Hello", b"Bye")),)).digest != first


def test_a_table_of_an_imported_file_fires_in_the_record() -> None:
    rules = table("UNIQUE", ["person"], [""], ['"A" => 1', '"B" => 2'])
    far = of("urn:far", given("person"), decision("points", rules, needs=["in-person"]))
    data = of(
        "urn:first", importing("far", "urn:far"), decision("d", needs("Decision:urn:far#points") + text("far.points"))
    )
    record = evaluate(load(data, (("far.dmn", far),)), "d", {"person": "B"}, context()).record()
    assert [rule["id"] for rule in record["decisions"][0]["fired"][0]["rules"]] == ["r2"]
