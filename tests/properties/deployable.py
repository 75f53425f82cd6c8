"""A random process as a workspace would take it, and the files that it is sent as."""

from collections.abc import Iterable
from dataclasses import replace

from tests.properties.drawn import drawing, forms
from tests.properties.plans import Event, Flow, Node, Plan, Timer

FIRST_COME = Timer(hours=3)


def deployable(plan: Plan) -> Plan:
    """The plan with an end drawn wherever a way stops; without answers to what is done by hand, which has no form; and
    with a timer where a message from outside would be waited for, which no address takes. Beside other events messages
    stay, and never come."""
    nodes, flows = [_taken(plan, node) for node in plan.nodes], list(plan.flows)
    for node in plan.nodes:
        if node.kind != "endEvent" and not plan.leaving(node.id):
            nodes.append(Node(f"{node.id}_end", "endEvent", node.scope))
            flows.append(Flow(f"{node.id}_out", node.id, nodes[-1].id, node.scope))
    return replace(plan, nodes=tuple(nodes), flows=tuple(flows))


def _taken(plan: Plan, node: Node) -> Node:
    if node.kind == "manualTask":
        return replace(node, asks=())
    alone = all(plan.node(flow.source).kind != "eventBasedGateway" for flow in plan.entering(node.id))
    waits = node.kind == "intermediateCatchEvent" and node.event is not None and node.event.kind == "message"
    return replace(node, event=Event("timer", timer=FIRST_COME)) if waits and alone else node


def bundle(plans: Iterable[Plan], role: str) -> dict[str, bytes]:
    """The files of a bundle of these processes, whose tasks are for that role."""
    found: dict[str, bytes] = {}
    for plan in plans:
        found |= {f"{plan.key}.bpmn": drawing(plan, role).bpmn()} | forms(plan)
    return found
