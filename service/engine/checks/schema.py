"""What a value may hold, as a JSON Schema tells: the answers to a form, or what an operation gives.

Nothing here judges a value, or a schema.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from service.engine.checks.content import NULL, UNKNOWN, Content, fit, of_value, together

# Where a schema says more of the same object: in a schema, in several, in several with names.
_ONE, _SEVERAL, _NAMED = ("if", "then", "else"), ("anyOf", "oneOf"), "dependentSchemas"
# Schemas that are looked at for one form: one may refer to itself, or twice to another that does so too.
_MOST = 5_000
# What lies deeper in an answer is not looked at.
_DEEPEST = 12


class Schema:
    """A schema, in which references are looked up."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._left = _MOST
        self._depth = 0

    @property
    def whole(self) -> bool:
        """Whether all of it was looked at so far."""
        return self._left >= 0

    def value(self) -> Content:
        """What the value that the schema describes may hold."""
        return self._content(self.root)

    def fields(self, schema: Any = None) -> dict[str, Content]:
        """The fields of the object that a schema describes (the form itself, unless told), whatever they depend on.

        One that may be left empty may be null. What is required at times is taken to be asked for at those times.
        """
        found: dict[str, list[Content]] = {}
        certain: dict[str, Content] = {}
        required: set[Any] = set()
        for part, sure in self._parts(self.root if schema is None else schema):
            required.update(it for it in _several(part.get("required")) if isinstance(it, str))
            fields = part.get("properties")
            for name, field in fields.items() if isinstance(fields, dict) else ():
                content = self._content(field)
                found.setdefault(name, []).append(content)
                if sure and content.kinds is not None:
                    certain.setdefault(name, content)
        held = {name: certain.get(name) or together(contents) for name, contents in found.items()}
        return {name: it if name in required else together((it, NULL)) for name, it in held.items()}

    def _content(self, schema: Any) -> Content:
        self._left -= 1
        if not isinstance(schema, dict) or not self.whole or self._depth > _DEEPEST or schema.get("x-sealed"):
            return UNKNOWN
        texts = _texts(schema)
        if texts is not None:
            return texts
        self._depth += 1
        found = self._inside(schema, _kinds(schema))
        self._depth -= 1
        return found

    def _inside(self, schema: Mapping[str, Any], kinds: frozenset[str] | None) -> Content:
        if kinds is None:
            return self._content(self._referred(schema.get("$ref")))
        held = self.fields(schema) if "object" in kinds and not schema.get("additionalProperties") else {}
        items = self._content(schema.get("items")) if "array" in kinds else UNKNOWN
        size = 1 + items.size + sum(it.size for it in held.values())
        return fit(Content(kinds, None if "string" in kinds else frozenset(), held or None, items, size))

    def _referred(self, reference: Any) -> Any:
        """What a reference within the schema refers to; None where it refers to nothing there."""
        if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
            return None
        found = self.root
        for key in reference.split("/")[1:]:
            found = found.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
        return found

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
            pending += [(self._referred(part.get("$ref")), sure)]
            pending += [(it, sure) for it in _several(part.get("allOf"))]
            pending += [(part.get(word), False) for word in _ONE]
            pending += [(it, False) for word in _SEVERAL for it in _several(part.get(word))]
            named = part.get(_NAMED)
            pending += [(it, False) for it in (named.values() if isinstance(named, dict) else ())]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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
