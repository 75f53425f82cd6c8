"""What a form's schema may be, and how it is closed so that objects take only the fields that it knows."""

from collections.abc import Iterator
from typing import Any

from service.domain.schemas import ALTERNATIVES, CONDITIONS, Schema, beside, resolve
from service.forms.patterns import compiled

DEEPEST, WIDEST = 24, 2_000
"""Levels of a schema, and schemas that may look at one value."""

REFUSED = ("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary", "patternProperties")
"""Keywords that a form cannot use: other addresses for a schema, and fields that cannot be drawn."""

_NAMED_INSIDE = ("properties", "$defs", "definitions", "dependentSchemas")
_INSIDE = ("items", "additionalProperties", "contains", "propertyNames", "unevaluatedProperties", "unevaluatedItems")


def check(schema: Schema) -> None:
    """Raise ValueError for what a form may not contain; the sentence says what."""
    every = list(parts(schema))
    for part in every:
        refused = next((word for word in REFUSED if word in part), None)
        if refused:
            raise ValueError(f"a form cannot use {refused}")
        if "pattern" in part:
            compiled(part["pattern"])
        if "$ref" in part:
            resolve(schema, part["$ref"])
    known: dict[int, int] = {}
    if max(_width(schema, part, known, set()) for part in every) > WIDEST:
        raise ValueError("its schemas multiply one another")


def depth(value: Any) -> int:
    """How many levels of objects and lists a value has; stops counting behind the limit."""
    levels, level = 0, [value]
    while level and levels <= DEEPEST:
        levels += 1
        inner = [part.values() if isinstance(part, dict) else part for part in level if isinstance(part, dict | list)]
        level = [item for part in inner for item in part]
    return levels


def closed(schema: Any) -> Any:
    """The schema of a value, made to refuse the fields that it does not know, here and further in."""
    inner = _within(schema)
    if not isinstance(inner, dict) or {"additionalProperties", "unevaluatedProperties"} & inner.keys():
        return inner
    if {"properties", "$ref", "dependentSchemas", *ALTERNATIVES, *CONDITIONS} & inner.keys():
        inner["unevaluatedProperties"] = False
    return inner


def _within(schema: Any) -> Any:
    """A schema with those of the values inside its value closed. It is not itself: others may know more fields."""
    if not isinstance(schema, dict):
        return schema
    inner = dict(schema)
    for word, part in schema.items():
        match word:
            case "properties":
                inner[word] = {name: closed(field) for name, field in part.items()}
            case "items" | "additionalProperties":
                inner[word] = closed(part)
            case "prefixItems":
                inner[word] = [closed(item) for item in part]
            case "$defs" | "definitions" | "dependentSchemas":
                inner[word] = {name: _within(named) for name, named in part.items()}
            case "allOf" | "anyOf" | "oneOf":
                inner[word] = [_within(alternative) for alternative in part]
            case "not" | "if" | "then" | "else":
                inner[word] = _within(part)
    return inner


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema, itself first."""
    if not isinstance(schema, dict):
        return
    yield schema
    for word in (*ALTERNATIVES, "prefixItems"):
        for part in schema.get(word, ()):
            yield from parts(part)
    for word in (*CONDITIONS, *_INSIDE):
        yield from parts(schema.get(word))
    for word in _NAMED_INSIDE:
        for part in schema.get(word, {}).values():
            yield from parts(part)


def _width(root: Schema, schema: Any, known: dict[int, int], above: set[int]) -> int:
    """How many schemas look at one value. Raises ValueError where one of them is `schema` itself again."""
    if not isinstance(schema, dict):
        return 1
    if id(schema) in above:
        raise ValueError("a schema refers to itself without looking at another value")
    if id(schema) not in known:
        above.add(id(schema))
        known[id(schema)] = 1 + sum(_width(root, part, known, above) for part in beside(root, schema))
        above.discard(id(schema))
    return known[id(schema)]
