import json
from typing import Any

import pytest

from service import forms
from service.domain.errors import FormRefused


def read(schema) -> forms.Form:
    return forms.read("x.schema.json", schema if isinstance(schema, bytes) else json.dumps(schema).encode())


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(depth):
        schema = {"properties": {"a": schema}}
    return schema


def doubling(steps: int) -> dict[str, Any]:
    names = {f"d{number}": {"allOf": [{"$ref": f"#/$defs/d{number + 1}"}] * 2} for number in range(steps)}
    return {"$ref": "#/$defs/d0", "$defs": {**names, f"d{steps}": {"type": "object"}}}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (b"{", "it is not JSON"),
        (b"[1]", "it is not an object"),
        (b"[" * 60_000, "it is not JSON"),
        (b'"' + b"x" * 70_000 + b'"', "it is larger than 65,536 bytes"),
        (nested(40), "it is not an object of at most 24 levels"),
        ({"type": "rubbish"}, "/type"),
        ({"properties": {"a": {"pattern": "(?=a)"}}}, "the pattern '(?=a)' is not one that RE2 takes"),
        ({"$ref": "https://example.org/schema.json"}, "a form refers to nothing outside itself"),
        ({"properties": {"a": {"$ref": "other.json#/x"}}}, "a form refers to nothing outside itself"),
        ({"$ref": "#/$defs/none"}, "#/$defs/none is not there"),
        ({"$ref": "#"}, "a schema refers to itself without looking at another value"),
        ({"$id": "https://example.org/"}, "a form cannot use $id"),
        ({"properties": {"a": {"$dynamicRef": "#x"}}}, "a form cannot use $dynamicRef"),
        ({"patternProperties": {"(a+)+$": {}}}, "a form cannot use patternProperties"),
        (doubling(16), "its schemas multiply one another"),
    ],
)
def test_a_form_that_could_hurt_is_refused_with_the_reason(schema, reason):
    with pytest.raises(FormRefused) as refused:
        read(schema)
    assert str(refused.value).startswith("The form x.schema.json cannot be used: ")
    assert reason in str(refused.value)


def test_a_field_may_be_called_like_a_keyword():
    form = read({"properties": {"$id": {"type": "integer"}, "pattern": {"type": "integer"}}})
    form.validate({"$id": 1, "pattern": 2})


def test_a_schema_may_refer_to_itself_further_in():
    form = read({"type": "object", "properties": {"name": {"type": "string"}, "child": {"$ref": "#"}}})
    form.validate({"name": "a", "child": {"child": {"name": "b"}}})
