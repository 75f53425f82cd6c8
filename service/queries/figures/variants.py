"""The ways that instances took through a process: which flows, and each how often.

Branches that run side by side make one way, whichever is done first; another round of a loop makes another.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.queries.figures.tally import Way
from service.store.figures import Ran


@dataclass(slots=True)
class Variant:
    """One way: how many instances took it, how long each lasted in seconds, and what it passes how often."""

    key: str
    elements: Mapping[str, int]
    flows: Mapping[str, int]
    count: int = 0
    lasted: list[float] = field(default_factory=list)


def variants(ways: Iterable[tuple[Ran, Way]]) -> list[Variant]:
    """The ways of the instances that have ended, the most frequent first."""
    found: dict[str, Variant] = {}
    for run, way in ways:
        if run.ended_at is None:
            continue
        elements = {key: it.passed for key, it in way.activities.items() if it.passed}
        said = "\n".join(f"{key} {count}" for key, count in sorted([*elements.items(), *way.flows.items()]))
        key = hashlib.sha256(said.encode()).hexdigest()[:12]
        variant = found.setdefault(key, Variant(key, elements, dict(way.flows)))
        variant.count += 1
        variant.lasted.append((run.ended_at - run.started_at).total_seconds())
    return sorted(found.values(), key=lambda it: (-it.count, it.key))
