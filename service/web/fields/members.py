"""The fields of an object's schema, gathered from all its parts: `properties`, `allOf`, `$ref`, `if`/`then`/`else`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.schemas import resolve
from service.forms.pointers import escape
from service.web.fields.conditions import Condition

Schema = Mapping[str, Any]


@dataclass(slots=True)
class Member:
    """A field of an object: its schema and where that stands, and under what conditions it is asked or needed."""

    name: str
    schema: Schema
    place: str
    required: bool = False
    when: Condition | None = None
    needed_when: list[Condition] = field(default_factory=list)

    @property
    def may_be_empty(self) -> bool:
        """Whether it is a list that must be there, and may hold nothing: nobody need invent a row for it."""
        return self.required and self.schema.get("minItems", 0) == 0


def members(root: Schema, schema: Schema, place: str) -> dict[str, Member]:
    """The fields of an object by name, in the order in which the schema has them."""
    found: dict[str, Member] = {}
    required: list[tuple[str, Condition | None]] = []
    _gather(root, schema, place, None, found, required)
    for name, condition in required:
        member = found.get(name)
        if member is None:
            continue
        if condition is None or condition == member.when:
            member.required = True
        else:
            member.needed_when.append(condition)
    return found


def followed(root: Schema, schema: Any, place: str) -> tuple[Schema, str]:
    """The schema that stands there, through its references, and where its texts stand."""
    for _ in range(20):
        if not isinstance(schema, Mapping):
            return {}, place
        if "$ref" not in schema:
            return schema, place
        place = schema["$ref"][1:]
        beside = {word: value for word, value in schema.items() if word != "$ref"}
        named = resolve(root, schema["$ref"])
        schema = {**named, **beside} if isinstance(named, Mapping) else beside
    return {}, place


def _gather(
    root: Schema,
    schema: Any,
    place: str,
    condition: Condition | None,
    found: dict[str, Member],
    required: list[tuple[str, Condition | None]],
) -> None:
    schema, place = followed(root, schema, place)
    for name, part in schema.get("properties", {}).items():
        inner, where = followed(root, part, f"{place}/properties/{escape(name)}")
        if name not in found:
            found[name] = Member(name, inner, where, when=condition)
    required += [(name, condition) for name in schema.get("required", ())]
    for other, names in schema.get("dependentRequired", {}).items():
        required += [(name, Condition.answered(other).within(condition)) for name in names]
    for number, part in enumerate(schema.get("allOf", ())):
        _gather(root, part, f"{place}/allOf/{number}", condition, found, required)
    if "if" in schema:
        test = Condition.read(schema["if"])
        _gather(root, schema.get("then"), f"{place}/then", test.within(condition), found, required)
        _gather(root, schema.get("else"), f"{place}/else", test.turned().within(condition), found, required)
