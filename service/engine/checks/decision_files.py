"""What reading a bundle's decision files found, for the rules that tell it."""

from collections.abc import Iterator
from typing import NamedTuple

from service.engine import decisions
from service.engine.checks.moment import any_moment
from service.engine.checks.trees import nodes
from service.engine.checks.view import BundleView, Found
from service.engine.decisions.covering import Fault, covered
from service.engine.decisions.model import Decision, Definition, Knowledge
from service.engine.decisions.nodes import Table, Typed
from service.engine.feel import Expression
from service.engine.xml import XMLRefused


class Told(NamedTuple):
    """A fault of a decision's table: the file, the decision's id and what it is called, the table, what is wrong."""

    file: str
    key: str
    name: str
    table: Table
    fault: Fault

    def rule(self, place: int) -> str:
        """The id of one of the rules that the fault is about."""
        return self.table.rules[self.fault.rules[place]].id

    @property
    def example(self) -> str:
        """The inputs to which it happens, as a reader would say them."""
        return ", ".join(f"{column}: {value}" for column, value in self.fault.example.items()) or "-"


def told(view: BundleView, *rules: str) -> Iterator[Found]:
    """The faults of these kinds in the bundle's decision files; `refused` is one that cannot be read at all."""
    files = tuple(view.bundle.named(".dmn").items())
    for name, data in files:
        try:
            findings = decisions.load(data, files).findings
        except XMLRefused as refusal:
            if "refused" in rules:
                yield Found(refusal.element, refusal.reason, file=name)
            continue
        for found in findings:
            if found.rule in rules:
                yield Found(found.element, found.message, found.level, found.trace, name)


def definitions(view: BundleView) -> Iterator[tuple[str, Definition]]:
    """The bundle's decision files that can be read, by name."""
    files = tuple(view.bundle.named(".dmn").items())
    for name, data in files:
        try:
            yield name, decisions.load(data, files)
        except XMLRefused:
            continue


def tables(view: BundleView) -> Iterator[tuple[str, str, str, Table]]:
    """Every decision table of the bundle's own decisions and models, however deep: with the file, the id of the decision
    and what that is called."""
    for name, definition in definitions(view):
        logics: list[tuple[Decision | Knowledge, Expression | None]]
        logics = [(it, it.logic) for it in definition.decisions.values()]
        logics += [(it, it.function) for it in definition.knowledge.values()]
        for one, logic in logics:
            found = nodes(logic.node) if logic is not None and "#" not in one.id else ()
            yield from ((name, one.id, one.label or one.name, table) for table in found if isinstance(table, Table))


def uncovered(view: BundleView, kind: str) -> Iterator[Told]:
    """The faults of that kind in the bundle's own tables: what they do not answer, or answer twice, or never."""
    for name, definition in definitions(view):
        for key, decision in definition.decisions.items():
            table = decision.logic.node
            while isinstance(table, Typed):
                table = table.node
            if "#" not in key and isinstance(table, Table):
                for fault in covered(table, any_moment()).faults:
                    if fault.kind == kind:
                        yield Told(name, key, decision.label or decision.name, table, fault)
