"""The walk through a file: processes, their scopes, nodes and flows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from service.engine.model import Diagram, Element, Flow, MessageFlow, Process
from service.engine.reading.activities import read_loop, read_operation
from service.engine.reading.data import data_objects, read_io, variable_names
from service.engine.reading.events import read_events
from service.engine.reading.lanes import lane_of_nodes, read_lanes
from service.engine.reading.passed_over import attributes_passed_over, passed_over
from service.engine.reading.roots import Roots, read_roots
from service.engine.reading.vocabulary import (
    BPMN,
    DI,
    NODES,
    SUBPROCESSES,
    child,
    child_text,
    children,
    extensions,
    flag,
    kind,
    local,
    refuse_bad_names,
    tag,
)
from service.engine.xml import XMLRefused, parse_xml


def read(data: bytes, file: str) -> Diagram:
    """The diagram in the BPMN file `data`; `file` is the name that findings will say.

    Raises XMLRefused as `parse_xml` does, and for a file that is no BPMN 2.0, an element that runs without an id, and
    an id or a reference that is not a name.
    """
    try:
        root = parse_xml(data)
    except XMLRefused as refusal:
        refusal.file = file
        raise
    return read_tree(root, file)


def read_tree(root: etree._Element, file: str) -> Diagram:
    """As `read`, from a tree that `parse_xml` made."""
    try:
        return _diagram(root, file)
    except XMLRefused as refusal:
        refusal.file = file
        raise


def _diagram(root: etree._Element, file: str) -> Diagram:
    if root.tag != tag("definitions"):
        raise XMLRefused(
            "not-bpmn",
            f"The file begins with '{etree.QName(root).localname}', which is not a BPMN 2.0 diagram ({BPMN}).",
        )
    refuse_bad_names(root)
    roots = read_roots(root)
    collaboration = child(root, "collaboration")
    return Diagram(
        file=file,
        processes=tuple(_process(process, roots) for process in children(root, "process")),
        messages=roots.messages,
        collaboration=None if collaboration is None else collaboration.get("id"),
        drawn=frozenset(shape.get("bpmnElement", "") for shape in root.iter(tag("BPMNShape", DI), tag("BPMNEdge", DI))),
        passed_over=_beside_processes(root),
        message_flows=() if collaboration is None else tuple(_message_flows(collaboration)),
    )


def _message_flows(collaboration: etree._Element) -> Iterator[MessageFlow]:
    """The message flows that can be told apart; one without an id runs nothing, and is left to the drawing."""
    for flow in children(collaboration, "messageFlow"):
        if flow.get("id"):
            yield MessageFlow(flow.get("id"), local(flow.get("sourceRef")) or "", local(flow.get("targetRef")) or "")


def _process(process: etree._Element, roots: Roots) -> Process:
    identifier = _id(process)
    lanes = read_lanes(process)
    scopes = list(_scopes(process, identifier))
    flows = tuple(_flow(flow, scope) for node, scope in scopes for flow in children(node, "sequenceFlow"))
    reader = _Nodes(
        roots, variable_names(process), lane_of_nodes(lanes), _ends(flows, "target"), _ends(flows, "source")
    )
    inputs, outputs = read_io(process)
    return Process(
        id=identifier,
        name=process.get("name") or None,
        executable=flag(process, "isExecutable"),
        elements=tuple(reader.elements(process, identifier, None)),
        flows=flows,
        lanes=lanes,
        inputs=inputs,
        outputs=outputs,
        data_objects=data_objects(process),
        passed_over=passed_over(process),
    )


def _beside_processes(root: etree._Element) -> tuple[tuple[str, str], ...]:
    outside = (element for element in root.iterchildren(tag("*")) if kind(element) != "process")
    return (*attributes_passed_over(root), *(found for element in outside for found in passed_over(element)))


def _scopes(scope: etree._Element, identifier: str) -> Iterator[tuple[etree._Element, str]]:
    """A process and the embedded sub-processes in it, each with its id, in the order of the file."""
    yield scope, identifier
    for inner in children(scope, *SUBPROCESSES):
        yield from _scopes(inner, _id(inner))


def _flow(flow: etree._Element, scope: str) -> Flow:
    return Flow(
        id=_id(flow),
        source=flow.get("sourceRef", "").strip(),
        target=flow.get("targetRef", "").strip(),
        scope=scope,
        name=flow.get("name") or None,
        condition=child_text(flow, "conditionExpression"),
    )


def _ends(flows: tuple[Flow, ...], end: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for flow in flows:
        node = flow.source if end == "source" else flow.target
        found[node] = (*found.get(node, ()), flow.id)
    return found


def _id(element: etree._Element) -> str:
    identifier: str = element.get("id", "").strip()
    if not identifier:
        raise XMLRefused(
            "no-id",
            f"The {kind(element)} in line {element.sourceline} has no id. Give it one that nothing else has.",
            line=element.sourceline,
        )
    return identifier


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Reads the flow nodes of one process; holds what they are read against."""

    roots: Roots
    variables: Mapping[str, str]
    lanes: Mapping[str, str]
    incoming: Mapping[str, tuple[str, ...]]
    outgoing: Mapping[str, tuple[str, ...]]

    def elements(self, scope: etree._Element, scope_id: str, outer_lane: str | None) -> Iterator[Element]:
        """The nodes of a scope, each followed by the nodes inside it. They stand in the lane of what they lie in."""
        for node in children(scope, *NODES):
            element = self._element(node, scope_id, outer_lane)
            yield element
            if element.kind in SUBPROCESSES:
                yield from self.elements(node, element.id, element.lane)

    def _element(self, node: etree._Element, scope: str, outer_lane: str | None) -> Element:
        identifier = _id(node)
        name = kind(node) or ""
        said = extensions(node)
        return Element(
            id=identifier,
            kind=name,
            scope=scope,
            name=node.get("name") or None,
            lane=self.lanes.get(identifier, outer_lane),
            properties=said.properties,
            incoming=self.incoming.get(identifier, ()),
            outgoing=self.outgoing.get(identifier, ()),
            default=local(node.get("default")),
            events=read_events(node, self.roots),
            attached_to=local(node.get("attachedToRef")),
            interrupting=flag(node, "cancelActivity" if name == "boundaryEvent" else "isInterrupting", default=True),
            triggered_by_event=flag(node, "triggeredByEvent"),
            called=local(node.get("calledElement")),
            decision=said.texts.get("calledDecisionId", "").strip() or None,
            loop=read_loop(node, self.variables),
            operation=read_operation(said.operator),
            script=child_text(node, "script"),
            pre_script=said.texts.get("preScript"),
            post_script=said.texts.get("postScript"),
            instructions=said.texts.get("instructionsForEndUser"),
            documentation=child_text(node, "documentation"),
            variable=said.texts.get("variableName", "").strip() or None,
        )
