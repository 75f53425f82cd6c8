"""JSON Schemas, as forms are described by them: which of them look at one value."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

ALTERNATIVES = ("allOf", "anyOf", "oneOf")
CONDITIONS = ("not", "if", "then", "else")

Schema = Mapping[str, Any]


def resolve(root: Schema, reference: str) -> Any:
    """What a reference within the schema names. Raises ValueError."""
    if reference != "#" and not reference.startswith("#/"):
        raise ValueError("a form refers to nothing outside itself")
    found: Any = root
    for step in reference[2:].split("/") if len(reference) > 1 else ():
        name = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(found, dict) or name not in found:
            raise ValueError(f"{reference} is not there")
        found = found[name]
    return found


def referred(root: Schema, schema: Schema) -> Any:
    """What a schema refers to; None where it refers to nothing that is there."""
    reference = schema.get("$ref")
    with suppress(ValueError):
        return resolve(root, reference) if isinstance(reference, str) else None
    return None


def beside(root: Schema, schema: Schema) -> Iterator[Any]:
    """The schemas in `schema` that look at the same value as it does."""
    for word in ALTERNATIVES:
        yield from several(schema, word)
    for word in CONDITIONS:
        if word in schema:
            yield schema[word]
    yield from named(schema, "dependentSchemas").values()
    if "$ref" in schema:
        yield referred(root, schema)


def several(schema: Schema, word: str) -> list[Any]:
    """What a keyword lists; nothing where it is no list."""
    found = schema.get(word)
    return found if isinstance(found, list) else []


def named(schema: Schema, word: str) -> dict[str, Any]:
    """What a keyword has by name; nothing where it is no object."""
    found = schema.get(word)
    return found if isinstance(found, dict) else {}
