"""What a value may hold, as a JSON Schema tells: the answers to a form, or what an operation gives.

Nothing here judges a value, or a schema.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from service.domain.schemas import named, referred, several
from service.domain.sealing import Place
from service.engine.checks.content import NULL, SEALED, UNKNOWN, Content, fit, of_value, together

# Where a schema says more of the same object: in a schema, in several, in several with names.
_ONE, _SEVERAL, _NAMED = ("if", "then", "else"), ("anyOf", "oneOf"), "dependentSchemas"
# Schemas that are looked at for one form: one may refer to itself, or twice to another that does so too.
_MOST = 5_000
# What lies deeper in an answer is not looked at.
_DEEPEST = 12


class Schema:
    """A schema, in which references are looked up.

    `answers`: it is a form's. What people write into one is sealed, and what is in it nobody here may ask.
    """

    def __init__(self, root: Any, *, answers: bool = False) -> None:
        self.root = root
        self._answers = answers
        self._left = _MOST
        self._depth = 0

    @property
    def whole(self) -> bool:
        """Whether all of it was looked at so far."""
        return self._left >= 0

    def value(self) -> Content:
        """What the value that the schema describes may hold."""
        return self._content(self.root, Place(self.root, [self.root]))

    def fields(self) -> dict[str, Content]:
        """The fields of the object that the schema describes, whatever they depend on.

        One that may be left empty may be null. What is required at times is taken to be asked for at those times.
        """
        return self._fields(self.root, Place(self.root, [self.root]))

    def _fields(self, schema: Any, place: Place) -> dict[str, Content]:
        found: dict[str, list[Content]] = {}
        certain: dict[str, Content] = {}
        required: set[Any] = set()
        for part, sure in self._parts(schema):
            required.update(it for it in several(part, "required") if isinstance(it, str))
            for name, field in named(part, "properties").items():
                content = self._content(field, self._looked_at(place.field(name)))
                found.setdefault(name, []).append(content)
                if sure and content.kinds is not None:
                    certain.setdefault(name, content)
        held = {name: certain.get(name) or together(contents) for name, contents in found.items()}
        return {name: it if name in required else together((it, NULL)) for name, it in held.items()}

    def _content(self, schema: Any, place: Place) -> Content:
        """What a value may hold that a schema describes, and others that look at the same place."""
        self._left -= 1
        if not isinstance(schema, dict) or not self.whole or self._depth > _DEEPEST:
            return UNKNOWN
        if place.sealed(""):
            return SEALED if self._answers else UNKNOWN
        self._depth += 1
        found = _texts(schema) or self._inside(schema, _kinds(schema), place)
        self._depth -= 1
        return self._sealed(found, place) if self._answers else found

    @staticmethod
    def _sealed(held: Content, place: Place) -> Content:
        """What there is of it once it is sealed."""
        closed = frozenset(kind for kind in held.kinds or () if kind in ("string", "object") and place.sealed(kind))
        if held.kinds is None or not closed:
            return held
        entries = None if "object" in closed else held.entries
        return replace(held, kinds=held.kinds - closed | {"sealed"}, texts=None, entries=entries)

    def _inside(self, schema: Mapping[str, Any], kinds: frozenset[str] | None, place: Place) -> Content:
        if kinds is None:
            return self._beside(schema, place)
        held = self._fields(schema, place) if "object" in kinds and not schema.get("additionalProperties") else {}
        items = self._items(schema, place) if "array" in kinds else UNKNOWN
        size = 1 + items.size + sum(it.size for it in held.values())
        return fit(Content(kinds, None if "string" in kinds else frozenset(), held or None, items, size))

    def _items(self, schema: Mapping[str, Any], place: Place) -> Content:
        """What each item of a list may be, whichever it is."""
        first = several(schema, "prefixItems")
        further = [schema["items"]] if "items" in schema else []
        return together(self._content(it, self._looked_at(place.item(at))) for at, it in enumerate((*first, *further)))

    def _looked_at(self, place: Place) -> Place:
        self._left -= len(place.schemas)
        return place

    def _beside(self, schema: Mapping[str, Any], place: Place) -> Content:
        """What a schema that names no type says of a value by those that it is put together from."""
        for it in (referred(self.root, schema), *several(schema, "allOf")):
            content = self._content(it, place)
            if content.kinds is not None:
                return content
        choices = several(schema, "anyOf") or several(schema, "oneOf")
        return together(self._content(it, place) for it in choices)

    def _parts(self, schema: Any) -> Iterator[tuple[dict[str, Any], bool]]:
        """The schemas that tell of the fields of one object, and whether each holds whatever is answered."""
        pending: list[tuple[Any, bool]] = [(schema, True)]
        seen: set[int] = set()
        for part, sure in pending:
            if not isinstance(part, dict) or id(part) in seen or not self.whole:
                continue
            self._left -= 1
            seen.add(id(part))
            yield part, sure
            pending += [(referred(self.root, part), sure)]
            pending += [(it, sure) for it in several(part, "allOf")]
            pending += [(part.get(word), False) for word in _ONE]
            pending += [(it, False) for word in _SEVERAL for it in several(part, word)]
            pending += [(it, False) for it in named(part, _NAMED).values()]


def _texts(schema: Mapping[str, Any]) -> Content | None:
    """What a schema that lists the values it allows may hold."""
    choices = schema.get("oneOf") or schema.get("anyOf")
    values: list[Any] = []
    if "const" in schema:
        values = [schema["const"]]
    elif isinstance(schema.get("enum"), list):
        values = schema["enum"]
    elif isinstance(choices, list) and all(isinstance(it, dict) and "const" in it for it in choices):
        values = [it["const"] for it in choices]
    return together(map(of_value, values)) if values else None


def _kinds(schema: Mapping[str, Any]) -> frozenset[str] | None:
    kinds = schema.get("type")
    if isinstance(kinds, str):
        kinds = [kinds]
    if isinstance(kinds, list) and all(isinstance(it, str) for it in kinds):
        return frozenset("number" if kind == "integer" else kind for kind in kinds)
    return frozenset({"object"}) if isinstance(schema.get("properties"), dict) else None
