import pytest

from service.domain.offered import Offered
from tests.diagrams import Drawing, process
from tests.engine.checks.judging import beside, elements, findings, warned
from tests.engine.decisions.drawing import decision, file, given, table

RULE = "unknown-value"
RELEASE = {"type": "string", "oneOf": [{"const": "release", "title": "Ja"}, {"const": "return", "title": "Nej"}]}
FORM = {"type": "object", "properties": {"release": RELEASE, "note": {"type": "string"}}, "required": ["release"]}
FORMS = {"asked": FORM}


def _decided(expression: str) -> Drawing:
    drawing = process("p").start(form="asked").exclusive("g").end(when=expression, flow="asked")
    return drawing.at("g").otherwise().end()


@pytest.mark.parametrize(
    "expression",
    ['release = "release"', 'release in ("release", "return")', 'release != null and note = "x"', '"return" = release'],
)
def test_values_that_the_form_offers_are_no_finding(expression: str) -> None:
    assert findings(RULE, _decided(expression), forms=FORMS) == []


@pytest.mark.parametrize(
    "expression",
    ['release = "relase"', 'release in ("relase", "return")', '"relase" != release', 'not(release = "relase")'],
)
def test_one_that_it_does_not_offer_is_refused_with_the_one_that_was_meant(expression: str) -> None:
    (found,) = findings(RULE, _decided(expression), forms=FORMS)
    assert (found.element, found.level) == ("asked", "error")
    assert found.message == "In the condition, `release` is never “relase”. Did you mean “release”?"


def test_one_that_is_like_no_other_is_refused_with_those_there_are() -> None:
    (found,) = findings(RULE, _decided('release = "yes"'), forms=FORMS)
    assert found.message == "In the condition, `release` is never “yes”. It may be: “release”, “return”."


def test_what_scripts_set_counts_and_what_is_set_anew_does_not() -> None:
    drawing = (
        process("p").start(form="asked").exclusive("g").script("a", 'outcome = "adopted"', when='release = "return"')
    )
    drawing = (
        drawing.exclusive("meet").exclusive("last").end(when='outcome = "%s"', flow="asked").at("last").otherwise()
    )
    drawing = (
        drawing.end().at("g").otherwise().script("b", 'outcome = if note = "" then "stopped" else "sent"').to("meet")
    )

    def found(value: str) -> list[str | None]:
        data = {"p.bpmn": drawing.bpmn().replace(b"%s", value.encode())}
        return elements(RULE, forms=FORMS, more=data)

    assert (found("adopted"), found("sent"), found("stopped"), found("adoptde")) == ([], [], [], ["asked"])


def test_what_may_have_come_from_outside_may_be_anything_until_it_is_set_for_certain() -> None:
    def asked(form: str) -> Drawing:
        drawing = process("p").start().user("t", form=form).exclusive("g")
        return drawing.end(when='release = "yes"', flow="asked").at("g").otherwise().end()

    assert elements(RULE, process("p").start().exclusive("g").end(when='release = "yes"', flow="asked")) == []
    assert elements(RULE, asked("asked"), forms=FORMS) == ["asked"]


def test_a_field_that_was_left_empty_takes_the_place_of_what_was_there_too() -> None:
    drawing = process("p").start().user("t", form="asked").exclusive("g").end(when='release = "yes"', flow="asked")
    optional = {**FORM, "required": []}
    assert elements(RULE, drawing.at("g").otherwise().end(), forms={"asked": optional}) == ["asked"]


def test_what_another_bundle_hands_back_may_change_with_it() -> None:
    called = process("q").io(inputs=["release"], outputs=["outcome"]).start().exclusive("g")
    called = called.script("a", 'outcome = "adopted"', when='release = "release"').end().at("g").otherwise()
    called = called.script("b", 'outcome = "rejected"').end()
    caller = (
        process("p").start(form="asked").call("c", "q").exclusive("g").end(when='outcome = "adoptde"', flow="asked")
    )
    assert warned(RULE, caller.at("g").otherwise().end(), forms=FORMS, **beside(called)) == ["asked"]


def test_a_table_says_what_it_answers() -> None:
    logic = table("UNIQUE", ["note"], ["light"], ['"a" => "green"', 'not("a") => "red"'])
    data = file(given("note"), decision("light", logic, needs=["in-note"]))
    drawing = (
        process("p").start(form="asked").rule("r", "light").exclusive("g").end(when='light = "gren"', flow="asked")
    )
    drawing = drawing.at("g").otherwise().end()
    assert elements(RULE, drawing, forms=FORMS, more={"light.dmn": data}) == ["asked"]


def test_what_an_operation_gives_is_one_of_the_texts_that_it_declares() -> None:
    gives = {"type": "object", "properties": {"outcome": {"enum": ["adopted", "rejected"]}}, "required": ["outcome"]}
    drawing = process("p").start(form="asked").service("o", "ballots.close", result="closed").exclusive("g")
    drawing = drawing.end(when='closed.outcome = "passed"', flow="asked").at("g").otherwise().end()
    assert elements(RULE, drawing, forms=FORMS, operations={"ballots.close": Offered(gives)}) == ["asked"]
