"""Where a token passes without waiting for a person, a message or a moment."""

from collections.abc import Iterator

from service.engine.checks.view import SUBPROCESSES, BundleView, ProcessView
from service.engine.model import Element

_WAITING = {
    "userTask",
    "manualTask",
    "task",
    "receiveTask",
    "intermediateCatchEvent",
    "eventBasedGateway",
    "adHocSubProcess",
}
# Events on the edge of an activity that the activity itself brings about.
_THROWN_FROM_INSIDE = {"error", "escalation"}
# Calls nest no deeper.
_DEEPEST = 20


def passes(view: ProcessView, element: Element, depth: int = 0) -> bool:
    """Whether a token may come in and go on within one step. `depth` counts the calls that led here."""
    if element.kind in _WAITING:
        return False
    if element.kind in SUBPROCESSES:
        return _scope_passes(view, element.id, depth)
    if element.kind == "callActivity":
        return _call_passes(view.whole, element.called or "", depth + 1)
    if element.kind == "boundaryEvent":
        return any(event.kind in _THROWN_FROM_INSIDE for event in element.events)
    return True


def ring(view: ProcessView) -> Iterator[tuple[str, ...]]:
    """Rings of nodes that are all passed without waiting, each as the ids along one way round, no node in two."""
    passing = _peeled(view, {element.id for element in view.process.elements if passes(view, element)})
    done: set[str] = set()
    for start in [node for node in view.nodes if node in passing]:
        if start not in done:
            found = _way_back(view, start, passing - done)
            done.update(found)
            if found:
                yield found


def _peeled(view: ProcessView, nodes: set[str]) -> set[str]:
    """The nodes without those that lead to none of the others, again and again: what is left holds the rings."""
    left = set(nodes)
    counts = {node: sum(after in left for after in _steps(view, node)) for node in left}
    before: dict[str, list[str]] = {}
    for node in left:
        for after in _steps(view, node):
            before.setdefault(after, []).append(node)
    loose = [node for node, count in counts.items() if count == 0]
    while loose:
        node = loose.pop()
        left.discard(node)
        for earlier in before.get(node, ()):
            counts[earlier] -= 1
            if counts[earlier] == 0:
                loose.append(earlier)
    return left


def _way_back(view: ProcessView, start: str, allowed: set[str]) -> tuple[str, ...]:
    """The shortest way from a node back to itself through allowed nodes, () without one."""
    before: dict[str, str] = {}
    pending = [start]
    while pending:
        arrived: list[str] = []
        for node in pending:
            for after in _steps(view, node):
                if after == start:
                    return _unwound(before, start, node)
                if after in allowed and after not in before:
                    before[after] = node
                    arrived.append(after)
        pending = arrived
    return ()


def _unwound(before: dict[str, str], start: str, node: str) -> tuple[str, ...]:
    way = [node]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _steps(view: ProcessView, node: str) -> Iterator[str]:
    """Where a token goes from a node within its scope: along flows, and to events that come from inside it."""
    yield from view.following[node]
    yield from (boundary.id for boundary in view.boundaries.get(node, ()))


def _scope_passes(view: ProcessView, scope: str, depth: int) -> bool:
    inner = {element.id: element for element in view.inside(scope)}
    pending = [element.id for element in inner.values() if element.kind == "startEvent" and not element.events]
    seen: set[str] = set()
    while pending:
        node = pending.pop()
        if node in seen or node not in inner or not passes(view, inner[node], depth):
            continue
        if inner[node].kind == "endEvent":
            return True
        seen.add(node)
        pending.extend(_steps(view, node))
    return False


def _call_passes(whole: BundleView, process: str, depth: int) -> bool:
    """A process that is not at hand is taken to wait; calls in a ring, or too deep, are another rule's."""
    target = whole.processes.get(process)
    if target is None or depth > _DEEPEST:
        return False
    if process not in whole.passing:
        whole.passing[process] = False
        view = ProcessView(whole, whole.diagram_of(target), target)
        whole.passing[process] = _scope_passes(view, process, depth)
    return whole.passing[process]
