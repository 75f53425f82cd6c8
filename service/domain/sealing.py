"""What of the answers to a form is sealed, because it may be personal: the one rule for those who seal and who foresee it.

Sealed is a field that says `x-sealed`, and free text unless it says `"x-sealed": false`: a string that is neither one
of a list nor of a fixed format, and an object whose fields nobody declared.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from service.domain.schemas import Schema, beside, named, referred, several

FIXED_FORMATS = frozenset({"date", "time", "date-time", "duration", "uuid"})
"""Formats that leave no room for words of one's own."""


class Place:
    """A place in the answers, by the schemas of a form that look at the value there; `root` is the form's own."""

    def __init__(self, root: Schema, schemas: Sequence[Any]) -> None:
        self._root, self._own = root, schemas

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        """All that look at the value, each once: those that were told, and those beside them."""
        found: dict[int, Schema] = {}
        pending = list(reversed(self._own))
        while pending:
            schema = pending.pop()
            if isinstance(schema, dict) and id(schema) not in found:
                found[id(schema)] = schema
                pending.extend(reversed(list(beside(self._root, schema))))
        return tuple(found.values())

    @property
    def names(self) -> set[str]:
        """The fields that the form declares of an object here."""
        return {name for schema in self.schemas for name in named(schema, "properties")}

    def field(self, name: str) -> "Place":
        """The place of a field of an object here."""
        return Place(self._root, list(self._fields(name)))

    def item(self, at: int) -> "Place":
        """The place of an item of a list here; the first is 0."""
        return Place(self._root, list(self._items(at)))

    def sealed(self, kind: str) -> bool:
        """Whether a value here is sealed that is of that kind, in JSON Schema's words."""
        says = {schema["x-sealed"] for schema in self.schemas if isinstance(schema.get("x-sealed"), bool)}
        return True in says or (not says and self._free(kind))

    def _free(self, kind: str) -> bool:
        """Whether a value that nothing is said about may hold what a person wrote in her own words."""
        if kind == "string":
            known: dict[int, bool] = {}
            return not any(self._constrained(schema, known) for schema in self._own)
        return kind == "object" and not any("properties" in schema for schema in self.schemas)

    def _constrained(self, schema: Any, known: dict[int, bool]) -> bool:
        if not isinstance(schema, dict):
            return False
        if id(schema) not in known:
            known[id(schema)] = False  # what refers to itself says nothing by that
            known[id(schema)] = self._limited(schema, known)
        return known[id(schema)]

    def _limited(self, schema: Schema, known: dict[int, bool]) -> bool:
        # A format may be anything that JSON can say, a list too.
        if "enum" in schema or "const" in schema or schema.get("format") in list(FIXED_FORMATS):
            return True
        if self._constrained(referred(self._root, schema), known):
            return True
        if any(self._constrained(part, known) for part in several(schema, "allOf")):
            return True
        return any(
            word in schema and all(self._constrained(part, known) for part in several(schema, word))
            for word in ("anyOf", "oneOf")
        )

    def _fields(self, name: str) -> Iterator[Any]:
        for schema in self.schemas:
            if name in named(schema, "properties"):
                yield schema["properties"][name]
            elif "additionalProperties" in schema:
                yield schema["additionalProperties"]

    def _items(self, at: int) -> Iterator[Any]:
        for schema in self.schemas:
            first = several(schema, "prefixItems")
            if at < len(first):
                yield first[at]
            elif "items" in schema:
                yield schema["items"]
