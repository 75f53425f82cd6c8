"""What other bundles bring, as a check of one wants to know it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from service.domain.bundles import Bundle
from service.engine import decisions
from service.engine.bundles import diagrams_of


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`processes`: process id → ids of the processes that it calls. `decisions`: ids of decisions."""

    processes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decisions: frozenset[str] = frozenset()


def elsewhere(bundles: Iterable[Bundle]) -> Elsewhere:
    """What these bundles bring to one another. Raises `BundleUnreadable` for a file that cannot be read."""
    found = list(bundles)
    processes = {
        process.id: tuple(element.called for element in process.elements if element.called is not None)
        for bundle in found
        for diagram in diagrams_of(bundle)
        for process in diagram.processes
    }
    files = (tuple(bundle.named(".dmn").items()) for bundle in found)
    tables = (decisions.load(table, beside) for beside in files for _, table in beside)
    return Elsewhere(processes, frozenset().union(*(table.keys() for table in tables)))
