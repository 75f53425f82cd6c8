"""Parts → BPMN elements, in the order that the BPMN schema asks for."""

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from tests.diagrams.parts import Event, Loop

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DDI = "http://www.omg.org/spec/DD/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

for _prefix, _uri in (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DDI), ("spiffworkflow", SPIFF), ("xsi", XSI)):
    ET.register_namespace(_prefix, _uri)


def qname(tag: str, namespace: str = BPMN) -> str:
    return f"{{{namespace}}}{tag}"


def child(
    parent: ET.Element | None, tag: str, namespace: str = BPMN, /, *, text: str | None = None, **attributes: str | None
) -> ET.Element:
    element = ET.Element(qname(tag, namespace), {key: value for key, value in attributes.items() if value is not None})
    element.text = text
    if parent is not None:
        parent.append(element)
    return element


def fresh(key: str, taken: Iterable[str]) -> str:
    names = set(taken)
    number = 2
    candidate = key
    while candidate in names:
        candidate, number = f"{key}_{number}", number + 1
    return candidate


def reference(event: Event) -> str:
    return f"{event.kind}_" + re.sub(r"[^A-Za-z0-9_.-]", "_", event.key or "")


def write_extensions(
    element: ET.Element,
    properties: Mapping[str, str],
    texts: Mapping[str, str | None],
    operator: tuple[str, Mapping[str, str], str | None] | None = None,
) -> None:
    extensions = ET.Element(qname("extensionElements"))
    if properties:
        entries = child(extensions, "properties", SPIFF)
        for name, value in properties.items():
            child(entries, "property", SPIFF, name=name, value=value)
    for tag, text in texts.items():
        if text is not None:
            child(extensions, tag, SPIFF, text=text)
    if operator:
        operation, parameters, result = operator
        service = child(extensions, "serviceTaskOperator", SPIFF, id=operation, resultVariable=result)
        entries = child(service, "parameters", SPIFF)
        for name, value in parameters.items():
            child(entries, "parameter", SPIFF, id=name, type="any", value=value)
    if len(extensions):
        element.append(extensions)


def write_loop(element: ET.Element, loop: Loop, key: str) -> None:
    if loop.standard:
        maximum = None if loop.maximum is None else str(loop.maximum)
        loops = child(
            element, "standardLoopCharacteristics", testBefore=str(loop.test_before).lower(), loopMaximum=maximum
        )
        if loop.condition is not None:
            child(loops, "loopCondition", text=loop.condition)
        return
    many = child(element, "multiInstanceLoopCharacteristics", isSequential=str(loop.sequential).lower())
    for tag, text in (
        ("loopCardinality", loop.cardinality),
        ("loopDataInputRef", loop.collection),
        ("loopDataOutputRef", loop.into),
    ):
        if text is not None:
            child(many, tag, text=text)
    for tag, name in (("inputDataItem", loop.item), ("outputDataItem", loop.output_item)):
        if name is not None:
            child(many, tag, id=f"{key}_{tag}", name=name)
    if loop.condition is not None:
        child(many, "completionCondition", text=loop.condition)


def write_event(element: ET.Element, event: Event, key: str) -> None:
    target = {f"{event.kind}Ref": reference(event)} if event.key else {}
    definition = child(element, f"{event.kind}EventDefinition", id=key, **target)
    if event.kind == "message":
        write_extensions(definition, {}, {"messagePayload": event.payload, "messageVariable": event.variable})
    if event.form:
        timer = child(definition, event.form, text=event.text)
        timer.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
    elif event.kind == "conditional":
        child(definition, "condition", text=event.text).set(f"{{{XSI}}}type", "bpmn:tFormalExpression")


def write_roots(definitions: ET.Element, events: Mapping[str, Event]) -> None:
    for identifier, event in events.items():
        root = child(definitions, event.kind, id=identifier, name=event.key)
        if event.kind in ("error", "escalation"):
            root.set(f"{event.kind}Code", event.key or "")
        if event.kind != "message":
            write_extensions(root, {}, {"payloadExpression": event.payload, "variableName": event.variable})
    for name in sorted({name for event in events.values() for name in event.correlate}):
        property_ = child(definitions, "correlationProperty", id=name, name=name)
        for identifier, event in events.items():
            if name in event.correlate:
                retrieval = child(property_, "correlationPropertyRetrievalExpression", messageRef=identifier)
                child(retrieval, "messagePath", text=event.correlate[name])


def lane_set(key: str, lanes: Mapping[tuple[str, ...], list[str]]) -> ET.Element:
    root = ET.Element(qname("laneSet"), {"id": f"{key}_lanes"})
    holders: dict[tuple[str, ...], ET.Element] = {}
    members: dict[tuple[str, ...], list[str]] = {}
    for path, keys in lanes.items():
        for depth in range(1, len(path) + 1):
            members.setdefault(path[:depth], []).extend(keys)
    for path in sorted(members, key=len):
        parent = root
        if len(path) > 1:
            outer = holders[path[:-1]]
            found = outer.find(qname("childLaneSet"))
            parent = found if found is not None else child(outer, "childLaneSet", id=f"{outer.get('id')}_lanes")
        lane = child(parent, "lane", id=f"{key}_Lane_{len(holders)}", name=path[-1])
        for member in members[path]:
            child(lane, "flowNodeRef", text=member)
        holders[path] = lane
    return root
