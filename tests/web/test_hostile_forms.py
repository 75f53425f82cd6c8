"""A form is text from outside: whatever it holds, a page can be drawn from it and read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from service import forms
from service.domain.errors import FormRefused
from service.web import fields, i18n
from service.web.fields import Sheet
from service.web.gallery.sheet import SCHEMA

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
UI_KEYS = ["ui:order", "ui:widget", "ui:help", "ui:title", "ui:options", "items", *SCHEMA["properties"]]
UI = st.dictionaries(st.sampled_from(UI_KEYS), st.one_of(JSON, st.dictionaries(st.sampled_from(UI_KEYS), JSON)))
WORDS = ["type", "title", "enum", "oneOf", "const", "items", "properties", "required", "default", "$ref", "minItems"]
WORDS += ["maximum", "minLength", "format", "allOf", "if", "then", "dependentRequired", "readOnly", "x-sealed"]


def draw_and_read(schema, ui, values=None):
    with i18n.speaking("da"):
        drawn = fields.draw(Sheet(schema, ui), values, data={"a": [{"value": 1}], "b": 3})
        fields.read(Sheet(schema, ui), MultiDict((field.name, field.value) for field in drawn.fields))
    return drawn


@given(UI)
def test_no_ui_file_breaks_a_page(ui):
    draw_and_read(SCHEMA, ui)


@given(
    st.dictionaries(st.sampled_from(WORDS), st.one_of(JSON, st.sampled_from(["object", "array", "number", "#"]))), JSON
)
def test_no_schema_that_a_bundle_may_bring_breaks_a_page(part, value):
    schema = {"type": "object", "properties": {"a": part, "b": {"type": "array", "items": part}}}
    try:
        forms.read("a.schema.json", json.dumps(schema).encode())
    except FormRefused:
        return
    draw_and_read(schema, {})
    draw_and_read(schema, {}, {"a": value, "b": [value]})


@pytest.mark.parametrize(
    "part",
    [
        True,
        {"$ref": "#/$defs/yes"},
        {"$ref": "#/$defs/loop"},
        {"type": "array", "items": True},
        {"type": "array", "minItems": 10**9, "items": {"type": "string"}},
        {"type": "object", "properties": {"deep": {"$ref": "#"}}, "required": ["deep"]},
        {"oneOf": [True, {"const": 1}]},
        {"enum": [[1], {"x": None}]},
        {"type": "number", "maximum": 1e308},
        {"type": "string", "default": [1]},
    ],
    ids=str,
)
def test_odd_forms_are_drawn(part):
    defs = {"yes": True, "loop": {"$ref": "#/$defs/loop"}}
    drawn = draw_and_read({"properties": {"a": part}, "required": ["a"], "$defs": defs}, {})
    assert len(drawn.fields) == 1
    assert len(drawn.fields[0].rows) <= 20


def test_what_is_hidden_stays_as_it_was():
    sheet = Sheet({"properties": {"a": {"type": "string"}}}, {"a": {"ui:widget": "hidden"}})
    assert fields.draw(sheet, {"a": "x"}).fields == ()
    assert fields.read(sheet, MultiDict([("/a", "y")]), {"a": "x"}).answers == {"a": "x"}
