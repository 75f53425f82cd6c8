"""What other bundles bring, as a check of one wants to know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from service.domain.bundles import Bundle
from service.engine.bundles import diagrams_of
from service.engine.checks.names import written_in
from service.engine.checks.signatures import Asked, Signature, decided, of_process
from service.engine.checks.view import BundleView, ProcessView


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Processes and decisions that other bundles bring, by id: what each takes, calls and hands back; and the names that
    they write."""

    signatures: Mapping[str, Signature] = field(default_factory=dict)
    tables: Mapping[str, Asked] = field(default_factory=dict)
    written: frozenset[str] = frozenset()

    @property
    def processes(self) -> dict[str, frozenset[str]]:
        """Process id → ids of the processes that it calls."""
        return {key: signature.calls for key, signature in self.signatures.items()}

    @property
    def decisions(self) -> frozenset[str]:
        """The ids of the decisions."""
        return frozenset(self.tables)


def elsewhere(bundles: Iterable[Bundle]) -> Elsewhere:
    """What these bundles bring to one another. Raises `BundleUnreadable` for a diagram that cannot be read."""
    return together(map(brings, bundles))


def brings(bundle: Bundle) -> Elsewhere:
    """What one bundle brings; it changes with the bundle's digest alone. Raises as `elsewhere` does."""
    whole = BundleView(bundle, diagrams_of(bundle))
    views = [ProcessView(whole, diagram, process) for diagram in whole.diagrams for process in diagram.processes]
    return Elsewhere({view.process.id: _signature(view) for view in views}, decided(bundle), written_in(whole))


def _signature(view: ProcessView) -> Signature:
    """What those around a process see of it, with what its outputs may hold where it ends."""
    knowing, outputs = view.knowing, view.process.outputs or ()
    held = {name: knowing.content(knowing.at_end(), name) for name in outputs}
    ends = {name: content for name, content in held.items() if content.kinds is not None}
    return replace(of_process(view.whole.bundle, view.process), ends=ends)


def together(several: Iterable[Elsewhere]) -> Elsewhere:
    """What all of them bring; of two of one id, the later."""
    found = list(several)
    return Elsewhere(
        {key: signature for one in found for key, signature in one.signatures.items()},
        {key: asked for one in found for key, asked in one.tables.items()},
        frozenset().union(*(one.written for one in found)),
    )
