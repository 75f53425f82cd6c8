"""The facts that a journal entry can tell. A shape is never edited: a change is a new version beside the old.

Ids are ours (UUID), keys the author's; times are RFC 3339 strings; values are sealed where they could be personal.
A *step* fact is what moved a case. It holds `state`, the hash of the case after it, and `passed`, what tokens passed:
by instance id, in order of time, each as `flow element` (`element` where no flow led there), a cancelled one with a
leading `-`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

Passed = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. `KIND` is a past fact, `V` the version of its shape."""

    KIND: ClassVar[str]
    V: ClassVar[int] = 1

    def data(self) -> dict[str, Any]:
        """The fact as JSON values; what is absent or empty is left out."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, (), {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Fact):
    """A fact that moved a case. `engine` is the version of the engine that made it, where it is not the first."""

    state: str
    passed: Passed = field(default_factory=dict)
    engine: int | None = None


# --- instances -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceStarted(Step):
    """A root instance was started, with these variables."""

    KIND: ClassVar[str] = "instance.started"
    instance: str
    bundle: str
    process: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBound(Fact):
    """A call activity's token arrived; a child instance was started on the version then in force."""

    KIND: ClassVar[str] = "call.bound"
    instance: str
    activity: str
    task: str
    child: str
    bundle: str
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceEnded(Fact):
    """An instance is over: `outcome` tells how."""

    KIND: ClassVar[str] = "instance.ended"
    instance: str
    outcome: str
    end_event: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceCancelled(Step):
    """A root instance was ended from outside, and all that it had started."""

    KIND: ClassVar[str] = "instance.cancelled"
    instance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(Step):
    """A message reached the case."""

    KIND: ClassVar[str] = "message.delivered"
    message: str
    payload: Any = None
    keys: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Fact):
    """A message was thrown that nothing in this case was waiting for."""

    KIND: ClassVar[str] = "message.sent"
    instance: str
    activity: str
    message: str
    payload: Any = None
    keys: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationUncaught(Fact):
    """An escalation rose that nothing caught; the case went on."""

    KIND: ClassVar[str] = "escalation.uncaught"
    instance: str
    activity: str
    code: str | None = None


# --- tasks and timers --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Fact):
    """A task began to wait for a person. `role` is the workspace's; `drawn_role` the diagram's where none matched."""

    KIND: ClassVar[str] = "task.opened"
    task: str
    instance: str
    activity: str
    role: str | None = None
    drawn_role: str | None = None
    candidate: str | None = None
    due_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClaimed(Fact):
    """A person took a task."""

    KIND: ClassVar[str] = "task.claimed"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReleased(Fact):
    """A person handed a task back."""

    KIND: ClassVar[str] = "task.released"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned(Fact):
    """A task was given to a person."""

    KIND: ClassVar[str] = "task.assigned"
    task: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCompleted(Step):
    """A person completed a task with these answers, sealed. `answered_at` is when she gave them, where the case could not
    move on then: see `TaskAnswered`."""

    KIND: ClassVar[str] = "task.completed"
    task: str
    instance: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    answered_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswered(Fact):
    """A person answered a task, and the case could not move on: her answers, sealed, are kept with the incident until it
    does. `replaces` is the number of the entry with the answers that these take the place of."""

    KIND: ClassVar[str] = "task.answered"
    task: str
    instance: str
    incident: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCancelled(Fact):
    """The process took a task back."""

    KIND: ClassVar[str] = "task.cancelled"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSet(Fact):
    """A timer began to wait."""

    KIND: ClassVar[str] = "timer.set"
    timer: str
    instance: str
    activity: str
    due_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerCleared(Fact):
    """A timer no longer waits, without having fired."""

    KIND: ClassVar[str] = "timer.cleared"
    timer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired(Step):
    """A timer came due."""

    KIND: ClassVar[str] = "timer.fired"
    timer: str
    instance: str


# --- what was decided and done -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationMade(Fact):
    """A decision table or a gateway's conditions were evaluated."""

    KIND: ClassVar[str] = "evaluation.made"
    instance: str
    activity: str
    of: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationCalled(Fact):
    """A service task called an operation; a replay is fed the result."""

    KIND: ClassVar[str] = "operation.called"
    instance: str
    activity: str
    operation: str
    parameters: Mapping[str, Any]
    result: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened(Fact):
    """A step could not be made. The case is as before; the move waits until somebody helps."""

    KIND: ClassVar[str] = "incident.opened"
    incident: str
    instance: str
    fault: str
    move: str
    activity: str | None = None
    place: str | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentResolved(Fact):
    """The move of an incident was made after all, or was overtaken."""

    KIND: ClassVar[str] = "incident.resolved"
    incident: str


# --- the workspace and the installation ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentProposed(Fact):
    """A version of a bundle was written, and waits for a second person's approval."""

    KIND: ClassVar[str] = "deployment.proposed"
    deployment: str
    bundle: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentWithdrawn(Fact):
    """A version that waited for approval waits no longer, and never came into force."""

    KIND: ClassVar[str] = "deployment.withdrawn"
    deployment: str
    bundle: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleDeployed(Fact):
    """A bundle was put into force: its processes with it. `author` wrote it where another approved it."""

    KIND: ClassVar[str] = "bundle.deployed"
    deployment: str
    bundle: str
    key: str
    number: int
    processes: tuple[str, ...]
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCreated(Fact):
    """An account was opened."""

    KIND: ClassVar[str] = "account.created"
    account: str
    administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Fact):
    """An account got another password."""

    KIND: ClassVar[str] = "password.set"
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMoved(Fact):
    """The clock of a demonstration was moved forward to that time, or began there."""

    KIND: ClassVar[str] = "clock.moved"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Fact):
    """A person came into a workspace."""

    KIND: ClassVar[str] = "person.added"
    person: str
    account: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAdded(Fact):
    """A workspace got a role."""

    KIND: ClassVar[str] = "role.added"
    role: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Fact):
    """A person holds a role from then on, in the workspace or in one case."""

    KIND: ClassVar[str] = "role.granted"
    holding: str
    person: str
    role: str
    valid_from: str
    valid_to: str | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Fact):
    """A person holds a role no longer from `valid_to` on."""

    KIND: ClassVar[str] = "role.ended"
    holding: str
    person: str
    role: str
    valid_to: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCreated(Fact):
    """A token for programs was made out to an account."""

    KIND: ClassVar[str] = "token.created"
    token: str
    account: str
    expires_at: str
