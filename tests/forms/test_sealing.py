import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from service import forms
from tests.forms.test_reading import read

SALT = bytes(range(32))


def seal(schema, answers):
    return read(schema).seal(answers, lambda: SALT)


def field(schema, value) -> bool:
    """Whether the one field of a form is sealed."""
    sealed, disclosures = seal({"type": "object", "properties": {"it": schema}}, {"it": value})
    assert (len(disclosures) == 1) == (sealed["it"] != value)
    return bool(sealed["it"] != value)


@pytest.mark.parametrize(
    ("schema", "value", "sealed"),
    [
        ({"type": "string"}, "in my words", True),
        ({"type": "string", "x-sealed": False}, "E1", False),
        ({"type": "string", "pattern": "^[0-9]{6}-[0-9]{4}$"}, "010190-1234", True),
        ({"type": "string", "format": "email"}, "a@b.dk", True),
        ({"type": "string", "format": "date"}, "2026-01-05", False),
        ({"type": "string", "enum": ["a", "b"]}, "a", False),
        ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b"}]}, "a", False),
        ({"anyOf": [{"enum": ["a"]}, {"type": "string"}]}, "other", True),
        ({"allOf": [{"type": "string"}, {"enum": ["a"]}]}, "a", False),
        ({"type": "integer"}, 7, False),
        ({"type": "integer", "x-sealed": True}, 7, True),
        ({"type": "boolean"}, True, False),
        ({}, "anything", True),
        ({}, {"anything": 1}, True),
        ({"type": "object"}, {"anything": 1}, True),
        ({"type": "object", "x-sealed": True, "properties": {"a": {"type": "integer"}}}, {"a": 1}, True),
        ({"type": "array", "items": {"type": "integer"}}, [1, 2], False),
    ],
)
def test_what_may_be_personal_is_sealed(schema, value, sealed):
    assert field(schema, value) is sealed


def test_in_lists_and_objects_only_what_must_be_is_sealed():
    schema = {
        "type": "object",
        "properties": {
            "members": {"type": "array", "items": {"$ref": "#/$defs/member"}},
            "pair": {"type": "array", "prefixItems": [{"enum": ["a"]}, {"type": "string"}]},
        },
        "$defs": {
            "member": {"type": "object", "properties": {"name": {"type": "string"}, "votes": {"type": "integer"}}}
        },
    }
    sealed, disclosures = seal(schema, {"members": [{"name": "Anne", "votes": 2}], "pair": ["a", "b"]})
    assert sealed["members"][0]["votes"] == 2
    assert set(sealed["members"][0]["name"]) == {"sealed"}
    assert sealed["pair"][0] == "a"
    assert [disclosure.pointer for disclosure in disclosures] == ["/members/0/name", "/pair/1"]


def test_a_commitment_is_the_hash_that_an_outsider_can_recompute():
    sealed, (disclosure,) = seal({"properties": {"it": {"type": "string"}}}, {"it": "Blåbær"})
    assert disclosure.value == rfc8785.dumps("Blåbær")
    expected = hashlib.sha256(b"c1\x00" + SALT + disclosure.value).hexdigest()
    assert sealed == {"it": {"sealed": expected}}
    assert forms.commit(disclosure.salt, disclosure.value) == expected


@given(st.text(min_size=4, max_size=40).filter(lambda text: text.isprintable()))
def test_nothing_of_a_sealed_value_is_left(text):
    salts = iter(range(1000))
    form = read({"properties": {"a": {"type": "string"}, "b": {"type": "string"}}})
    sealed, disclosures = form.seal({"a": text, "b": text}, lambda: next(salts).to_bytes(32, "big"))
    assert sealed["a"] != sealed["b"], "the same value has another commitment each time"
    assert json.dumps(text)[1:-1] not in json.dumps(sealed)
    assert {json.loads(disclosure.value) for disclosure in disclosures} == {text}


def test_what_nobody_answered_is_there_as_null_so_that_a_diagram_may_ask_for_it():
    schema = {
        "type": "object",
        "properties": {
            "choice": {"enum": ["for", "against"]},
            "remark": {"type": "string"},
            "points": {"type": "array", "items": {"type": "object", "properties": {"a": {}, "b": {}}}},
        },
    }
    sealed, _ = seal(schema, {"choice": "for", "points": [{"a": 1}]})
    assert sealed == {"choice": "for", "points": [{"a": 1, "b": None}], "remark": None}
