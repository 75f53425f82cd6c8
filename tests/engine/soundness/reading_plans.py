"""Our reading of a process → a plan for the token game, so that what is drawn can be played out by it."""

from dataclasses import replace

from service.engine.model import Element, Process
from tests.properties import expressions as ex
from tests.properties.plans import Event, Flow, Node, Plan, Timer

_GAME = {
    *("startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway"),
    *("eventBasedGateway", "intermediateCatchEvent", "boundaryEvent", "subProcess", "scriptTask"),
}
_EVENTS = {"timer", "message", "error", "escalation", "terminate"}


def plan_of(process: Process) -> Plan | None:
    """The process as a plan; None where it holds what the game does not know."""
    kinds = {event.kind for element in process.elements for event in element.events}
    if (
        not {it.kind for it in process.elements} <= _GAME
        or not kinds <= _EVENTS
        or any(it.loop for it in process.elements)
    ):
        return None
    default = {element.default for element in process.elements}
    flows = [
        Flow(it.id, it.source, it.target, it.scope, None if it.condition is None else ex.name("x"), it.id in default)
        for it in process.flows
    ]
    return Plan(process.id, tuple(_node(it) for it in process.elements), tuple(flows))


def _node(element: Element) -> Node:
    event = None
    if element.events:
        (drawn,) = element.events
        timer = Timer(hours=1) if drawn.kind == "timer" else None
        event = Event(drawn.kind, drawn.code or drawn.name, timer)  # type: ignore[arg-type]  # one of its kinds
    node = Node(element.id, element.kind, element.scope, event=event)
    return (
        replace(node, edge_of=element.attached_to, interrupting=element.interrupting) if element.attached_to else node
    )
