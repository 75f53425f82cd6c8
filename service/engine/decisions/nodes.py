"""What a decision file adds to FEEL's tree: texts of their own within one tree, and decision tables."""

from dataclasses import dataclass
from typing import Literal as OneOf

from service.domain.sentences import Sentence
from service.engine.feel.kinds.types import Type
from service.engine.feel.syntax.nodes import Node

HitPolicy = OneOf["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
Aggregator = OneOf["SUM", "MIN", "MAX", "COUNT"]


@dataclass(frozen=True, slots=True)
class Embedded(Node):
    """An expression with its own text, in which its places are counted."""

    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Unreadable(Node):
    """An expression that could not be read; a finding said so, and it has no value."""

    text: str
    message: Sentence


@dataclass(frozen=True, slots=True)
class Typed(Node):
    """A value that must be of a type, else it is null."""

    node: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """A boxed conditional: FEEL's `if`, but null where its condition is neither true, false nor null."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Cell(Node):
    """The tests of one cell. No tests hold of everything."""

    text: str
    tests: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One input column: its expression, and the values that it may have."""

    label: str
    expression: Node
    allowed: Cell | None = None
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One output column. `name` is empty where the table has only one; `values` are ranked, the best first."""

    name: str
    allowed: Cell | None = None
    default: Node | None = None
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: its id, a cell per input, an expression per output, and its annotations."""

    id: str
    cells: tuple[Cell, ...]
    outputs: tuple[Node, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A decision table."""

    id: str
    policy: HitPolicy
    aggregator: Aggregator | None
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
