"""A process as text: what stands in it, in the order of its flow, with what a reader of the drawing would see."""

from collections.abc import Iterator
from typing import Any

from service.engine.model import Element, Process
from service.queries.texts import Texts


def outline(process: Process, texts: Texts) -> list[dict[str, Any]]:
    """Every node: id, kind, name, lane, what it waits for, and where it leads with which condition.

    From the start along the flows, a whole branch at a time; what nothing leads to stands last.
    """
    nodes = {element.id: element for element in process.elements}
    flows = {flow.id: flow for flow in process.flows}
    lanes = {member: lane for lane in process.lanes for member in lane.members}
    told = []
    for element in in_flow(process):
        lane = lanes.get(element.id)
        ways = [
            {
                "id": flow.id,
                "name": texts.of(flow.id, flow.name) if flow.name or flow.id in texts.said else None,
                "condition": flow.condition,
                "default": element.default == flow.id,
                "target": flow.target,
                "to": texts.of(flow.target, nodes[flow.target].name) if flow.target in nodes else None,
            }
            for flow in (flows[key] for key in element.outgoing)
        ]
        host = nodes.get(element.attached_to or "")
        told.append(
            {
                "id": element.id,
                "kind": element.kind,
                "name": texts.of(element.id, element.name) if element.name or element.id in texts.said else None,
                "lane": texts.of(lane.id, lane.name) if lane else None,
                "event": element.events[0].kind if element.events else None,
                "time": next((event.text for event in element.events if event.kind == "timer"), None),
                "on": texts.of(host.id, host.name) if host else None,
                "repeats": element.loop.kind if element.loop else None,
                "called": element.called,
                "decision": element.decision,
                "operation": element.operation.name if element.operation else None,
                "form": element.properties.get("formJsonSchemaFilename"),
                "due": element.properties.get("dueDate"),
                "ways": ways,
            }
        )
    return told


def in_flow(process: Process) -> Iterator[Element]:
    """The nodes of a process from the start along the flows, a whole branch at a time; what nothing leads to last."""
    nodes = {element.id: element for element in process.elements}
    targets = {flow.id: flow.target for flow in process.flows}
    roots = [it.id for it in process.elements if not it.incoming and it.attached_to is None]
    pending = list(reversed(roots or list(nodes)[:1]))
    seen: set[str] = set()
    while pending:
        key = pending.pop()
        if key in seen or key not in nodes:
            continue
        seen.add(key)
        yield nodes[key]
        after = [targets[flow] for flow in nodes[key].outgoing]
        edges = [it.id for it in process.elements if it.attached_to == key]
        inside = [it.id for it in process.elements if it.scope == key and it.kind == "startEvent"]
        pending.extend(reversed([*inside, *after, *edges]))
    yield from (element for key, element in nodes.items() if key not in seen)
