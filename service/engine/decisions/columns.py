"""The values of an input column that are worth trying: one of each stretch on which all its cells stay the same.

Only cells of constants can be tried so: numbers, texts, true and false, alone, as intervals and comparisons, in lists, and
`not(…)` of them. Every other cell is *undecided*: it is taken to hold where that makes a fault less likely.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from service.engine.decisions.nodes import Cell, Table
from service.engine.feel import Context, FeelFault, FeelSyntaxError, parse_unary
from service.engine.feel.syntax.nodes import Literal, Negation, Node, RangeOf, SideOf

OTHER = "…"
"""A text that no cell of the column names."""


@dataclass(frozen=True, slots=True)
class Try:
    """A value to try (None: any will do), and the rules whose cell holds of it, as bits: `sure`ly, or `maybe` as well."""

    value: object
    sure: int
    maybe: int

    @property
    def other(self) -> bool:
        """Whether it stands for all the texts that nobody named: there may be none."""
        return self.value == OTHER


def tries(table: Table, column: int, context: Context) -> tuple[Try, ...]:
    """What to try in a column, and of values that make no difference the first."""
    cells = [rule.cells[column] if column < len(rule.cells) else None for rule in table.rules]
    plain = [None if cell is None or not is_plain(cell) else cell for cell in cells]
    kind = str(table.inputs[column].type or "")
    allowed = table.inputs[column].allowed
    found: dict[tuple[int, int, bool], Try] = {}
    for value in _values([it for it in (*plain, allowed) if it is not None], kind):
        if allowed is not None and value is not None and not (is_plain(allowed) and _holds(allowed, value, context)):
            continue
        sure = sum(1 << row for row, cell in enumerate(plain) if cell is not None and _holds(cell, value, context))
        maybe = sure | sum(1 << row for row, cell in enumerate(plain) if cell is None)
        one = Try(value, sure, maybe)
        found.setdefault((sure, maybe, one.other), one)
    return tuple(found.values())


def is_plain(cell: Cell) -> bool:
    """Whether a cell is made of constants of the kinds that can be tried."""
    return all(_is_test(test) for test in cell.tests)


def _is_test(test: Node) -> bool:
    if isinstance(test, RangeOf):
        return all(side is None or constant(side) is not None for side in (test.low, test.high))
    return constant(test.bound if isinstance(test, SideOf) else test) is not None


def constant(node: Node) -> object:
    """The number, text or truth that a node stands for; None for everything else."""
    if isinstance(node, Negation) and isinstance(node.operand, Literal) and isinstance(node.operand.value, Decimal):
        return -node.operand.value
    if isinstance(node, Literal) and isinstance(node.value, Decimal | str | bool):
        return node.value
    return None


def _constants(cells: list[Cell]) -> Iterator[object]:
    for test in (test for cell in cells for test in cell.tests):
        if isinstance(test, RangeOf):
            yield from (constant(side) for side in (test.low, test.high) if side is not None)
        else:
            yield constant(test.bound if isinstance(test, SideOf) else test)


def _values(cells: list[Cell], kind: str) -> list[object]:
    named = list(dict.fromkeys(_constants([cell for cell in cells if is_plain(cell)])))
    if kind == "boolean" or (named and all(isinstance(it, bool) for it in named)):
        return [True, False]
    numbers = sorted(it for it in named if isinstance(it, Decimal))
    texts = [it for it in named if isinstance(it, str)]
    return [*_between(numbers), *texts, *([OTHER] if texts and not numbers else []), *([] if named else [None])]


def _between(numbers: list[Decimal]) -> list[Decimal]:
    """The numbers, one before, one behind, and one between each two. Where all are whole, only whole ones are tried."""
    if not numbers:
        return []
    whole = all(it == it.to_integral_value() for it in numbers)
    found = [numbers[0] - 1]
    for low, high in zip(numbers, [*numbers[1:], numbers[-1] + 2], strict=True):
        middle = low + 1 if whole else (low + high) / 2
        found += [low, middle] if middle < high else [low]
    return found


def _holds(cell: Cell, value: object, context: Context) -> bool:
    if not cell.tests:
        return True
    if value is None:
        return False
    try:
        return parse_unary(cell.text).matches(value, {}, context) is True
    except (FeelFault, FeelSyntaxError):
        return False
