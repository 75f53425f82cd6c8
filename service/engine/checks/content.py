"""What a variable may hold, as far as a bundle tells: kinds of values, texts it may be, entries it has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service.engine.decisions.nodes import Embedded, Typed
from service.engine.feel.syntax.nodes import (
    Between,
    Call,
    Comparison,
    Conditional,
    ContextOf,
    Filter,
    For,
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
from service.engine.feel.syntax.nodes import Iterator as Round

_TRUTHS = (Between, Comparison, InstanceOf, Logic, Membership, Quantified)
_LIST = frozenset({"array", "null"})
_LARGEST = 2_000
# Functions that give a list of the items of their first argument; or of all of them.
_SAME_ITEMS = dict.fromkeys(("reverse", "sublist", "remove", "sort"), False) | dict.fromkeys(
    ("concatenate", "append"), True
)


@dataclass(frozen=True, slots=True)
class Content:
    """What may be in one place. None everywhere says that nothing is known.

    `kinds` are JSON Schema's words (`string`, `number`, `boolean`, `array`, `object`, `null`), and `sealed` for what the
    case holds only a commitment of. `texts` are all texts that it may be, `entries` all entries that an object may have,
    `items` what is in a list. `size` counts all within. `maybe_sealed`: nothing is known but that it may be sealed.
    """

    kinds: frozenset[str] | None = None
    texts: frozenset[str] | None = None
    entries: "Mapping[str, Content] | None" = None
    items: "Content | None" = None
    size: int = 1
    maybe_sealed: bool = False

    @property
    def many(self) -> bool:
        """Whether it is certainly a list, if it is anything."""
        return self.kinds is not None and "array" in self.kinds and self.kinds <= _LIST

    @property
    def veiled(self) -> bool:
        """Whether it may be sealed, or something within it."""
        if self.maybe_sealed or "sealed" in (self.kinds or ()):
            return True
        within = (*(self.entries or {}).values(), *([] if self.items is None else [self.items]))
        return any(it.veiled for it in within)

    def step(self, name: str) -> "Content":
        """What is in the entry of that name, also of each item of a list; unknown where it has none."""
        held = self.items if self.many else self
        return UNKNOWN if held is None or held.entries is None else held.entries.get(name, UNKNOWN)


Lookup = Callable[[str], Content]
"""What a variable may hold, by its name."""

UNKNOWN = Content()
SEALED, MAYBE_SEALED = Content(frozenset({"sealed"})), Content(maybe_sealed=True)
TRUTH, NUMBER, NULL = (Content(frozenset({kind}), frozenset()) for kind in ("boolean", "number", "null"))


def text(*values: str) -> Content:
    """One of these texts."""
    return Content(frozenset({"string"}), frozenset(values))


def listed(items: Content) -> Content:
    """A list of such items."""
    return fit(Content(frozenset({"array"}), frozenset(), items=items, size=1 + items.size))


def entries(held: Mapping[str, Content]) -> Content:
    """An object with these entries and no others."""
    size = 1 + sum(it.size for it in held.values())
    return fit(Content(frozenset({"object"}), frozenset(), held, size=size))


def fit(made: Content) -> Content:
    """Of what is larger than anybody would read nothing is known."""
    return made if made.size <= _LARGEST else UNKNOWN


def together(contents: Iterable[Content]) -> Content:
    """What is in a place that may hold any of these; unknown where there are none."""
    found = list(dict.fromkeys(map(_Hashed, contents)))
    if len(found) == 1:
        return found[0].content
    parts = [it.content for it in found]
    if not parts or any(it.kinds is None for it in parts):
        sealed = any(it.maybe_sealed or "sealed" in (it.kinds or ()) for it in parts)
        return MAYBE_SEALED if sealed else UNKNOWN
    objects = [it.entries for it in parts if it.kinds and "object" in it.kinds]
    lists = [it.items for it in parts if it.kinds and "array" in it.kinds]
    texts = [it.texts for it in parts]
    held = _merged([it for it in objects if it is not None]) if objects and None not in objects else None
    items = together(it for it in lists if it is not None) if lists and None not in lists else None
    return fit(
        Content(
            frozenset().union(*(it.kinds or () for it in parts)),
            None if None in texts else frozenset().union(*(it or () for it in texts)),
            held,
            items,
            1 + sum(it.size for it in (held or {}).values()) + (items.size if items else 0),
        )
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
        case For():
            found = listed(of_node(node.body, in_rounds(node.iterators, known)))
        case Postfix():
            found = of_steps(node, known)[-1]
        case Embedded() | Typed():
            found = of_node(node.node, known)
        case _:
            found = TRUTH if isinstance(node, _TRUTHS) else UNKNOWN
    return found


def but(known: Lookup, other: Mapping[str, Content]) -> Lookup:
    """The same, where these names stand for something else."""
    return lambda name: other[name] if name in other else known(name)


def inside(held: Content) -> Content:
    """What each of the items of a list holds; what is no list is an item itself."""
    if held.kinds is None or "array" not in held.kinds:
        return held
    items = held.items or UNKNOWN
    return items if held.many else together((items, replace(held, kinds=held.kinds - {"array"}, items=None)))


def in_rounds(iterators: Sequence[Round], known: Lookup) -> Lookup:
    """What names hold within a loop: each of its own stands for an item of its list, and sees those before it."""
    bound = {"partial": UNKNOWN}
    for one in iterators:
        source = inside(of_node(one.source, but(known, bound))) if one.until is None else UNKNOWN
        bound = {**bound, one.name: source}
    return but(known, bound)


def _of_context(node: ContextOf, known: Lookup) -> Content:
    """An entry may ask for those before it."""
    held: dict[str, Content] = {}
    for name, value in node.entries:
        held[name] = of_node(value, but(known, held))
    return entries(held)


def of_steps(node: Postfix, known: Lookup) -> list[Content]:
    """What a value holds, and what is there behind each of the steps from it."""
    found = [of_node(node.base, known)]
    for place, step in enumerate(node.steps):
        called = node.base.name if isinstance(node.base, Name) and not place else ""
        if isinstance(step, Call) and called in _SAME_ITEMS:
            found.append(_same_items(called, step, known))
        else:
            found.append(behind(step, found[-1]))
    return found


def _same_items(name: str, call: Call, known: Lookup) -> Content:
    """The list that a function makes of the items that it is given."""
    given = [of_node(it, known) for it in call.arguments if not call.names]
    return listed(together(inside(it) for it in (given if _SAME_ITEMS[name] else given[:1])))


def behind(step: Node, held: Content) -> Content:
    """What is there behind a step from what is held: of a list, an entry is asked of each item."""
    if isinstance(step, Path):
        return listed(held.step(step.name)) if held.many else held.step(step.name)
    if not isinstance(step, Filter) or held.kinds is None:
        return UNKNOWN
    # What is no list is the list of itself alone.
    item = inside(held)
    if isinstance(step.condition, Literal):
        return item
    return listed(item) if isinstance(step.condition, _TRUTHS) else together((item, listed(item)))
