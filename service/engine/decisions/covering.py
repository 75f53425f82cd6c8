"""Does a decision table answer every input, once? Gaps, overlaps and rules that never come to their turn.

Columns are gone through one after another; what is kept is only which rules still apply, with one example of inputs. That
is exact for cells of constants, and cheap: of many inputs to which the same rules apply one is enough.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from service.engine.decisions.columns import OTHER, Try, constant, is_plain, tries
from service.engine.decisions.hits import MANY
from service.engine.decisions.nodes import Embedded, Table, Typed
from service.engine.feel import Context
from service.engine.feel.kinds.text import literal
from service.engine.feel.syntax.nodes import Node

MOST = 20_000
"""Sets of rules that are looked at; past that nothing is said of a table."""

MOST_TOLD = 5
"""Faults of one kind that are told of one table."""

Kind = Literal["gap", "overlap", "masked"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: to `example` (column → value as FEEL) no rule applies (`gap`), two do where one may (`overlap`), or
    the last of `rules` never comes to its turn, for others do first (`masked`). `rules` are places from 0."""

    kind: Kind
    rules: tuple[int, ...]
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The faults of a table. `undecided` are the cells that are no constants, as (rule, column) from 0: what depends on
    them is not told. `complete` is False where there was too much to look at."""

    faults: tuple[Fault, ...]
    undecided: tuple[tuple[int, int], ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Met:
    """Which rules apply to an example: surely, or maybe as well."""

    sure: int
    maybe: int
    example: tuple[Try, ...]

    @property
    def certain(self) -> bool:
        """Whether the example is made of values that somebody named."""
        return not any(it.other for it in self.example)


def covered(table: Table, context: Context) -> Coverage:
    """What can be said of a table. Its inputs are taken to be there, and of a text column to be one of the texts that the
    table names, as far as gaps are concerned."""
    undecided = tuple(
        (row, column)
        for row, rule in enumerate(table.rules)
        for column, cell in enumerate(rule.cells[: len(table.inputs)])
        if not is_plain(cell)
    )
    everything = (1 << len(table.rules)) - 1
    met: dict[tuple[int, int, bool], _Met] = {(everything, everything, True): _Met(everything, everything, ())}
    for column in range(len(table.inputs)):
        found: dict[tuple[int, int, bool], _Met] = {}
        for before in met.values():
            for one in tries(table, column, context):
                after = _Met(before.sure & one.sure, before.maybe & one.maybe, (*before.example, one))
                found.setdefault((after.sure, after.maybe, after.certain), after)
        if len(found) > MOST:
            return Coverage((), undecided, complete=False)
        met = found
    return Coverage(tuple(_faults(table, list(met.values()))), undecided)


def _faults(table: Table, met: list[_Met]) -> Iterator[Fault]:
    defaults = any(output.default is not None for output in table.outputs)
    if table.policy not in MANY and not defaults:
        gap = next((it for it in met if not it.maybe and it.certain), None)
        if gap is not None:
            yield Fault("gap", (), _example(table, gap))
    if table.policy in ("UNIQUE", "ANY"):
        yield from list(_overlaps(table, met))[:MOST_TOLD]
    ranks = _ranks(table)
    if ranks is not None:
        yield from list(_masked(table, met, ranks))[:MOST_TOLD]


def _ranks(table: Table) -> list[tuple[int, ...]] | None:
    """How the rules rank where several apply, the first to have its way lowest; None where none is masked by another, or
    that is not known: only outputs that are constants have a place among the ranked values."""
    if table.policy == "FIRST":
        return [(place,) for place in range(len(table.rules))]
    if table.policy != "PRIORITY":
        return None
    ranked = [[] if it.allowed is None else [constant(test) for test in it.allowed.tests] for it in table.outputs]
    ranks = []
    for place, rule in enumerate(table.rules):
        values = [constant(_bare(node)) for node in rule.outputs]
        if any(value is None or value not in column for value, column in zip(values, ranked, strict=False)):
            return None
        ranks.append((*(column.index(value) for value, column in zip(values, ranked, strict=False)), place))
    return ranks


def _bare(node: Node) -> Node:
    while isinstance(node, Typed | Embedded):
        node = node.node
    return node


def _overlaps(table: Table, met: list[_Met]) -> Iterator[Fault]:
    told: set[tuple[int, int]] = set()
    for it in met:
        one, *others = _places(it.sure) or [0]
        for other in others:
            differ = table.policy == "UNIQUE" or table.rules[one].outputs != table.rules[other].outputs
            if differ and (one, other) not in told:
                told.add((one, other))
                yield Fault("overlap", (one, other), _example(table, it))


def _masked(table: Table, met: list[_Met], ranks: list[tuple[int, ...]]) -> Iterator[Fault]:
    """Rules that apply to something, and always beside one that applies for sure and comes before them."""
    for place, rank in enumerate(ranks):
        better = sum(1 << other for other, it in enumerate(ranks) if it < rank)
        applies = [it for it in met if it.maybe & 1 << place]
        if applies and all(it.sure & better for it in applies):
            yield Fault("masked", (_places(applies[0].sure & better)[0], place), _example(table, applies[0]))


def _places(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits & 1 << place]


def _example(table: Table, met: _Met) -> dict[str, str]:
    shown = {}
    for column, one in zip(table.inputs, met.example, strict=True):
        if one.value is not None:
            shown[column.label] = "any other text" if one.value == OTHER else literal(one.value, lambda _: None)
    return shown
