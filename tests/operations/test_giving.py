"""What operations say that they give, as JSON Schemas that diagrams are checked against."""

from typing import Any, Literal, TypedDict

from jsonschema import Draft202012Validator

from service import operations
from service.operations.giving import given, schema


class Point(TypedDict):
    """A part of a result."""

    kind: Literal["a", "b"]
    note: str | None


def test_plain_types_lists_and_groups_are_said_whole() -> None:
    assert schema(list[Point]) == {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"kind": {"enum": ["a", "b"]}, "note": {"type": ["string", "null"]}},
            "required": ["kind", "note"],
            "additionalProperties": False,
        },
    }
    assert [schema(of) for of in (str, bool, int, float)] == [
        {"type": it} for it in ("string", "boolean", *["number"] * 2)
    ]


def test_of_what_may_be_anything_nothing_is_said() -> None:
    def run(session: Any, place: Any, asked: Any) -> dict[str, Any]:
        return {}

    assert given(run) == schema(Any) == schema(str | int) == {}


def test_every_operation_gives_a_schema_and_says_enough_to_check_names_by() -> None:
    found = {name: it.gives for name, it in operations.offered().items()}
    assert found.keys() == operations.REGISTRY.keys()
    for gives in found.values():
        Draft202012Validator.check_schema(dict(gives))
    assert {name for name, gives in found.items() if not gives} == set()


def test_settings_are_said_by_their_keys_and_choices() -> None:
    rules = operations.offered()["settings.read"].gives["properties"]
    assert rules["sg"]["properties"]["quorum"] == {"type": "number"}
    assert rules["sg"]["properties"]["tie"] == {"enum": ["not-adopted", "chair"]}
