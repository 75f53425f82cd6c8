"""Answers and the schemas that look at them, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema, beside
from service.forms.pointers import escape


@dataclass(frozen=True, slots=True)
class Place:
    """A value in the answers: its JSON pointer, the value itself, and every schema that looks at it."""

    pointer: str
    value: Any
    schemas: tuple[Schema, ...]


def places(root: Schema, answers: Mapping[str, Any]) -> Iterator[Place]:
    """Every value in the answers to a form, the answers themselves first."""
    yield from _places(root, "", answers, [root])


def looking(root: Schema, schemas: list[Any]) -> Iterator[Schema]:
    """These schemas and all that look at the same value as they do."""
    for schema in schemas:
        if isinstance(schema, Mapping):
            yield schema
            yield from looking(root, list(beside(root, schema)))


def _places(root: Schema, pointer: str, value: Any, schemas: list[Any]) -> Iterator[Place]:
    here = tuple(looking(root, schemas))
    yield Place(pointer, value, here)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            fields = [it["properties"][name] for it in here if name in it.get("properties", {})]
            yield from _places(root, f"{pointer}/{escape(name)}", inner, fields)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            items = [it["items"] for it in here if "items" in it]
            yield from _places(root, f"{pointer}/{number}", inner, items)
