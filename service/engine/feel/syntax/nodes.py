"""The tree of a FEEL text: what was written, and where it stands. Places do not count when two trees are compared.

Rows of one operator are one node with many operands, and a row of paths, filters and calls is one `Postfix`, so the
tree is never deeper than the text is nested.
"""

from dataclasses import dataclass, field
from typing import Literal as OneOf

from service.engine.feel.kinds.types import Type

Operator = OneOf["+", "-", "*", "/", "**"]
Comparator = OneOf["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A piece of a text: from code point `start` up to `end`."""

    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a string, true, false, null, or what an `@"…"` literal stands for."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, spelled as where it was declared."""

    name: str


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`a and b and c` or `a or b or c`."""

    operator: OneOf["and", "or"]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """Operators of one rank, from left to right."""

    first: Node
    rest: tuple[tuple[Operator, Node], ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-a`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a < b`."""

    operator: Comparator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`a between b and c`."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`a in (tests)`."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`a instance of type`."""

    value: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if a then b else if c then d else e`, the branches in a row."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """`name in source`, or `name in source..until` without brackets."""

    name: str
    source: Node
    until: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some` or `every` iterators `satisfies` body."""

    quantifier: OneOf["some", "every"]
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`.name`, as a step of a Postfix."""

    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`[condition]`, as a step of a Postfix."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`(a, b)` or `(x: a, y: b)`, as a step of a Postfix. `names` is empty where arguments go by position."""

    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Postfix(Node):
    """A value and the steps that lead on from it."""

    base: Node
    steps: tuple[Path | Filter | Call, ...]


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{a: 1, b: a + 1}`."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[a..b]`, or `]a..b[`. A side that is not there is None."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class SideOf(Node):
    """`< a`: a range that is written as a comparison. `= a` and `!= a` are one only in brackets."""

    sign: Comparator
    bound: Node


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(a: number, b) body`. `external` names the language of a body that is not FEEL."""

    parameters: tuple[tuple[str, Type | None], ...]
    body: Node
    external: bool = False
