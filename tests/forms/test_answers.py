import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import forms
from service.domain.errors import AnswersRefused
from tests.forms.test_reading import read

ADDRESS = {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}
FORM = {
    "type": "object",
    "required": ["vote"],
    "properties": {
        "vote": {"enum": ["for", "against"]},
        "share": {"type": "number", "minimum": 0, "maximum": 100},
        "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"},
        "on": {"type": "string", "format": "date"},
        "address": {"$ref": "#/$defs/address"},
        "items": {"type": "array", "maxItems": 2, "items": {"$ref": "#/$defs/address"}},
    },
    "$defs": {"address": ADDRESS},
}


def faults(answers, schema=None) -> list[tuple[str, str]]:
    try:
        read(FORM if schema is None else schema).validate(answers)
    except AnswersRefused as refused:
        assert all(fault.message.endswith(".") for fault in refused.faults)
        return [(fault.pointer, fault.rule) for fault in refused.faults]
    return []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"vote": "for"}, []),
        ({"vote": "for", "share": 12.5, "code": "AB12", "on": "2026-02-28", "address": {"city": "Aarhus"}}, []),
        ({}, [("/vote", "required")]),
        ({"vote": "maybe"}, [("/vote", "enum")]),
        ({"vote": "for", "share": 101}, [("/share", "maximum")]),
        ({"vote": "for", "share": "12"}, [("/share", "type")]),
        ({"vote": "for", "code": "ab12"}, [("/code", "pattern")]),
        ({"vote": "for", "on": "2026-02-30"}, [("/on", "format")]),
        ({"vote": "for", "on": "20260228"}, [("/on", "format")]),
        ({"vote": "for", "address": {}}, [("/address/city", "required")]),
        ({"vote": "for", "items": [{"city": "a"}, {"city": 1}]}, [("/items/1/city", "type")]),
        ({"vote": "for", "more": 1}, [("/more", "unevaluatedProperties")]),
        ({"vote": "for", "address": {"city": "a", "more": 1}}, [("/address/more", "unevaluatedProperties")]),
        ({"vote": "for", "items": [{"city": "a", "~/": 1}]}, [("/items/0/~0~1", "unevaluatedProperties")]),
        ({"vote": "for", "typename": 1}, [("/typename", "name")]),
        ({"vote": "for", "address": {"typename": "x"}}, [("/address/typename", "name")]),
        ({"vote": "for", "address": {"_x": "x"}}, [("/address/_x", "name")]),
        ({"vote": "for", "share": 2**53}, [("/share", "number")]),
        ({"vote": "for", "share": float("nan")}, [("/share", "number")]),
        ({"vote": "a\x00b"}, [("/vote", "text")]),
        ({"vote": "\ud800"}, [("/vote", "text")]),
        ([1], [("", "type")]),
        ("for", [("", "type")]),
    ],
)
def test_answers_are_judged_field_by_field(answers, expected):
    assert faults(answers) == expected


def test_fields_of_alternatives_are_known_and_others_are_not():
    schema = {
        "type": "object",
        "properties": {"kind": {"enum": ["a", "b"]}},
        "allOf": [
            {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"properties": {"extra": {"type": "integer"}}}}
        ],
    }
    assert faults({"kind": "a", "extra": 1}, schema) == []
    assert faults({"kind": "b", "extra": 1}, schema) == [("", "unevaluatedProperties")]


def test_a_form_that_says_so_takes_more_fields():
    assert faults({"any": 1}, {"type": "object", "additionalProperties": {"type": "integer"}}) == []


def test_answers_are_bounded_in_size_depth_and_number():
    deep: dict[str, Any] = {}
    for _ in range(40):
        deep = {"a": deep}
    with pytest.raises(AnswersRefused, match="wrong: 1"):
        forms.admit(deep)
    with pytest.raises(AnswersRefused, match="wrong: 1"):
        forms.admit({"a": [0] * 6000})
    with pytest.raises(AnswersRefused, match="wrong: 1"):
        forms.admit({"a": "x" * 300_000})


def test_a_form_that_refers_to_itself_twice_at_every_depth_ends():
    schema = {"allOf": [{"properties": {"a": {"$ref": "#"}}}] * 4}
    answers: dict[str, Any] = {}
    for _ in range(15):
        answers = {"a": answers}
    assert faults(answers, schema) != []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=12), json_values, max_size=5))
def test_what_is_admitted_is_kept_exactly_as_it_was(answers):
    try:
        forms.admit(answers)
    except AnswersRefused:
        return
    assert json.loads(json.dumps(answers, ensure_ascii=False).encode()) == answers
