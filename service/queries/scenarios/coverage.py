"""What scenarios leave out of a diagram: sequence flows that no token took, and boundary events that never came."""

from collections.abc import Iterable

from service.domain.bundles import Bundle
from service.engine import diagrams_of
from service.queries.scenarios.playing import Outcome


def uncovered(bundle: Bundle, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """Ids of the flows and boundary events of a bundle's diagrams that these outcomes did not pass, in file order."""
    passed = {place for outcome in outcomes for place in outcome.covered}
    missing = []
    for process in (process for diagram in diagrams_of(bundle) for process in diagram.processes):
        wanted = [element.id for element in process.elements if element.kind == "boundaryEvent"]
        wanted += [flow.id for flow in process.flows]
        missing += [place for place in wanted if (process.id, place) not in passed]
    return tuple(missing)
