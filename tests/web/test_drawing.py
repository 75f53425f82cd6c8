"""A form's schema, answers and faults become fields that say what they need to."""

from typing import Any

import pytest

from service.domain.errors import Fault
from service.web import fields, i18n
from service.web.fields import Sheet


def drawn(schema, ui=None, values=None, faults=(), **more):
    sheet = Sheet({"type": "object", "properties": {"a": schema}, **more.pop("form", {})}, {"a": ui or {}})
    return fields.draw(sheet, values, faults, **more)


def one(schema, ui=None, values=None, faults=(), **more):
    return drawn(schema, ui, values, faults, **more).fields[0]


KINDS = [
    ({"type": "string"}, {}, "text"),
    ({"type": "string"}, {"ui:widget": "textarea"}, "textarea"),
    ({"type": "string"}, {"ui:options": {"widget": "textarea"}}, "textarea"),
    ({"type": "string", "maxLength": 2000}, {}, "textarea"),
    ({"type": ["string", "null"]}, {}, "text"),
    ({"type": "string", "format": "date"}, {}, "date"),
    ({"type": "string", "format": "date-time"}, {}, "datetime"),
    ({"type": "string", "format": "data-url"}, {}, "file"),
    ({"type": "integer"}, {"ui:widget": "updown"}, "number"),
    ({"type": "number"}, {}, "number"),
    ({"type": "boolean"}, {}, "boolean"),
    ({"type": "boolean"}, {"ui:widget": "radio"}, "radio"),
    ({"enum": ["x", "y"]}, {}, "radio"),
    ({"enum": list("abcdefg")}, {}, "select"),
    ({"enum": list("abcdefg")}, {"ui:widget": "radio"}, "radio"),
    ({"oneOf": [{"const": 1, "title": "Ét"}]}, {}, "radio"),
    ({"type": "string"}, {"ui:options": {"optionsFrom": "members"}}, "select"),
    ({"type": "array", "items": {"enum": ["x"]}}, {}, "checkboxes"),
    ({"type": "array", "items": {"type": "string"}}, {}, "list"),
    ({"type": "object", "properties": {}}, {}, "group"),
    ({"type": "string", "readOnly": True}, {}, "fixed"),
    ({"const": "x"}, {}, "fixed"),
]


@pytest.mark.parametrize(("schema", "ui", "kind"), KINDS, ids=[f"{kind}: {schema} {ui}" for schema, ui, kind in KINDS])
def test_every_schema_has_its_kind_of_field(schema, ui, kind):
    assert one(schema, ui).kind == kind


def test_a_field_that_need_not_be_filled_in_says_so():
    form = {"required": ["a"]}
    assert one({"type": "string"}).required is False
    assert one({"type": "string"}, form=form).required is True


def test_fields_stand_in_the_order_that_the_form_asks_for():
    properties = {name: {"type": "string"} for name in "abcd"}
    sheet = Sheet({"properties": properties}, {"ui:order": ["c", "*", "a"], "d": {"ui:widget": "hidden"}})
    assert [field.name for field in fields.draw(sheet).fields] == ["/c", "/b", "/a"]


def test_names_are_pointers_and_ids_are_fit_for_addresses():
    sheet = Sheet({"properties": {"a/b~ø": {"properties": {"c-d": {"type": "string"}}, "type": "object"}}})
    inner = fields.draw(sheet, prefix="g").fields[0].fields[0]
    assert inner.name == "/a~1b~0ø/c-d"
    assert inner.id == "g-a.7e1b.7e0.f8-c.2dd"


def test_free_text_is_marked_as_sealed_unless_the_form_says_otherwise():
    assert one({"type": "string"}).sealed
    assert one({"type": "string", "format": "email"}).sealed
    assert one({"type": "number", "x-sealed": True}).sealed
    assert not one({"type": "string", "x-sealed": False}).sealed
    assert not one({"type": "string", "format": "date"}).sealed
    assert not one({"enum": ["x"]}).sealed


def test_defaults_stand_in_a_new_form_and_not_in_one_that_was_emptied():
    assert one({"type": "string", "default": "x"}).value == "x"
    assert one({"type": "string", "default": "x"}, values={}).value == ""


def test_a_ballot_is_never_filled_in_beforehand():
    assert [option.chosen for option in one({"enum": ["for", "against"]}).options] == [False, False]


def test_answers_to_choose_from_may_come_from_the_case():
    ui = {"ui:options": {"optionsFrom": "ballot.voters", "optionValue": "id", "optionLabel": "name"}}
    data = {"ballot": {"voters": [{"id": 7, "name": "Eksempelby"}, {"id": 8, "name": "Prøvested"}]}}
    field = one({"type": "array", "items": {"type": "integer"}}, ui, {"a": [8]}, data=data)
    assert [(option.value, str(option.label), option.chosen) for option in field.options] == [
        ("7", "Eksempelby", False),
        ("8", "Prøvested", True),
    ]
    assert one({"type": "string"}, ui, data={"ballot": None}).options == ()


def test_a_list_that_may_not_be_empty_begins_with_a_row():
    schema = {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "string"}}}}
    assert one(schema).rows == ()
    assert len(one({**schema, "minItems": 1}, form={"required": ["a"]}).rows) == 1
    assert len(one({**schema, "minItems": 2}, values={"a": [{}]}).rows) == 2
    assert one({**schema, "maxItems": 1}, values={"a": [{}]}).add is None


def test_a_list_that_must_be_there_and_may_be_empty_asks_for_no_row():
    field = one({"type": "array", "items": {"type": "string"}}, form={"required": ["a"]})
    assert (field.rows, field.required) == ((), False)


def test_a_form_that_refers_to_itself_can_be_drawn():
    sheet = Sheet(
        {"properties": {"a": {"$ref": "#"}, "b": {"type": "array", "items": {"$ref": "#"}}}, "required": ["b"]}
    )
    assert fields.draw(sheet).fields[0].kind == "group"


# --- languages -------------------------------------------------------------------------------------------------------


def test_texts_come_from_the_bundle_in_the_reader_s_language_and_fall_back_with_their_own():
    sheet = Sheet(
        {"properties": {"a": {"title": "Stemme", "oneOf": [{"const": "x", "title": "For"}]}}},
        {"a": {"ui:help": "Hjælp"}},
        "vote.schema.json",
        "vote.ui.json",
        {"vote.schema.json#/properties/a/title": "Vote", "vote.ui.json#/a/ui:help": "Help"},
        "da",
    )
    field = fields.draw(sheet).fields[0]
    assert (str(field.label), field.label.lang) == ("Vote", None)
    assert str(field.help) == "Help"
    assert (str(field.options[0].label), field.options[0].label.lang) == ("For", "da")
    assert field.options[0].label.__html__() == '<span lang="da">For</span>'


def test_a_text_of_a_bundle_is_never_markup():
    assert one({"title": "<b>x</b>"}).label.__html__() == "&lt;b&gt;x&lt;/b&gt;"


# --- conditions ------------------------------------------------------------------------------------------------------

MEETING = {
    "properties": {
        "meeting": {
            "title": "Møde",
            "oneOf": [{"const": "spring", "title": "Forår"}, {"const": "extra", "title": "Ekstra"}],
        },
        "reason": {"title": "Begrundelse", "type": "string"},
    },
    "if": {"properties": {"meeting": {"const": "extra"}}, "required": ["meeting"]},
    "then": {"required": ["reason"], "properties": {"chair": {"title": "Formand", "type": "string"}}},
}


@pytest.mark.parametrize(("answers", "needed", "met"), [({}, None, False), ({"meeting": "extra"}, True, True)])
def test_what_hangs_on_another_answer_says_on_which(danish, answers, needed, met):
    reason, chair = fields.draw(Sheet(MEETING), answers).fields[1:]
    assert (reason.required, reason.when) == (needed, None)
    assert reason.notes == ("Skal udfyldes, når »Møde« er »Ekstra«.",)
    assert chair.only == "Udfyldes kun, når »Møde« er »Ekstra«."
    assert chair.met is met
    assert chair.when == '[{"name": "/meeting", "values": ["extra"], "turned": false}]'


CONDITIONS = [
    ({"if": {"properties": {"b": {"enum": [1, 2]}}}}, "Skal udfyldes, når »B« er »1« eller »2«."),
    ({"if": {"properties": {"b": {"const": True}}}}, "Skal udfyldes, når der er sat kryds i »B«."),
    ({"if": {"properties": {"b": {"const": False}}}}, "Skal udfyldes, når der ikke er sat kryds i »B«."),
    ({"if": {"required": ["b"]}}, "Skal udfyldes, når »B« er besvaret."),
    ({"if": {"properties": {"b": {"minimum": 3}}}}, None),
    ({"dependentRequired": {"b": ["a"]}}, "Skal udfyldes, når »B« er besvaret."),
]


@pytest.mark.parametrize(("condition", "sentence"), CONDITIONS, ids=[str(row[0]) for row in CONDITIONS])
def test_conditions_are_said_where_they_can_be(danish, condition, sentence):
    schema = {"properties": {"a": {"type": "string", "title": "A"}, "b": {"title": "B"}}, **condition}
    field = fields.draw(Sheet({**schema, "then": {"required": ["a"]}} if "if" in condition else schema), {}).fields[0]
    assert field.required is None
    assert field.notes == (() if sentence is None else (sentence,))


@pytest.mark.parametrize(("answer", "said"), [(True, "Ja"), (False, "Nej")])
@pytest.mark.parametrize("widget", ["radio", "select"])
def test_a_choice_of_yes_and_no_is_not_said_to_be_ticked(danish, widget, answer, said):
    schema = {
        "properties": {"a": {"type": "string", "title": "A"}, "b": {"type": "boolean", "title": "B"}},
        "if": {"properties": {"b": {"const": answer}}},
        "then": {"required": ["a"]},
    }
    field = fields.draw(Sheet(schema, {"b": {"ui:widget": widget}}), {}).fields[0]
    assert field.notes == (f"Skal udfyldes, når »B« er »{said}«.",)


def test_several_reasons_make_one_sentence(danish):
    parts = [
        {"if": {"properties": {name: {"const": "no"}}, "required": [name]}, "then": {"required": ["a"]}}
        for name in "bc"
    ]
    schema = {"properties": {"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}}, "allOf": parts}
    field = fields.draw(Sheet(schema), {}).fields[0]
    assert field.notes == ("Skal udfyldes, når »B« er »no« eller »C« er »no«.",)


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"const": "no"}, "Skal udfyldes, når et af svarene er »no«."),
        (None, "Skal udfyldes ved nogle af de andre svar."),
    ],
)
def test_many_reasons_are_said_shortly(danish, given, note):
    """Six fields with one answer in common, as in the form of those who are to be heard; or each with its own."""
    parts = [
        {"if": {"properties": {name: given or {"const": name}}, "required": [name]}, "then": {"required": ["a"]}}
        for name in "bcdefg"
    ]
    schema = {
        "properties": {"a": {"title": "A"}} | {name: {"title": name.upper()} for name in "bcdefg"},
        "allOf": parts,
    }
    field = fields.draw(Sheet(schema), {}).fields[0]
    assert field.notes == (note,)


# --- faults ----------------------------------------------------------------------------------------------------------

SAID: list[tuple[Any, ...]] = [
    ({"type": "string"}, None, "required", "Udfyld feltet."),
    ({"type": "string", "maxLength": 2000}, "x" * 2140, "maxLength", "Teksten er 2.140 tegn. Slet mindst 140."),
    ({"type": "string", "minLength": 1}, "", "minLength", "Udfyld feltet."),
    ({"type": "string", "minLength": 10}, "kort", "minLength", "Skriv mindst 10 tegn."),
    ({"type": "string", "format": "email"}, "x", "format", "Skriv en e-mailadresse, for eksempel navn@example.org."),
    ({"type": "string", "format": "date"}, "x", "format", "Skriv datoen som dag, måned og år."),
    ({"type": "number"}, "x", "type", "Skriv et tal, for eksempel 12,5."),
    ({"type": "integer"}, 1.5, "type", "Skriv et helt tal, for eksempel 12."),
    ({"type": "number", "minimum": 1000}, 3, "minimum", "Skriv 1.000 eller mere."),
    ({"type": "number", "exclusiveMaximum": 5}, 5, "exclusiveMaximum", "Skriv mindre end 5."),
    ({"type": "number", "multipleOf": 0.5}, 0.3, "multipleOf", "Skriv et tal, som 0,5 går op i."),
    ({"enum": ["x"]}, None, "required", "Vælg et af svarene."),
    ({"type": "array", "items": {"enum": ["x"]}, "minItems": 1}, [], "minItems", "Vælg mindst 1."),
    ({"type": "array", "items": {"type": "string"}, "minItems": 2}, [], "minItems", "Angiv mindst 2."),
    ({"type": "boolean", "const": True}, False, "const", "Sæt kryds for at gå videre."),
    ({"type": "string", "x-new": 1}, "x", "x-new", "Se på svaret igen: det er ikke det, formularen spørger om."),
]


@pytest.mark.parametrize(("schema", "value", "rule", "sentence"), SAID, ids=[f"{row[2]}: {row[3]}" for row in SAID])
def test_a_fault_says_what_to_do(danish, schema, value, rule, sentence):
    answers = {} if value is None else {"a": value}
    form = drawn({**schema, "title": "Svar"}, values=answers, faults=[Fault("/a", "", rule)])
    assert form.fields[0].error == sentence
    assert [problem.sentence for problem in form.problems] == [f"Svar: {sentence}"]
    assert form.problems[0].target == form.fields[0].target


def test_of_several_faults_the_one_that_comes_first_is_said(danish):
    faults = [Fault("/a", "", "maxLength"), Fault("/a", "", "type")]
    assert (
        one({"type": "number", "maxLength": 1}, values={"a": "xx"}, faults=faults).error
        == "Skriv et tal, for eksempel 12,5."
    )


def test_a_fault_inside_rows_names_the_row(danish):
    items = {"type": "object", "properties": {"b": {"title": "Bemærkning", "type": "string"}}}
    faults = [Fault("/a/1/b", "", "required")]
    form = drawn({"type": "array", "items": items}, values={"a": [{"b": "x"}, {}]}, faults=faults)
    assert [(problem.sentence, problem.target) for problem in form.problems] == [
        ("Bemærkning, nr. 2: Udfyld feltet.", "f-a-1-b")
    ]


def test_rows_that_are_gone_are_named_as_they_stood_on_the_form(danish):
    row = {
        "type": "object",
        "properties": {
            "organisation": {"type": "string", "x-choices": "members"},
            "kind": {"oneOf": [{"const": "a very long key", "title": "Kort"}]},
        },
    }
    schema = {"properties": {"seats": {"type": "array", "title": "Pladser", "items": row}}}
    ids = {name: f"0195f0a2-7c1e-7000-8000-00000000000{n}" for n, name in enumerate(("Testrup", "Fiktivborg"))}
    begun = [{"organisation": key, "kind": "a very long key"} for key in ids.values()]
    lists = {"members": [(key, f"{name} Kommune") for name, key in ids.items()]}
    sheet = Sheet(schema, begin={"seats": begun}, lists=lists)
    fault = Fault("/seats", "En organisation har én plads i gruppen.", "/x-checks/0")
    (problem,) = fields.draw(sheet, {"seats": [begun[0], begun[0]]}, [fault]).problems
    assert problem.sentence == ("Pladser: En organisation har én plads i gruppen. Mangler: »Fiktivborg Kommune«.")


def test_a_fault_of_the_whole_form_is_said_once_and_not_as_an_echo_of_another(danish):
    unknown = Fault("", "", "unevaluatedProperties")
    assert [problem.target for problem in drawn({}, faults=[unknown]).problems] == [None]
    assert len(drawn({"type": "string"}, faults=[unknown, Fault("/a", "", "required")]).problems) == 1
    assert len(drawn({}, faults=[Fault("/gone", "", "type"), Fault("/too", "", "type")]).problems) == 1


def test_faults_are_said_in_every_language(spoken):
    said = one({"type": "string"}, faults=[Fault("/a", "", "required")]).error
    assert said == {"da": "Udfyld feltet.", "nb": "Fyll ut feltet.", "en": "Fill in this field."}[spoken]
    assert i18n.language() == spoken
