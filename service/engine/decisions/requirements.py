"""What decisions and models need of one another: none may need itself, however far around."""

from collections.abc import Container, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from service.domain.findings import Finding
from service.domain.sentences import say
from service.engine.decisions.model import Decision, Knowledge, Service


def cycle_findings(
    decisions: Mapping[str, Decision], knowledge: Mapping[str, Knowledge], services: Mapping[str, Service]
) -> list[Finding]:
    """A finding for a circle of requirements, its trace the way around as ids; none where there is an order."""
    needs = {key: (*decision.requires, *decision.knowledge) for key, decision in decisions.items()}
    needs |= {key: model.knowledge for key, model in knowledge.items()}
    needs |= {key: service.outputs for key, service in services.items()}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        trace: list[str] = error.args[1]
        message = say("What this needs comes back to itself, so that nothing can be decided first.")
        return [Finding("decision-cycle", "error", message, trace[0], trace=tuple(reversed(trace)))]
    return []


def in_order(asked: Iterable[str], decisions: Mapping[str, Decision], given: Container[str]) -> list[str]:
    """The decisions to be made for those asked for, each after what it requires; what is given is left out."""
    order: dict[str, None] = {}
    pending = [(key, False) for key in reversed(list(asked))]
    while pending:
        key, ready = pending.pop()
        if key in order or key in given or key not in decisions:
            continue
        if ready:
            order[key] = None
        else:
            pending.append((key, True))
            pending += [(needed, False) for needed in reversed(decisions[key].requires)]
    return list(order)
