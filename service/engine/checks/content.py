"""What a variable may hold, as far as a bundle tells: kinds of values, texts it may be, entries it has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.engine.feel.syntax.nodes import (
    Between,
    Comparison,
    Conditional,
    ContextOf,
    Filter,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Node,
    Path,
    Postfix,
    Quantified,
)

_TRUTHS = (Between, Comparison, InstanceOf, Logic, Membership, Quantified)
# Where a schema says more of the same object: in a schema, in several, in several with names.
_ONE, _SEVERAL, _NAMED = ("if", "then", "else"), ("anyOf", "oneOf"), "dependentSchemas"
_LIST = frozenset({"array"})
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Content:
    """What may be in one place. None everywhere says that nothing is known.

    `kinds` are JSON Schema's words (`string`, `number`, `boolean`, `array`, `object`, `null`). `texts` are all texts
    that it may be, `entries` all entries that an object may have, `items` what is in a list.
    """

    kinds: frozenset[str] | None = None
    texts: frozenset[str] | None = None
    entries: "Mapping[str, Content] | None" = None
    items: "Content | None" = None

    @property
    def many(self) -> bool:
        """Whether it is certainly a list."""
        return self.kinds is not None and self.kinds <= _LIST

    def step(self, name: str) -> "Content":
        """What is in the entry of that name, also of each item of a list; unknown where it has none."""
        held = self.items if self.many else self
        return UNKNOWN if held is None or held.entries is None else held.entries.get(name, UNKNOWN)


Lookup = Callable[[str], Content]
"""What a variable may hold, by its name."""

UNKNOWN = Content()
TRUTH, NUMBER, NULL = (Content(frozenset({kind}), frozenset()) for kind in ("boolean", "number", "null"))


def text(*values: str) -> Content:
    """One of these texts."""
    return Content(frozenset({"string"}), frozenset(values))


def listed(items: Content) -> Content:
    """A list of such items."""
    return Content(frozenset({"array"}), frozenset(), items=items)


def entries(held: Mapping[str, Content]) -> Content:
    """An object with these entries and no others."""
    return Content(frozenset({"object"}), frozenset(), held)


def together(contents: Iterable[Content]) -> Content:
    """What is in a place that may hold any of these; unknown where there are none."""
    found = list(dict.fromkeys(map(_Hashed, contents)))
    if len(found) == 1:
        return found[0].content
    parts = [it.content for it in found]
    if not parts or any(it.kinds is None for it in parts):
        return UNKNOWN
    objects = [it.entries for it in parts if it.kinds and "object" in it.kinds]
    lists = [it.items for it in parts if it.kinds and "array" in it.kinds]
    texts = [it.texts for it in parts]
    return Content(
        frozenset().union(*(it.kinds or () for it in parts)),
        None if None in texts else frozenset().union(*(it or () for it in texts)),
        _merged([it for it in objects if it is not None]) if objects and None not in objects else None,
        together(it for it in lists if it is not None) if lists and None not in lists else None,
    )


@dataclass(frozen=True, slots=True)
class _Hashed:
    """A content by its identity, so that one that comes twice is merged once."""

    content: Content

    def __hash__(self) -> int:
        return id(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.content is other.content


def _merged(objects: list[Mapping[str, Content]]) -> Mapping[str, Content]:
    names = dict.fromkeys(name for held in objects for name in held)
    return {name: together(held[name] for held in objects if name in held) for name in names}


# --- schemas -------------------------------------------------------------------------------------------------------------


def of_schema(root: Any, schema: Any, depth: int = 0) -> Content:
    """What a value that a JSON Schema allows may hold. `root` is the schema in which its references are looked up."""
    if not isinstance(schema, dict) or depth > _DEEPEST or schema.get("x-sealed"):
        return UNKNOWN
    texts = _texts(schema)
    if texts is not None:
        return texts
    kinds = _kinds(schema)
    if kinds is None:
        return of_schema(root, referred(root, schema["$ref"]), depth + 1) if "$ref" in schema else UNKNOWN
    held = fields_of(root, schema, depth) if "object" in kinds else {}
    return Content(
        kinds,
        None if "string" in kinds else frozenset(),
        held if held and not schema.get("additionalProperties") else None,
        of_schema(root, schema.get("items"), depth + 1) if "array" in kinds else None,
    )


def fields_of(root: Any, schema: Any, depth: int = 0) -> dict[str, Content]:
    """The fields of the object that a schema describes, whatever they depend on, and what each may hold."""
    found: dict[str, list[Content]] = {}
    certain: dict[str, Content] = {}
    for part, sure in _parts(root, schema):
        fields = part.get("properties")
        for name, field in fields.items() if isinstance(fields, dict) else ():
            content = of_schema(root, field, depth + 1)
            found.setdefault(name, []).append(content)
            if sure and content.kinds is not None:
                certain.setdefault(name, content)
    return {name: certain.get(name) or together(contents) for name, contents in found.items()}


def required(root: Any, schema: Any) -> frozenset[str]:
    """The fields that an answer always has."""
    parts = (part.get("required") for part, sure in _parts(root, schema) if sure)
    return frozenset(name for names in parts if isinstance(names, list) for name in names if isinstance(name, str))


def referred(root: Any, reference: Any) -> Any:
    """What a reference within the schema refers to; None where it refers to nothing there."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    found = root
    for key in reference[2:].split("/"):
        found = found.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else None
    return found


def _parts(root: Any, schema: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """The schemas that tell of the fields of one object, and whether each holds whatever is answered."""
    pending: list[tuple[Any, bool]] = [(schema, True)]
    seen: list[Any] = []
    for part, sure in pending:
        if not isinstance(part, dict) or any(part is other for other in seen):
            continue
        seen.append(part)
        yield part, sure
        pending += [(referred(root, part.get("$ref")), sure), *((it, sure) for it in _several(part.get("allOf")))]
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


# --- expressions ---------------------------------------------------------------------------------------------------------


def of_value(value: object) -> Content:
    """What a value is."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, str):
        return text(value)
    return NUMBER if isinstance(value, int | float | Decimal) else UNKNOWN


def of_node(node: Node, known: Lookup) -> Content:
    """What an expression may give. `known` tells what a variable may hold."""
    match node:
        case Literal():
            found = of_value(node.value)
        case Name():
            found = known(node.name)
        case Conditional():
            found = together(of_node(it, known) for it in (*(then for _, then in node.branches), node.otherwise))
        case ListOf():
            found = listed(together(of_node(it, known) for it in node.items))
        case ContextOf():
            found = _of_context(node, known)
        case Postfix():
            found = _of_steps(node, known)
        case _:
            found = TRUTH if isinstance(node, _TRUTHS) else UNKNOWN
    return found


def _of_context(node: ContextOf, known: Lookup) -> Content:
    """An entry may ask for those before it."""
    held: dict[str, Content] = {}
    for name, value in node.entries:
        held[name] = of_node(value, lambda asked: held[asked] if asked in held else known(asked))
    return entries(held)


def _of_steps(node: Postfix, known: Lookup) -> Content:
    found = of_node(node.base, known)
    for step in node.steps:
        found = behind(step, found)
    return found


def behind(step: Node, held: Content) -> Content:
    """What is there behind a step from what is held: of a list, an entry is asked of each item."""
    if isinstance(step, Path):
        return listed(held.step(step.name)) if held.many else held.step(step.name)
    if not isinstance(step, Filter) or not held.many:
        return UNKNOWN
    return (held.items or UNKNOWN) if isinstance(step.condition, Literal) else held
