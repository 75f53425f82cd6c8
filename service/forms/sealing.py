"""Sealing: what may be personal leaves the answers before they become variables.

Sealed is a field that says `x-sealed`, and free text unless it says `"x-sealed": false`: a string that is neither one
of a list nor of a fixed format, and an object whose fields nobody declared. In its place stands
`{"sealed": commitment}`; value and salt go where they can be erased, and then nothing in the case gives them away.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from service.domain.disclosures import commit
from service.forms.pointers import escape
from service.forms.schemas import Schema, beside, resolve

__all__ = ["FIXED_FORMATS", "Disclosure", "Sealer", "commit"]

FIXED_FORMATS = frozenset({"date", "time", "date-time", "duration", "uuid"})
"""Formats that leave no room for words of one's own."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What opens one commitment: salt and value (RFC 8785), and where in the answers the value stood."""

    commitment: str
    pointer: str
    salt: bytes
    value: bytes


def canonical(value: Any) -> bytes:
    """The bytes of a value that a commitment is to (RFC 8785)."""
    return rfc8785.dumps(value)


class Sealer:
    """Walks answers beside the schemas that look at them."""

    def __init__(self, root: Schema, salt: Callable[[], bytes]) -> None:
        self._root, self._salt = root, salt
        self.disclosures: list[Disclosure] = []

    def answers(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to the whole form, sealed; what opens them is then in `disclosures`."""
        return self._object(answers, [self._root], "")

    def _object(self, value: Mapping[str, Any], schemas: list[Any], pointer: str) -> dict[str, Any]:
        """Every field: those answered, and as null those that the form has and nobody answered. A diagram may then
        ask for each of them; a name that nothing knows is a fault there."""
        known = {name for schema in self._all(schemas) for name in schema.get("properties", ())}
        return {
            name: self._seal(value[name], self._fields(schemas, name), f"{pointer}/{escape(name)}")
            if name in value
            else None
            for name in sorted(known.union(value))
        }

    def _fields(self, schemas: list[Any], name: str) -> list[Any]:
        found = []
        for schema in self._all(schemas):
            if name in schema.get("properties", {}):
                found.append(schema["properties"][name])
            elif "additionalProperties" in schema:
                found.append(schema["additionalProperties"])
        return found

    def _seal(self, value: Any, schemas: list[Any], pointer: str) -> Any:
        """The value as variables hold it: itself, a commitment in its place, or the like further in."""
        says = {schema["x-sealed"] for schema in self._all(schemas) if isinstance(schema.get("x-sealed"), bool)}
        if True in says or (not says and self._free(value, schemas)):
            return self._commit(value, pointer)
        if isinstance(value, dict):
            return self._object(value, schemas, pointer)
        if isinstance(value, list):
            return [
                self._seal(item, self._items(schemas, place), f"{pointer}/{place}") for place, item in enumerate(value)
            ]
        return value

    def _free(self, value: Any, schemas: list[Any]) -> bool:
        """Whether a value that nothing is said about may hold what a person wrote in her own words."""
        if isinstance(value, str):
            return not any(self._constrained(schema) for schema in schemas)
        if isinstance(value, dict):
            return not any("properties" in schema for schema in self._all(schemas))
        return False

    def _constrained(self, schema: Any) -> bool:
        if not isinstance(schema, dict):
            return False
        if "enum" in schema or "const" in schema or schema.get("format") in FIXED_FORMATS:
            return True
        if "$ref" in schema and self._constrained(resolve(self._root, schema["$ref"])):
            return True
        if any(self._constrained(part) for part in schema.get("allOf", ())):
            return True
        return any(
            word in schema and all(self._constrained(part) for part in schema[word]) for word in ("anyOf", "oneOf")
        )

    def _items(self, schemas: list[Any], place: int) -> list[Any]:
        found = []
        for schema in self._all(schemas):
            first = schema.get("prefixItems", [])
            if place < len(first):
                found.append(first[place])
            elif "items" in schema:
                found.append(schema["items"])
        return found

    def _all(self, schemas: list[Any]) -> Iterator[Schema]:
        for schema in schemas:
            if isinstance(schema, dict):
                yield schema
                yield from self._all(list(beside(self._root, schema)))

    def _commit(self, value: Any, pointer: str) -> dict[str, str]:
        salt, content = self._salt(), canonical(value)
        commitment = commit(salt, content)
        self.disclosures.append(Disclosure(commitment, pointer, salt, content))
        return {"sealed": commitment}
