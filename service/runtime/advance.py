"""The one step: a move is applied to a case, and everything that follows is written, in the command's transaction.

Tasks, timers, messages, retries and migration all come through here. The engine says what changed; `effects` turns
that into rows and facts; the case's version is compared and set when the rows are flushed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.domain.errors import CaseSuspended
from service.domain.journal import By
from service.engine import advance as engine_advance
from service.engine.migrating import Migrate
from service.engine.shapes import Cancel, CaseState, InstanceState, Move, Start, bare
from service.runtime import definitions, effects, incidents, messages, replies, statuses, votes
from service.runtime.command import Work
from service.runtime.ports import engine_ports
from service.store.cases import ACTIVE
from service.store.tables import Case, Incident, Instance, Task


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to: the tasks it opened, the instances it ran in, and the incident if it could not be made."""

    opened: tuple[Task, ...] = ()
    instances: Mapping[str, Instance] = field(default_factory=dict)
    incident: Incident | None = None

    @property
    def active(self) -> list[Instance]:
        """The instances that still run, in the order in which they were started."""
        return [row for row in self.instances.values() if row.status == ACTIVE]

    def behind(self, then: "Outcome | None") -> "Outcome":
        """This step with another behind it, in one transaction. That the second could not be made is no fault of the
        first: its incident waits for itself."""
        if then is None:
            return self
        opened = tuple(row for row in (*self.opened, *then.opened) if row.state == "open")
        return Outcome(opened, {**self.instances, **then.instances}, self.incident)


def advance(
    work: Work, case: Case, instances: Sequence[Instance], move: Move, *, by: By, again: Incident | None = None
) -> Outcome:
    """Apply `move` to `case`, whose active instances are `instances`, as done by `by`. `again` is the incident whose move
    is made once more: what it brings counts as given when it was.

    A fault of the diagram becomes an incident and leaves the case as it was. Raises `TaskNotWaiting` when the move is
    about something that no longer waits, `CaseSuspended` where nothing may move, `DefinitionAltered` where it would run on
    files that were changed, `MigrationRefused` where an instance does not fit into another version, and `CaseMovedOn` (from the transaction) when somebody else was faster.
    """
    meant = bare(move)
    if case.suspended_at is not None and not isinstance(meant, Cancel | Migrate):
        raise CaseSuspended(at=case.suspended_at)
    if isinstance(meant, Start | Migrate):
        definitions.to_run(
            work.session, work.workspace_id, meant.definition.bundle_digest, meant.definition.process_key
        )
    state = CaseState(case.id, tuple(state_of(instance) for instance in instances))
    given_at = None if again is None else incidents.given_at(again)
    ports, operating = engine_ports(work, by, given_at)
    votes.cast(work, instances, meant, operating)
    replies.take(work, instances, meant, operating)
    result = engine_advance(state, move, ports)
    if result.incident is not None:
        operating.take_back()
        case.state_hash = result.state_hash
        return Outcome(incident=incidents.open_incident(work, case, meant, result.incident, by, again))
    statuses.change(work, case, instances, meant, result, operating)
    operating.keep()
    opened, touched = effects.apply(work, case, instances, meant, result, operating)
    incidents.resolve_overtaken(work, case, meant, result)
    work.moves.append(type(meant).__name__.lower())
    outcome = Outcome(opened, touched)
    for event in result.awaited:
        kept = messages.kept_for(work, event)
        if kept is not None:
            outcome = outcome.behind(messages.bring(work, case, outcome.active, kept, event, advance))
    return outcome


def state_of(instance: Instance) -> InstanceState:
    """An active instance as the engine takes it."""
    assert instance.snapshot is not None and instance.state_digest is not None, "an active instance has a snapshot"
    return InstanceState(
        id=instance.id,
        bundle_digest=instance.bundle_digest,
        process_key=instance.process_key,
        version=instance.version,
        state_digest=instance.state_digest,
        snapshot=instance.snapshot,
        parent_id=instance.parent_id,
        parent_task_id=instance.parent_task_id,
    )
