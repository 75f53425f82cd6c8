"""The pen: a process under construction, and the file it makes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Self
from xml.etree import ElementTree as ET

from tests.diagrams.parts import Event, Loop
from tests.diagrams.writing import (
    BPMN,
    DC,
    DDI,
    DI,
    SPIFF,
    XSI,
    child,
    fresh,
    lane_set,
    qname,
    reference,
    write_event,
    write_extensions,
    write_loop,
    write_roots,
)


class Drawing:
    """One process under construction. See the module's text; `process` makes one."""

    def __init__(self, key: str, *, name: str | None, executable: bool, pool: str | None) -> None:
        self.key = key
        self.pool = pool
        self.events: list[Event] = []
        self._root = child(None, "process", id=key, name=name, isExecutable=str(executable).lower())
        self._scopes = [self._root]
        self._resume: list[str | None] = []
        self._lanes: dict[tuple[str, ...], list[str]] = {}
        self._nodes: dict[str, ET.Element] = {}
        self._flows: dict[str, tuple[str, str]] = {}
        self._y: dict[str, int] = {}
        self._cursor: str | None = None
        self._condition: str | None = None
        self._default = False

    # Where the pen is

    def at(self, node: str) -> Self:
        """Continue from that node."""
        self._cursor = node
        return self

    def when(self, expression: str) -> Self:
        """The next flow has this condition."""
        self._condition = expression
        return self

    def otherwise(self) -> Self:
        """The next flow is the default flow of the node that it leaves."""
        self._default = True
        return self

    def to(self, target: str, *, when: str | None = None, flow: str | None = None, name: str | None = None) -> Self:
        """A flow from the cursor to `target`. The cursor stays."""
        source = self._cursor or ""
        identifier = flow or fresh(f"Flow_{source}_{target}", self._flows)
        element = child(self._scopes[-1], "sequenceFlow", id=identifier, name=name, sourceRef=source, targetRef=target)
        expression = when if when is not None else self._condition
        if expression is not None:
            child(element, "conditionExpression", text=expression).set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        if self._default:
            self._nodes[source].set("default", identifier)
        self._flows[identifier] = (source, target)
        self._condition, self._default = None, False
        return self

    # Nodes

    def node(
        self,
        kind: str,
        key: str,
        *events: Event,
        name: str | None = None,
        lane: str | tuple[str, ...] | None = None,
        when: str | None = None,
        flow: str | None = None,
        loop: Loop | None = None,
        form: str | None = None,
        properties: Mapping[str, str] | None = None,
        instructions: str | None = None,
        pre: str | None = None,
        post: str | None = None,
        operator: tuple[str, Mapping[str, str], str | None] | None = None,
        texts: Mapping[str, str | None] | None = None,
        documentation: str | None = None,
        script: str | None = None,
        y: int | None = None,
        joined: bool = True,
        **attributes: str,
    ) -> Self:
        """Any flow node. `kind` is its BPMN name.

        `texts` are further text extensions (`variableName` …); other keyword arguments become attributes.
        """
        element = child(self._scopes[-1], kind, id=key, name=name, **attributes)
        if documentation is not None:
            child(element, "documentation", text=documentation)
        entries = dict(properties or {}) | ({"formJsonSchemaFilename": f"{form}.schema.json"} if form else {})
        scripts = {"preScript": pre, "postScript": post, "instructionsForEndUser": instructions}
        write_extensions(element, entries, scripts | dict(texts or {}), operator)
        if loop is not None:
            write_loop(element, loop, key)
        if script is not None:
            child(element, "script", text=script)
        for number, event in enumerate(events):
            write_event(element, event, f"{key}_{event.kind}_{number}")
        self.events.extend(events)
        self._nodes[key] = element
        if lane:
            path = (lane,) if isinstance(lane, str) else lane
            self._lanes.setdefault(path, []).append(key)
        if y is not None:
            self._y[key] = y
        if joined and self._cursor is not None:
            self.to(key, when=when, flow=flow)
        self._cursor = key
        return self

    def start(self, key: str = "begin", *events: Event, **more: Any) -> Self:
        """A start event. It is joined to nothing before it."""
        return self.node("startEvent", fresh(key, self._nodes), *events, joined=False, **more)

    def end(self, key: str = "done", *events: Event, **more: Any) -> Self:
        """An end event, plain or throwing."""
        return self.node("endEvent", fresh(key, self._nodes), *events, **more)

    def task(self, key: str, **more: Any) -> Self:
        """A task of no kind."""
        return self.node("task", key, **more)

    def user(self, key: str, **more: Any) -> Self:
        """A user task; `form="vote"` names the form `vote.schema.json`."""
        return self.node("userTask", key, **more)

    def manual(self, key: str, **more: Any) -> Self:
        """A manual task."""
        return self.node("manualTask", key, **more)

    def script(self, key: str, script: str, **more: Any) -> Self:
        """A script task: lines of `name = expression`."""
        return self.node("scriptTask", key, script=script, **more)

    def service(
        self,
        key: str,
        operation: str,
        parameters: Mapping[str, str] | None = None,
        *,
        result: str | None = None,
        **more: Any,
    ) -> Self:
        """A service task that calls an operation; parameters are name → expression."""
        return self.node("serviceTask", key, operator=(operation, parameters or {}, result), **more)

    def rule(self, key: str, decision: str, **more: Any) -> Self:
        """A business rule task."""
        return self.node("businessRuleTask", key, texts={"calledDecisionId": decision}, **more)

    def send(self, key: str, event: Event, **more: Any) -> Self:
        """A send task."""
        self.events.append(event)
        return self.node("sendTask", key, messageRef=reference(event), texts={"messagePayload": event.payload}, **more)

    def receive(self, key: str, event: Event, **more: Any) -> Self:
        """A receive task."""
        self.events.append(event)
        return self.node(
            "receiveTask", key, messageRef=reference(event), texts={"messageVariable": event.variable}, **more
        )

    def call(self, key: str, called: str, **more: Any) -> Self:
        """A call activity that starts the process `called`."""
        return self.node("callActivity", key, calledElement=called, **more)

    def exclusive(self, key: str, **more: Any) -> Self:
        """An exclusive gateway."""
        return self.node("exclusiveGateway", key, **more)

    def parallel(self, key: str, **more: Any) -> Self:
        """A parallel gateway."""
        return self.node("parallelGateway", key, **more)

    def inclusive(self, key: str, **more: Any) -> Self:
        """An inclusive gateway."""
        return self.node("inclusiveGateway", key, **more)

    def first_of(self, key: str, **more: Any) -> Self:
        """An event-based gateway."""
        return self.node("eventBasedGateway", key, **more)

    def catch(self, key: str, *events: Event, **more: Any) -> Self:
        """An intermediate catching event."""
        return self.node("intermediateCatchEvent", key, *events, **more)

    def throw(self, key: str, *events: Event, **more: Any) -> Self:
        """An intermediate throwing event."""
        return self.node("intermediateThrowEvent", key, *events, **more)

    def boundary(self, key: str, host: str, *events: Event, interrupting: bool = True, **more: Any) -> Self:
        """An event on the edge of the activity `host`. The cursor goes there."""
        cancel = str(interrupting).lower()
        return self.node("boundaryEvent", key, *events, joined=False, attachedToRef=host, cancelActivity=cancel, **more)

    # Scopes

    def sub(self, key: str, *, kind: str = "subProcess", **more: Any) -> Self:
        """An embedded sub-process; what follows stands in it until `close`."""
        self.node(kind, key, **more)
        self._scopes.append(self._nodes[key])
        self._resume.append(key)
        self._cursor = None
        return self

    def event_sub(self, key: str, **more: Any) -> Self:
        """An event sub-process. After `close` the cursor is where it was before."""
        before = self._cursor
        self.sub(key, joined=False, triggeredByEvent="true", **more)
        self._resume[-1] = before
        return self

    def close(self) -> Self:
        """Back to the scope outside, with the cursor on the sub-process."""
        self._scopes.pop()
        self._cursor = self._resume.pop()
        return self

    def io(self, *, inputs: Iterable[str] = (), outputs: Iterable[str] = ()) -> Self:
        """The process declares what goes in and what comes out, by names of variables."""
        specification = ET.Element(qname("ioSpecification"))
        for kind, names in (("Input", tuple(inputs)), ("Output", tuple(outputs))):
            for name in names:
                child(specification, f"data{kind}", id=f"{self.key}_{kind}_{name}", name=name)
        for kind, names in (("Input", tuple(inputs)), ("Output", tuple(outputs))):
            names_set = child(specification, f"{kind.lower()}Set")
            for name in names:
                child(names_set, f"data{kind}Refs", text=f"{self.key}_{kind}_{name}")
        self._root.insert(0, specification)
        return self

    def data(self, key: str, name: str) -> Self:
        """A data object; its name is the variable."""
        child(self._scopes[-1], "dataObject", id=key, name=name)
        child(self._scopes[-1], "dataObjectReference", id=f"{key}_ref", name=name, dataObjectRef=key)
        return self

    def raw(self, xml: str) -> Self:
        """Any XML into the scope; the prefixes bpmn and spiffworkflow are bound."""
        wrapped = f'<x xmlns:bpmn="{BPMN}" xmlns:spiffworkflow="{SPIFF}" xmlns:xsi="{XSI}">{xml}</x>'
        self._scopes[-1].extend(ET.fromstring(wrapped))
        return self

    # The file

    def bpmn(self, *, drawn: bool = True) -> bytes:
        """The file that holds this process alone; `drawn=False` leaves the drawing (DI) out."""
        return diagram(self, drawn=drawn)

    def tree(self) -> ET.Element:
        """The process element, complete with its lanes."""
        root = ET.fromstring(ET.tostring(self._root))
        if self._lanes:
            at = 1 if root.find(qname("ioSpecification")) is not None else 0
            root.insert(at, lane_set(self.key, self._lanes))
        return root

    def draw(self, plane: ET.Element, top: int) -> None:
        """Shapes in a row, `y` as given, and straight edges."""
        for number, key in enumerate(self._nodes):
            shape = child(plane, "BPMNShape", DI, id=f"{key}_di", bpmnElement=key)
            y = self._y.get(key, top)
            child(shape, "Bounds", DC, x=str(60 + 150 * number), y=str(y), width="100", height="80")
        for key in self._flows:
            edge = child(plane, "BPMNEdge", DI, id=f"{key}_di", bpmnElement=key)
            child(edge, "waypoint", DDI, x="0", y="0")
            child(edge, "waypoint", DDI, x="10", y="0")


def process(key: str, *, name: str | None = None, executable: bool = True, pool: str | None = None) -> Drawing:
    """A new process to draw in."""
    return Drawing(key, name=name, executable=executable, pool=pool)


def diagram(*drawings: Drawing, drawn: bool = True) -> bytes:
    """The file that holds these processes, with the messages, signals, errors and escalations they refer to."""
    definitions = ET.Element(
        qname("definitions"), {"id": "definitions", "targetNamespace": "http://bpmn.io/schema/bpmn"}
    )
    events: dict[str, Event] = {}
    for event in (event for drawing in drawings for event in drawing.events if event.key):
        if event.correlate or reference(event) not in events:
            events[reference(event)] = event
    write_roots(definitions, events)
    pools = {drawing.key: drawing.pool for drawing in drawings if drawing.pool}
    correlated = sorted({name for event in events.values() for name in event.correlate})
    if pools or correlated:
        collaboration = child(definitions, "collaboration", id="Collaboration")
        for key, pool in pools.items():
            child(collaboration, "participant", id=f"Pool_{key}", name=pool, processRef=key)
        if correlated:
            correlation_key = child(collaboration, "correlationKey", id="CorrelationKey", name="main")
            for name in correlated:
                child(correlation_key, "correlationPropertyRef", text=name)
    definitions.extend(drawing.tree() for drawing in drawings)
    if drawn:
        plane = child(child(definitions, "BPMNDiagram", DI, id="drawing"), "BPMNPlane", DI, id="plane")
        plane.set("bpmnElement", "Collaboration" if pools or correlated else drawings[0].key)
        for number, drawing in enumerate(drawings):
            drawing.draw(plane, 100 + 300 * number)
    text: bytes = ET.tostring(definitions, encoding="utf-8", xml_declaration=True)
    return text


def files(*drawings: Drawing, forms: Mapping[str, Any] | None = None) -> dict[str, bytes]:
    """A bundle's files: one diagram per process, and each form as `<name>.schema.json`."""
    found = {f"{drawing.key}.bpmn": drawing.bpmn() for drawing in drawings}
    for name, schema in (forms or {}).items():
        found[f"{name}.schema.json"] = json.dumps(schema).encode()
    return found
