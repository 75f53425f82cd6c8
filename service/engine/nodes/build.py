"""Our reading of a process → specifications that run. Nothing of the drawing, and nothing of an extension, gets in:
flows keep the order of the file, only flow elements are nodes, and what has no meaning here is refused by name."""

from collections.abc import Iterable

from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.model import Element, Message, Process
from service.engine.nodes import activities, ends, events, gateways, loops, throwing
from service.engine.nodes.base import Node
from service.engine.nodes.scope import ScopeSpec

EVENTS: dict[str, tuple[type[Node], frozenset[str]]] = {
    "startEvent": (ends.StartEvent, frozenset({"timer", "message", "signal", "conditional"})),
    "endEvent": (ends.EndEvent, frozenset({"message", "signal", "error", "escalation", "terminate"})),
    "intermediateCatchEvent": (
        events.IntermediateCatch,
        frozenset({"timer", "message", "signal", "conditional"}),
    ),
    "receiveTask": (events.IntermediateCatch, frozenset({"message"})),
    "intermediateThrowEvent": (throwing.IntermediateThrow, frozenset({"message", "signal", "escalation"})),
    "sendTask": (throwing.IntermediateThrow, frozenset({"message"})),
    "boundaryEvent": (
        events.BoundaryEvent,
        frozenset({"timer", "message", "signal", "conditional", "error", "escalation"}),
    ),
}
"""BPMN name → node, and the event definitions that mean something there."""

GATEWAYS: dict[str, type[Node]] = {
    "exclusiveGateway": gateways.ExclusiveGateway,
    "parallelGateway": gateways.ParallelGateway,
    "inclusiveGateway": gateways.InclusiveGateway,
    "eventBasedGateway": gateways.EventGateway,
}


def build(process: Process, messages: Iterable[Message] = ()) -> dict[str, ScopeSpec]:
    """Specifications by scope id: the process's own and one for each embedded sub-process.

    Raises `Fault` (kind `unsupported`) with the element where the process holds what the engine cannot run.
    """
    correlations = {message.name: dict(message.correlations) for message in messages}
    inner = [element.id for element in process.elements if element.kind == "subProcess"]
    return {scope: _build_scope(process, scope, correlations) for scope in [process.id, *inner]}


def _build_scope(process: Process, scope: str, correlations: dict[str, dict[str, str]]) -> ScopeSpec:
    spec = ScopeSpec(scope)
    spec.correlations = correlations
    begin = spec.start = ends.Begin(spec, "#start")
    spec.join, spec.last = ends.EndJoin(spec, "#join"), ends.End(spec, "#end")
    elements = [element for element in process.elements if element.scope == scope]
    for element in elements:
        _add_node(spec, element)
    on_edge = [element for element in elements if element.attached_to is not None]
    for activity in dict.fromkeys(element.attached_to for element in on_edge):
        edge = events.Edge(spec, f"{activity}#edge")
        attached = [element.id for element in on_edge if element.attached_to == activity]
        edge.flows = [("", name) for name in [activity, *attached] if name is not None]
    starts = [element for element in elements if element.kind == "startEvent"]
    plain = [element for element in starts if not element.events] or starts
    if not plain:
        raise Fault("unsupported", scope, say("There is no start event."))
    begin.flows = [("", plain[0].id)]
    for flow in process.flows:
        if flow.scope == scope:
            _connect(spec, flow.id, flow.source, flow.target, flow.condition)
    spec.before = _before(spec)
    return spec


def _add_node(spec: ScopeSpec, element: Element) -> None:
    if element.kind in activities.KINDS and not element.triggered_by_event:
        kind, manual = activities.KINDS[element.kind]
        if element.loop is None:
            kind(spec, element.id, element, manual)
        else:
            loops.loop_node(spec, element)
            kind(spec, f"{element.id}#each", element, manual).item_of = element.id
    elif element.kind in GATEWAYS:
        GATEWAYS[element.kind](spec, element.id, element)
    elif element.kind in EVENTS:
        node, meant = EVENTS[element.kind]
        strange = [event.kind for event in element.events if event.kind not in meant]
        if strange or (len(element.events) != 1 and issubclass(node, events.Catching)):
            raise Fault(
                "unsupported",
                element.id,
                say(
                    "The engine has no %(element)s of %(events)s.",
                    element=element.kind,
                    events=", ".join(strange) or "several events",
                ),
            )
        node(spec, element.id, element)
    else:
        raise Fault("unsupported", element.id, say("The engine has no %(element)s.", element=element.kind))


def _connect(spec: ScopeSpec, flow: str, source: str, target: str, condition: str | None) -> None:
    nodes = spec.task_specs
    start = nodes[source]
    entry = f"{target}#edge" if f"{target}#edge" in nodes else target
    start.flows.append((flow, entry))
    if isinstance(start, gateways.Choosing):
        if condition is not None and flow != start.drawn.default:
            start.conditions[flow] = condition
    elif condition is not None:
        raise Fault(
            "unsupported", flow, say("Only flows that leave an exclusive or inclusive gateway have conditions.")
        )
    end = nodes[target]
    if isinstance(end, gateways.Joining):
        end.incoming.append(flow)
        end.sources[flow] = source


def _before(spec: ScopeSpec) -> dict[str, list[str]]:
    before: dict[str, list[str]] = {}
    for node in spec.task_specs.values():
        for _, name in getattr(node, "flows", ()):
            before.setdefault(name, []).append(node.name)
    return before
