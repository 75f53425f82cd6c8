"""What comes behind an activity of a diagram, in its author's own words: who gets what next, and on what it depends."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.engine.model import Element, Flow, Process
from service.queries.prospects import Outputs, Prospect, prospects
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
_NO_FORM: Mapping[str, Any] = {}


def _nobody_knows(_key: str) -> None:
    return None


def onward(
    process: Process,
    activity_id: str,
    texts: Texts,
    schema: Mapping[str, Any] = _NO_FORM,
    outputs: Outputs = _nobody_knows,
    known: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The next things behind an activity: `kind` (task, part, wait, end), `name`, `lane`, and `when`, the ways there.

    A way is told by what its gateways say of it, and only where answers to the activity's form (`schema`) can lead
    there. `outputs` tells what decisions on the way set, `known` are the variables that the activity sees now. At most `MOST` things are given.
    """
    elements = {element.id: element for element in process.elements}
    lanes = {lane.name: texts.of(lane.id, lane.name) for lane in process.lanes}
    found: dict[str, dict[str, Any]] = {}
    here = elements[activity_id]
    known_ways = {
        (element.id, ways): element
        for prospect in prospects(process, here, schema, outputs, known)
        for element, ways in _walk(process, elements, here, (), frozenset(), prospect)
    }
    for (_, ways), element in sorted(known_ways.items(), key=lambda it: _order(process, it[0][1])):
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
    process: Process,
    elements: dict[str, Element],
    at: Element,
    ways: tuple[str, ...],
    seen: frozenset[str],
    prospect: Prospect,
) -> Iterator[tuple[Element, tuple[str, ...]]]:
    for flow, known in _open(process, at, prospect):
        if flow.id in seen:
            continue
        element, passed = elements[flow.target], seen | {flow.id}
        taken = (*ways, flow.id) if len(at.outgoing) > 1 else ways
        if element.kind == "endEvent" and element.scope in elements:  # the end of a part: its whole goes on
            yield from _walk(process, elements, elements[element.scope], taken, passed, known)
        elif element.kind in STOPS:
            yield element, taken
        else:
            yield from _walk(process, elements, element, taken, passed, known.through(element))


def _open(process: Process, at: Element, prospect: Prospect) -> Iterator[tuple[Flow, Prospect]]:
    """The flows out of an element that can be taken, and what is known on each."""
    flows = [flow for flow in process.flows if flow.id in at.outgoing]
    conditions = {flow.id: flow.condition for flow in flows if flow.condition and flow.id != at.default}
    refused: list[str] = []
    for flow in flows:
        others = list(conditions.values()) if flow.id == at.default else refused
        one = at.kind == "exclusiveGateway"
        known = prospect.taking(conditions.get(flow.id), others if one else ())
        if flow.id in conditions:
            refused.append(conditions[flow.id])
        if known is not None:
            yield flow, known


def _order(process: Process, ways: tuple[str, ...]) -> list[int]:
    """Where ways stand in the diagram: things are told in that order, whichever answers lead to them."""
    places = {flow_id: place for element in process.elements for place, flow_id in enumerate(element.outgoing)}
    return [places[flow_id] for flow_id in ways]


def _way(process: Process, flow_id: str, texts: Texts) -> Text | None:
    """What a way is called: the question of its gateway, and the answer that leads there."""
    flow = next(flow for flow in process.flows if flow.id == flow_id)
    if not flow.name and flow.id not in texts.said:
        return None
    answer, gateway = texts.of(flow.id, flow.name), process.element(flow.source)
    if gateway is None or not gateway.name:
        return answer
    return Text(f"{texts.of(gateway.id, gateway.name).text} {answer.text}", answer.language)
