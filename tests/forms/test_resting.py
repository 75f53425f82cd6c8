"""What a form rests on: the keywords of ours, as a form may say them."""

from typing import Any

import pytest

from service.domain.errors import FormRefused
from service.forms import resting
from service.forms.resting import Since
from tests.forms.test_reading import read


@pytest.mark.parametrize(
    "schema",
    [
        {"x-shows": "requirements"},
        {"x-shows": [1]},
        {"x-shows": [""]},
        {"x-shows": [{"name": "a"}]},
        {"x-shows": [{"name": "a", "unless": {"b": "c"}}]},
        {"x-shows": [{"name": "a", "since": ""}]},
        {"x-shows": [{"name": "a", "since": []}]},
        {"x-shows": [{"name": "a", "since": ["b", ""]}]},
        {"x-shows": [{"name": "a", "label": "Siden sidst"}]},
        {"x-shows": [{"name": "a", "since": "b", "label": 1}]},
        {"x-shows": [{"name": "a", "after": "b"}]},
        {"x-shows": [f"name {number}" for number in range(41)]},
        {"x-own": "yes"},
        {"properties": {"a": {"type": "string", "x-from": 1}}},
        {"properties": {"a": {"type": "string", "x-from": [""]}}},
        {"allOf": [{"properties": {"a": {"x-from": {"name": "b"}}}}]},
        {"properties": {"a": {"type": "array", "items": {"properties": {"b": {}}}, "x-rows": "c"}}},
        {"properties": {"a": {"type": "array", "items": {"properties": {"b": {}}}, "x-rows": []}}},
        {"properties": {"a": {"type": "array", "items": {"type": "string"}, "x-rows": ["c"]}}},
    ],
)
def test_a_keyword_that_says_what_it_cannot_say_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(FormRefused):
        read({"type": "object", **schema})


def test_what_a_form_shows_and_begins_with() -> None:
    schema = {
        "x-shows": ["requirements", {"name": "report", "unless": {"question": ["retire"]}}, "requirements"],
        "x-own": True,
        "properties": {"a": {"x-from": "b"}, "c": {"type": "string"}},
        "if": {"properties": {"a": {"const": "x"}}},
        "then": {"properties": {"d": {"x-from": ["e", "base.e"]}}},
    }
    assert resting.shown(schema) == ("requirements", "report")
    assert resting.unless(schema) == {"report": {"question": ["retire"]}}
    assert resting.begun_with(schema) == {"a": ("b",), "d": ("e", "base.e")}
    assert (resting.own(schema), resting.asks(schema), resting.asks({})) == (True, True, False)


def test_with_what_something_shown_is_compared() -> None:
    schema = {
        "x-shows": [
            "changes",
            {"name": "requirements", "since": ["heard_before", "base.requirements"], "label": "Siden sidst"},
            {"name": "report", "since": "before", "unless": {"question": ["retire"]}},
        ]
    }
    read({"type": "object", **schema})
    assert resting.since(schema) == {
        "requirements": Since(("heard_before", "base.requirements"), "Siden sidst", "/x-shows/1/label"),
        "report": Since(("before",), None, "/x-shows/2/label"),
    }
    assert resting.unless(schema) == {"report": {"question": ["retire"]}}
    assert resting.shown(schema) == ("changes", "requirements", "report")


def test_with_whose_rows_a_list_begins() -> None:
    items = {"type": "object", "properties": {"point": {"type": "string"}, "answer": {"type": "string"}}}
    schema = {"properties": {"points": {"type": "array", "items": items, "x-rows": ["responses.points", "late"]}}}
    found = resting.gathered(schema)["points"]
    assert found.names == ("responses.points", "late")
    assert found.fields == {"point", "answer"}
    assert resting.asks(schema)


def test_a_form_that_refers_to_itself_ends() -> None:
    schema = {"x-shows": ["a"], "allOf": [{"$ref": "#"}], "properties": {"a": {"x-from": "a"}}}
    assert resting.begun_with(schema) == {"a": ("a",)}
