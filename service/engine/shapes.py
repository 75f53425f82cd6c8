"""What goes into one step of a case and what comes out of it.

A *move* is the one thing that happened (somebody completed a task, a timer came due …); `advance` applies it to the
instances of one case and answers with an `Advance`: everything that the caller must store, journal or send, in the
one transaction of the step. Nothing here knows a database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from service.domain.calendars import Calendar
from service.engine.migrating.shapes import Carried, Migrate

Variables = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """One process of one deployed bundle, ready to run.

    `compiled` is canonical JSON (our own reading; the specification is built from it): what the store keeps and what a
    replay starts from, so that neither depends on how today's parser reads the file.
    """

    bundle_digest: str
    process_key: str
    compiled: bytes


@dataclass(frozen=True, slots=True)
class InstanceState:
    """One active instance as it rests between steps. `snapshot` is zstd over ordered lean JSON.

    `state_digest` is SHA-256 over the snapshot's canonical JSON; a live object is used only when it has the same.
    `version` counts the steps that touched the instance. `parent_id` and `parent_task_id` name the waiting call
    activity of a child instance.
    """

    id: str
    bundle_digest: str
    process_key: str
    version: int
    state_digest: str
    snapshot: bytes
    parent_id: str | None = None
    parent_task_id: str | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """The active instances of one case, in the order in which they were started."""

    case_id: str
    instances: tuple[InstanceState, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Start a root instance of a definition. Its id is the caller's."""

    instance_id: str
    definition: Definition
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Complete:
    """A person completed a task with these answers (already validated and sealed)."""

    instance_id: str
    task_id: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A timer of `Advance.timers_set` came due."""

    instance_id: str
    timer_id: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message arrives at the case (from outside, or from another case). `keys` are its correlation values."""

    message: str
    payload: Any = None
    keys: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal arrives at the case from outside: all in it who wait for it hear it."""

    signal: str
    payload: Any = None


@dataclass(frozen=True, slots=True)
class Cancel:
    """End a root instance and all it started, from outside. A called instance ends with its caller only."""

    instance_id: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Another move, made with other values where it failed: whenever a token comes to the activity, or stands there,
    it has these values before anything is asked. Without an activity, all that the instance knows has them, and what
    the move brings gives way to them."""

    move: "Move"
    instance_id: str
    activity_id: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Skip:
    """Another move, in which an activity does nothing: whenever a token comes there, it goes on as if it were done. A
    gateway that chooses takes `flow`; an event that stands beside others is not waited for."""

    move: "Move"
    instance_id: str
    activity_id: str
    flow: str | None = None


Bare = Start | Complete | Due | Deliver | Signal | Cancel | Migrate
Move = Bare | Correct | Skip


def bare(move: Move) -> Bare:
    """What was meant to happen, without the help that it is given."""
    while isinstance(move, Correct | Skip):
        move = move.move
    return move


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task now waits for a person. Everything computed from the diagram is here, nothing is looked up later.

    `role` is `candidateRole` or the lane's name, as the diagram has it; the runtime matches it to a role of the
    workspace. `candidate` is the item of `candidateFrom`, the task's own or that of the call around it:
    one role key, person id or organisation id. `about` is the name of its item, where the item has one.
    """

    id: str
    instance_id: str
    activity_id: str
    name: str
    kind: Literal["userTask", "manualTask"]
    role: str | None
    candidate: str | None = None
    form: str | None = None
    ui_form: str | None = None
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    priority: int = 50
    excludes: tuple[str, ...] = ()
    item_index: int | None = None
    about: str | None = None
    instructions: str | None = None


@dataclass(frozen=True, slots=True)
class ClosedTask:
    """A task no longer waits: its own completion, or it was cancelled by the diagram (`reason`)."""

    id: str
    instance_id: str
    reason: Literal["completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class TimerSet:
    """A timer that now waits; `due_at` is aware UTC. Its id is derived, so a replay finds it again."""

    id: str
    instance_id: str
    activity_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerCleared:
    """A timer that no longer waits."""

    id: str
    instance_id: str


@dataclass(frozen=True, slots=True)
class EventAwaited:
    """An event that now waits for a message or a signal: where it stands, and what the diagram says of it.

    `keys` are the correlation values that it waits with: those that it names itself, else those of the message's
    correlation that its instance knows from earlier messages. `role` is `candidateRole` or the lane's name, as drawn.
    """

    id: str
    instance_id: str
    activity_id: str
    kind: Literal["message", "signal"]
    name: str
    keys: Mapping[str, Any]
    role: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class EventLeft:
    """An event that no longer waits: what it waited for came, or it was taken back."""

    id: str
    instance_id: str


@dataclass(frozen=True, slots=True)
class MessageOut:
    """A message thrown that no instance of this case was waiting for: it leaves the case."""

    instance_id: str
    activity_id: str
    message: str
    payload: Any
    keys: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A decision or a gateway's conditions were evaluated: what was asked, what fired, what came out."""

    instance_id: str
    activity_id: str
    kind: Literal["decision", "gateway"]
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OperationCalled:
    """A service task called an operation; the result is recorded and fed back on replay."""

    instance_id: str
    activity_id: str
    operation: str
    parameters: Mapping[str, Any]
    result: Any


@dataclass(frozen=True, slots=True)
class CallBound:
    """A call activity's token arrived: a child instance was started on the version then in force."""

    instance_id: str
    activity_id: str
    task_id: str
    child_id: str
    bundle_digest: str
    process_key: str


@dataclass(frozen=True, slots=True)
class ActivityPassed:
    """A token passed an element, in order of time; pages draw the trace from these.

    `flow` is the sequence flow by which the token came; None at a start, a boundary event and a repetition.
    """

    instance_id: str
    activity_id: str
    outcome: Literal["completed", "cancelled"]
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class InstanceEnded:
    """An instance is over. `outcome` tells how; `code` is an error's."""

    instance_id: str
    outcome: Literal["completed", "error", "cancelled", "terminated"]
    variables: Variables
    end_event: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Escalated:
    """An escalation that nothing caught: not a fault, but an entry in the journal."""

    instance_id: str
    activity_id: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """A name that a text reads, and what it stood for. `there`: it had a value; `large`: one too large to be shown."""

    name: str
    there: bool
    value: Any = None
    large: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """The step could not be made; the case is as it was before the move, which waits for a retry.

    `place` is where the text stands (`condition`, `timer`, `script` …), `expression` the sub-expression at fault, `text`
    the whole of it, `known` are the names that it reads. `bundle_digest` and `process_key` say what the instance runs, which may
    have begun in this very step.
    """

    instance_id: str
    activity_id: str | None
    kind: str
    message: str
    place: str | None = None
    expression: str | None = None
    known: tuple[Known, ...] = ()
    bundle_digest: str | None = None
    process_key: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """Everything that one move changed.

    With an `incident` nothing changed: all other fields are empty and the state hash is that of before.
    `states` are the touched instances that are still active; `ended` the ones that are over. `carried` is what waits on
    after a migration.
    `state_hash` is SHA-256 over the case's active instances after the step.
    """

    states: tuple[InstanceState, ...] = ()
    ended: tuple[InstanceEnded, ...] = ()
    opened: tuple[OpenedTask, ...] = ()
    closed: tuple[ClosedTask, ...] = ()
    timers_set: tuple[TimerSet, ...] = ()
    timers_cleared: tuple[TimerCleared, ...] = ()
    awaited: tuple[EventAwaited, ...] = ()
    left: tuple[EventLeft, ...] = ()
    messages: tuple[MessageOut, ...] = ()
    evaluations: tuple[Evaluated, ...] = ()
    calls: tuple[OperationCalled, ...] = ()
    bound: tuple[CallBound, ...] = ()
    passed: tuple[ActivityPassed, ...] = ()
    escalated: tuple[Escalated, ...] = ()
    carried: Carried = field(default_factory=Carried)
    state_hash: str = ""
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class OperationRequest:
    """What an operation gets to know: its name, typed parameters, and where it was called from."""

    case_id: str
    instance_id: str
    activity_id: str
    name: str
    parameters: Mapping[str, Any]
    now: datetime


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A DMN file that answers a decision, and the others beside it in its bundle, by name: it may import them."""

    data: bytes
    beside: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Ports:
    """What the engine asks of the outside during a step, handed in as arguments.

    `definition(bundle_digest, process_key)` gives a deployed definition; `bind(process_key, caller)` the version
    that a call activity of `caller` takes now (the caller's own bundle for `binding=deployment` is the engine's
    business, the version in force is the runtime's); `operate` runs an operation and returns a JSON value;
    `decide(decision_key, caller)` gives the DMN file that a business rule task of `caller` uses: it raises LookupError
    where there is none, and `decisions.DecisionFault` where there is one that may not be asked. `patience` is how many
    seconds of the machine's time the step may take; none where a step is replayed, which depends on no machine.
    """

    now: datetime
    calendar: Calendar
    definition: Callable[[str, str], Definition]
    bind: Callable[[str, Definition], Definition]
    operate: Callable[[OperationRequest], Any]
    decide: Callable[[str, Definition], DecisionFile]
    patience: float | None = None
