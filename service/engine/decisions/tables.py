"""Decision tables as functions: which rules apply, what they say, and a note of it for the record."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.sentences import Sentence, say
from service.engine.decisions.hits import MANY, Hit, answer
from service.engine.decisions.nodes import Cell, Input, Output, Rule, Table
from service.engine.decisions.record import FiredRule, Firing, rested
from service.engine.feel.compiling import Code, Compiler, Local, Scope
from service.engine.feel.compiling.tests import INPUT, input_scope, tests_within
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.text import literal
from service.engine.feel.kinds.types import Type
from service.engine.feel.run import Run, Site

_HOLDS = True


@dataclass(frozen=True, slots=True)
class _Guard:
    """What a column's values must be: of a type, and allowed. `slot` is where `allowed` finds the value."""

    label: str
    type: Type | None
    slot: int
    allowed: Code | None

    def passed(self, run: Run, local: Local, value: object) -> object:
        """The value as the column demands it. Raises Unanswerable where its type will not do, or it is not allowed."""
        value = self.typed(run, value)
        if not self.allows(run, local, value):
            raise Unanswerable(self.refusal(run, value))
        return value

    def typed(self, run: Run, value: object) -> object:
        """The value as one of the column's type. Raises Unanswerable where it cannot be."""
        return value if value is None or self.type is None else run.types.converted(value, self.type)

    def allows(self, run: Run, local: Local, value: object) -> bool:
        """Whether the value is among those allowed, and null is everywhere; it is in its slot from here on."""
        local[self.slot] = value
        return value is None or self.allowed is None or self.allowed(run, local) is _HOLDS

    def refusal(self, run: Run, value: object) -> Sentence:
        """Why a value that is not allowed will not do."""
        shown = literal(value, run.spend)[:60]
        return say("%(value)s is not allowed in the column “%(label)s”", value=shown, label=self.label)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, compiled: for an input its expression, for an output what holds where no rule applies."""

    guard: _Guard
    site: Site
    code: Code | None
    ranked: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule, compiled."""

    tests: tuple[Code, ...]
    outputs: tuple[Code, ...]


def table(compiler: Compiler, node: Table, scope: Scope) -> Code:
    """A decision table."""
    tested = [input_scope(compiler, scope) for _ in node.inputs]
    inputs = [_input(compiler, column, scope, inner) for column, inner in zip(node.inputs, tested, strict=True)]
    outputs = [_output(compiler, column, scope) for column in node.outputs]
    rows = [_row(compiler, rule, scope, tested) for rule in node.rules]
    site, first_only = Site(node.id, 0, len(node.id)), node.policy == "FIRST"

    def run_table(run: Run, local: Local) -> object:
        values, allowed = _guarded(run, local, inputs)
        hits: list[Hit] = []
        for number, row in enumerate(rows if allowed else ()):
            for test in row.tests:
                if test(run, local) is not _HOLDS:
                    break
            else:
                hits.append(_hit(run, local, number, outputs, row))
                if first_only:
                    break
        run.notes += (_firing(node, values, hits),)
        try:
            if not allowed:
                return None
            if hits:
                return answer(run, node, hits)
            if any(column.code for column in outputs):
                return _default(run, local, node, outputs)
            found = answer(run, node, []) if node.policy in MANY else None
            return run.nothing(site, _unmet(node, values)) if found is None else found
        except Unanswerable as reason:
            return run.null(site, reason.reason)

    return run_table


def _input(compiler: Compiler, column: Input, scope: Scope, inner: Scope) -> _Column:
    code = compiler.code(column.expression, scope)
    allowed = _cell(compiler, column.allowed, inner) if column.allowed else None
    guard = _Guard(column.label, column.type, inner.slots[INPUT], allowed)
    return _Column(guard, Site(column.label, 0, len(column.label)), code)


def _output(compiler: Compiler, column: Output, scope: Scope) -> _Column:
    inner = input_scope(compiler, scope)
    allowed = _cell(compiler, column.allowed, inner) if column.allowed else None
    ranked = tuple(tests_within(compiler, (test,), inner) for test in column.allowed.tests) if column.allowed else ()
    guard = _Guard(column.name or "output", column.type, inner.slots[INPUT], allowed)
    default = compiler.code(column.default, scope) if column.default else None
    return _Column(guard, Site(column.name, 0, len(column.name)), default, ranked)


def _row(compiler: Compiler, rule: Rule, scope: Scope, tested: list[Scope]) -> _Row:
    tests = (_cell(compiler, cell, inner) for cell, inner in zip(rule.cells, tested, strict=False) if cell.tests)
    return _Row(tuple(tests), tuple(compiler.codes(rule.outputs, scope)))


def _cell(compiler: Compiler, cell: Cell, inner: Scope) -> Code:
    def compiled() -> Code:
        return tests_within(compiler, cell.tests, inner)

    code = compiler.within(cell.text, compiled)
    if not cell.negated:
        return code

    def run_negated(run: Run, local: Local) -> object:
        holds = code(run, local)
        return not holds if isinstance(holds, bool) else None

    return run_negated


def _guarded(run: Run, local: Local, columns: list[_Column]) -> tuple[list[object], bool]:
    """The values of the input columns, each in its slot, and whether all are allowed.

    One of another type is null from there on, as anywhere. One that is not allowed is null too, but the table has no
    answer to it: no rule may fire, not even one that holds for whatever the value is.
    """
    values: list[object] = []
    allowed = True
    for column in columns:
        guard = column.guard
        try:
            value = guard.typed(run, column.code(run, local) if column.code else None)
        except Unanswerable as reason:
            value = run.null(column.site, reason.reason)
        if not guard.allows(run, local, value):
            allowed = False
            value = local[guard.slot] = run.null(column.site, guard.refusal(run, value))
        values.append(value)
    return values, allowed


def _hit(run: Run, local: Local, number: int, columns: list[_Column], row: _Row) -> Hit:
    """What a rule that applies says, and how its outputs rank."""
    values: list[object] = []
    ranks: list[int] = []
    for column, code in zip(columns, row.outputs, strict=False):
        try:
            values.append(column.guard.passed(run, local, code(run, local)))
        except Unanswerable as reason:
            values.append(run.null(column.site, reason.reason))
        places = (place for place, test in enumerate(column.ranked) if test(run, local) is _HOLDS)
        ranks.append(next(places, len(column.ranked)))
    return Hit(number, tuple(values), tuple(ranks))


def _default(run: Run, local: Local, node: Table, columns: list[_Column]) -> object:
    """What holds where no rule applies, in a table that says so."""
    values = tuple(column.code(run, local) if column.code else None for column in columns)
    return answer(run, node, [Hit(0, values, (0,) * len(values))])


def _unmet(node: Table, values: list[object]) -> Sentence:
    """Why a table without defaults has no answer. The values themselves stand in the record, for those who may see them."""
    columns = _labelled(node.inputs)
    empty = _labelled(column for column, value in zip(node.inputs, values, strict=True) if value is None)
    if empty:
        return say(
            "no rule of the table applies to these values of %(columns)s; without a value: %(empty)s",
            columns=columns,
            empty=empty,
        )
    if columns:
        return say("no rule of the table applies to these values of %(columns)s", columns=columns)
    return say("no rule of the table applies")


def _labelled(columns: Iterable[Input]) -> str:
    return ", ".join(f"`{column.label[:60]}`" for column in columns)


def _firing(node: Table, values: list[object], hits: list[Hit]) -> Firing:
    labels = (column.label for column in node.inputs)
    return Firing(
        node.id,
        node.policy,
        tuple((label, rested(value)) for label, value in zip(labels, values, strict=True)),
        tuple(
            FiredRule(
                node.rules[hit.number].id, hit.number + 1, node.rules[hit.number].annotations, rested(hit.output(node))
            )
            for hit in hits
        ),
    )
