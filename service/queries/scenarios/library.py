"""The bundles that scenarios play with, compiled once: processes by id, decision tables by id, forms by bundle."""

from collections.abc import Iterable
from functools import cache

from service import forms
from service.domain.bundles import Bundle
from service.engine import compile_process, decisions, diagrams_of
from service.engine.model import Process
from service.engine.shapes import DecisionFile, Definition


class Library:
    """Bundles of which each is in force. Nothing is checked here: a diagram that cannot run is an incident."""

    def __init__(self, bundles: Iterable[Bundle]) -> None:
        self.bundles = {bundle.digest: bundle for bundle in bundles}
        self.processes: dict[str, Process] = {}
        self.in_force: dict[str, Definition] = {}
        self._tables: dict[tuple[str, str], DecisionFile] = {}
        for bundle in self.bundles.values():
            self._add(bundle)
        self.form = cache(self._form)

    def _add(self, bundle: Bundle) -> None:
        for diagram in diagrams_of(bundle):
            for process in diagram.processes:
                self.processes[process.id] = process
                compiled = compile_process(diagram, process, bundle)
                self.in_force[process.id] = Definition(bundle.digest, process.id, compiled)
        tables = tuple(bundle.named(".dmn").items())
        for _, data in tables:
            for key in decisions.load(data, tables).keys():  # noqa: SIM118 - no mapping
                self._tables[bundle.digest, key] = DecisionFile(data, tables)

    def table(self, key: str, digest: str) -> DecisionFile:
        """The file of a decision: of that bundle, else of any. Raises LookupError."""
        found = [data for (owner, name), data in self._tables.items() if name == key and owner == digest]
        found += [data for (_, name), data in self._tables.items() if name == key]
        if not found:
            raise LookupError(key)
        return found[0]

    def _form(self, digest: str, name: str) -> forms.Form:
        return forms.read(name, self.bundles[digest].files[name])
