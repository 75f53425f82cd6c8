"""What comes behind an activity of a diagram, in its author's own words: who gets what next, and on what it depends."""

from collections.abc import Iterator
from typing import Any

from service.engine.model import Element, Process
from service.queries.texts import Text, Texts

STOPS = {
    "userTask": "task",
    "manualTask": "task",
    "callActivity": "part",
    "subProcess": "part",
    "intermediateCatchEvent": "wait",
    "receiveTask": "wait",
    "eventBasedGateway": "wait",
    "endEvent": "end",
}
"""What a reader would call the next thing that happens; everything else is passed on the way there."""

MOST = 6


def onward(process: Process, activity_id: str, texts: Texts) -> list[dict[str, Any]]:
    """The next things behind an activity: `kind` (task, part, wait, end), `name`, `lane`, and `when`, the ways there.

    A way is told by what its gateway says of it. At most `MOST` are given.
    """
    elements = {element.id: element for element in process.elements}
    lanes = {lane.name: texts.of(lane.id, lane.name) for lane in process.lanes}
    found: dict[str, dict[str, Any]] = {}
    for element, ways in _walk(process, elements, elements[activity_id], (), set()):
        known = found.setdefault(
            element.id,
            {
                "kind": STOPS[element.kind],
                "name": texts.of(element.id, element.name) if element.name else None,
                "lane": lanes.get(element.lane or ""),
                "again": element.id == activity_id,
                "when": [],
            },
        )
        said = [_way(process, flow, texts) for flow in ways]
        known["when"].append([text for text in said if text is not None])
    return list(found.values())[:MOST]


def _walk(
    process: Process, elements: dict[str, Element], at: Element, ways: tuple[str, ...], seen: set[str]
) -> Iterator[tuple[Element, tuple[str, ...]]]:
    flows = {flow.id: flow for flow in process.flows}
    for flow_id in at.outgoing:
        if flow_id in seen:
            continue
        seen.add(flow_id)
        element = elements[flows[flow_id].target]
        taken = (*ways, flow_id) if len(at.outgoing) > 1 else ways
        if element.kind == "endEvent" and element.scope in elements:  # the end of a part: its whole goes on
            yield from _walk(process, elements, elements[element.scope], taken, seen)
        elif element.kind in STOPS:
            yield element, taken
        else:
            yield from _walk(process, elements, element, taken, seen)


def _way(process: Process, flow_id: str, texts: Texts) -> Text | None:
    """What a way is called: the question of its gateway, and the answer that leads there."""
    flow = next(flow for flow in process.flows if flow.id == flow_id)
    if not flow.name and flow.id not in texts.said:
        return None
    answer, gateway = texts.of(flow.id, flow.name), process.element(flow.source)
    if gateway is None or not gateway.name:
        return answer
    return Text(f"{texts.of(gateway.id, gateway.name).text} {answer.text}", answer.language)
