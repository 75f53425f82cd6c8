"""Our own reading of a diagram: what the author drew, as plain frozen values.

SpiffWorkflow reads the same file to run it; this reading knows what it forgets (lanes of called processes,
properties, forms, the order of flows) and is what checks, forms, timers and pages look at. Element ids are the
author's. Every text that is an expression stays the author's text; `engine.feel` gives it a meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """One event definition of an event: what it waits for, or what it throws.

    `kind` is the BPMN name without "EventDefinition" (`timer`, `message`, `signal`, `error`, `escalation`,
    `conditional`, `terminate`, `cancel`, `compensate`, `link`). `ref` is the id of the message, signal, error or
    escalation; `name` and `code` are that element's. `form` is a timer's `timeDate`, `timeDuration` or `timeCycle`.
    `text` is the timer's or the condition's expression, or the payload thrown; `variable` takes the payload caught.
    `correlations` are this event's own (`processVariableCorrelation`), property → expression.
    """

    kind: str
    ref: str | None = None
    name: str | None = None
    code: str | None = None
    form: Literal["timeDate", "timeDuration", "timeCycle"] | None = None
    text: str | None = None
    variable: str | None = None
    correlations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loop:
    """How an activity repeats. `collection`, `item` and `result` are names of variables (a data item's name).

    `result` is the list that the rounds' results are gathered in, `output` the variable that each round leaves there.
    `whole`: a person's answers as a whole are what a round leaves, for its form has no field named `output`; None where
    no form is known. `scripts_each` says that the pre- and post-script run in every round, not once around them all.
    """

    kind: Literal["parallel", "sequential", "standard"]
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None
    result: str | None = None
    condition: str | None = None
    maximum: int | None = None
    test_before: bool = False
    output: str | None = None
    scripts_each: bool = False
    whole: bool | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A service task's operation: its name, its parameters (name → FEEL) and where the result goes."""

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow element that is not a flow: an activity, event or gateway, in the order of the file.

    `kind` is the BPMN local name (`userTask`, `exclusiveGateway`, `boundaryEvent`, `subProcess` …), `scope` the id of
    the process or embedded sub-process it stands in, `lane` the *name* of its innermost lane. `variable` takes a
    user task's whole answers (`spiffworkflow:variableName`).
    """

    id: str
    kind: str
    scope: str
    name: str | None = None
    lane: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    events: tuple[EventDefinition, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    called: str | None = None
    decision: str | None = None
    loop: Loop | None = None
    operation: Operation | None = None
    script: str | None = None
    pre_script: str | None = None
    post_script: str | None = None
    instructions: str | None = None
    documentation: str | None = None
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """One sequence flow; the order of `Process.flows` is the order in the file, which is the order they are tried."""

    id: str
    source: str
    target: str
    scope: str
    name: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name is matched to a role of the workspace. `parent` is the id of the lane it lies in."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One process of a diagram. `inputs` and `outputs` are None where it has no `ioSpecification`.

    `passed_over` is what stands in it and this reading does not take in, as `reading.passed_over` lists it: (id of the
    element of the drawing that it belongs to, what it is).
    """

    id: str
    name: str | None
    executable: bool
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...] = ()
    inputs: tuple[str, ...] | None = None
    outputs: tuple[str, ...] | None = None
    data_objects: Mapping[str, str] = field(default_factory=dict)
    passed_over: tuple[tuple[str, str], ...] = ()

    def element(self, element_id: str) -> Element | None:
        """The element with that id, or None."""
        return next((element for element in self.elements if element.id == element_id), None)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a diagram, with its correlation keys: property name → expression."""

    id: str
    name: str
    correlations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MessageFlow:
    """One message flow; `source` and `target` are ids of elements, or of pools that are drawn from outside only."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """One BPMN file as we read it.

    `drawn` are the ids that have a shape or an edge in the drawing; `passed_over` is as in `Process`, for what stands
    beside the processes.
    """

    file: str
    processes: tuple[Process, ...]
    messages: tuple[Message, ...] = ()
    collaboration: str | None = None
    drawn: frozenset[str] = frozenset()
    passed_over: tuple[tuple[str, str], ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
