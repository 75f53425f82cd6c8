"""Whether a part of an expression asks what a sealed value holds.

Nobody lists here which operators and functions do: the engine itself evaluates the part, with samples of what it may be
given in the place of what it is made of, and says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import product
from typing import Any, NamedTuple, cast

from service.engine import feel
from service.engine.checks.content import Content, Lookup, but, in_rounds, inside, of_node, of_steps
from service.engine.checks.holding import of_items
from service.engine.checks.moment import any_moment
from service.engine.checks.trees import nodes
from service.engine.decisions.nodes import Embedded
from service.engine.feel.adopt import SEAL
from service.engine.feel.builtins import BUILTINS
from service.engine.feel.compiling.tests import INPUT
from service.engine.feel.expression import compiled
from service.engine.feel.kinds.types import Type
from service.engine.feel.syntax.nodes import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    ListOf,
    Literal,
    Membership,
    Name,
    Node,
    Path,
    Postfix,
    Quantified,
)

# These hold what they are given, or hand it on, and ask nothing.
_CARRY = (ContextOf, Embedded, FunctionOf, ListOf, Literal, Name)


SECRET = {SEAL: "0" * 64}
"""A sealed value at rest."""


class Turn(NamedTuple):
    """What samples are in one evaluation: of truths, of what is not known, of what may be sealed or not, of what
    is, and which of several kinds is taken."""

    truth: bool
    unknown: object
    sealed: bool
    secret: object = SECRET
    choice: int = 0


# An operator may stop at the first answer, and what is not known may be of any kind.
_TURNS = ((True, "a"), (False, 1), (True, True), (False, False))
# A place may hold one of several kinds; of more than these none is tried.
_CHOICES = 3


class Look(NamedTuple):
    """What is looked into; `certain` where it is sealed whenever there is something."""

    operand: Node
    certain: bool


@dataclass(slots=True)
class _Shape:
    """A part with names in the place of what it is made of, and what those may hold, in their order."""

    node: Node | None = None
    parts: list[tuple[Node, Content]] = field(default_factory=list)

    def stands_for(self, part: Node, held: Content) -> Node:
        """The name that stands for a part. A constant stands for itself, and so does a function."""
        if isinstance(part, FunctionOf) or not any(isinstance(it, Name) for it in nodes(part)):
            return part
        self.parts.append((part, held))
        return Name(f"part{len(self.parts)}", start=part.start, end=part.end)

    def opened(self, part: Node, known: Lookup) -> Node:
        """The same; of a list that is written out, names that stand for its items."""
        if isinstance(part, ListOf):
            return replace(part, items=tuple(self.opened(it, known) for it in part.items))
        return self.stands_for(part, of_node(part, known))


def looked_into(node: Node, known: Lookup, types: Mapping[str, Type] | None = None) -> Iterator[Look]:
    """What a node asks to hold something, though it may be sealed. Of the nodes within it nothing is said.

    `known` tells what a name may hold there, `types` are those that its decision file defines.
    """
    for shape in () if isinstance(node, _CARRY) else _shapes(node, known):
        veiled = [part for part, held in shape.parts if held.veiled]
        if veiled and _stops(shape, types or {}, sealed=True):
            yield Look(veiled[0], _stops(shape, types or {}, sealed=False))


def sample(held: Content, turn: Turn) -> Any:
    """A value at rest that may be in a place."""
    found = _samples(held, turn)
    return found[turn.choice % len(found)]


def _samples(held: Content, turn: Turn) -> list[Any]:
    """One value of each kind that may be in a place. What may be sealed comes first where it is to be, else not at all
    where it may be something else."""
    known = frozenset({"sealed", "unknown"}) if held.maybe_sealed else held.kinds or frozenset({"unknown"})
    kinds = sorted(known - {"null"}, key=lambda kind: kind != "sealed")
    if not turn.sealed:
        kinds = [kind for kind in kinds if kind != "sealed"] or kinds
    return [_of_kind(kind, held, turn) for kind in kinds or ("null",)]


def _of_kind(kind: str, held: Content, turn: Turn) -> Any:
    match kind:
        case "array":
            items = [None] if held.items is None else _samples(held.items, turn)
            return items if items[1:] else items * 2
        case "object":
            return {name: sample(entry, turn) for name, entry in (held.entries or {}).items()}
        case "string":
            return min(held.texts or ("a",))
    scalars = {"sealed": turn.secret, "number": 1, "boolean": turn.truth, "unknown": turn.unknown}
    return scalars.get(kind)


def _stops(shape: _Shape, types: Mapping[str, Type], *, sealed: bool) -> bool:
    """Whether the engine refuses the part because it looks at a sealed value: out of strict mode nothing else faults."""
    assert shape.node is not None
    expression, context = compiled("", shape.node), replace(any_moment(), strict=False, types=types)
    for (truth, unknown), choice in product(_TURNS, range(_CHOICES)):
        turn = Turn(truth, unknown, sealed, choice=choice)
        values = {f"part{place}": sample(held, turn) for place, (_, held) in enumerate(shape.parts, 1)}
        try:
            expression.explain(values, context)
        except feel.FeelSpent:
            continue
        except feel.FeelFault:
            return True
    return False


def _shapes(node: Node, known: Lookup) -> Iterator[_Shape]:
    """The node, laid open; of a row of steps, each step."""
    match node:
        case Postfix():
            held = of_steps(node, known)
            yield from (_step(node, place, held[place], known) for place in range(len(node.steps)))
        case For() | Quantified():
            shape = _Shape()
            rounds = tuple(
                _laid_open(one, in_rounds(node.iterators[:place], known), shape)
                for place, one in enumerate(node.iterators)
            )
            body = shape.opened(node.body, in_rounds(node.iterators, known))
            shape.node = replace(node, iterators=rounds, body=body)
            yield shape
        case Membership():
            shape, value = _Shape(), of_node(node.value, known)
            asked, tested = shape.opened(node.value, known), but(known, {INPUT: value})
            tests = tuple(shape.opened(it, tested) for it in node.tests)
            shape.node = replace(node, value=asked, tests=tests)
            yield shape
        case _:
            shape = _Shape()
            shape.node = _laid_open(node, known, shape)
            yield shape


def _step(node: Postfix, place: int, held: Content, known: Lookup) -> _Shape:
    """One step of a row, taken of a name."""
    shape, step = _Shape(), node.steps[place]
    base = node.base if not place else replace(node, end=node.steps[place - 1].end, steps=node.steps[:place])
    built_in = not place and isinstance(step, Call) and isinstance(base, Name) and base.name in BUILTINS
    taken_of = base if built_in else shape.stands_for(base, held) if place else shape.opened(base, known)
    around = of_items(inside(held), known) if isinstance(step, Filter) else known
    opened = cast(Path | Filter | Call, _laid_open(step, around, shape))
    shape.node = replace(node, base=taken_of, steps=(opened,))
    return shape


def _laid_open(node: Node, known: Lookup, shape: _Shape) -> Any:
    def opened(value: object) -> Any:
        if isinstance(value, tuple):
            return tuple(opened(it) for it in value)
        return shape.opened(value, known) if isinstance(value, Node) else value

    changed: dict[str, Any] = {it.name: opened(getattr(node, it.name)) for it in fields(node)}
    return replace(node, **changed)
