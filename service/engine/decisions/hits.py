"""Hit policies: what a table answers when these rules apply (DMN 1.5, 8.2.8)."""

from dataclasses import dataclass
from decimal import Decimal

from service.domain.sentences import Sentence, say
from service.engine.decisions.nodes import Table
from service.engine.feel.builtins.statistics import maximum, minimum, total
from service.engine.feel.errors import Unanswerable
from service.engine.feel.kinds.compare import same
from service.engine.feel.run import Run

MANY = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
"""Policies that answer with a list."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies: its place from 0, its outputs, and the place of each among its column's ranked values."""

    number: int
    values: tuple[object, ...]
    ranks: tuple[int, ...]

    def output(self, table: Table) -> object:
        """One value, or a context of the columns' names."""
        if len(table.outputs) == 1:
            return self.values[0]
        return {column.name: value for column, value in zip(table.outputs, self.values, strict=True)}


def answer(run: Run, table: Table, hits: list[Hit]) -> object:
    """The table's answer to the rules that apply, in the order of the file; at least one, unless it answers a list.

    Raises Unanswerable where the policy is broken, naming the rules.
    """
    if table.policy in {"PRIORITY", "OUTPUT ORDER"}:
        hits = sorted(hits, key=lambda hit: hit.ranks)
    outputs = [hit.output(table) for hit in hits]
    if table.policy in MANY:
        return _aggregated(run, table, outputs)
    if table.policy == "UNIQUE" and len(hits) > 1:
        raise Unanswerable(say("the rules %(rules)s all apply, and only one may", rules=_named(table, hits)))
    if table.policy == "ANY" and not all(same(outputs[0], output, run.spend) for output in outputs):
        raise Unanswerable(say("the rules %(rules)s all apply, and say different things", rules=_named(table, hits)))
    return outputs[0]


def _aggregated(run: Run, table: Table, outputs: list[object]) -> object:
    if table.aggregator is None:
        return outputs
    if table.aggregator == "COUNT":
        return Decimal(len(outputs))
    return {"SUM": total, "MIN": minimum, "MAX": maximum}[table.aggregator](run, outputs)


def _named(table: Table, hits: list[Hit]) -> Sentence:
    *others, last = [f"{hit.number + 1} ({table.rules[hit.number].id})" for hit in hits[:10]]
    return say("%(others)s and %(last)s", others=", ".join(others), last=last)
