"""Messages between cases: which events wait, what is sent on, and how a message comes to the event that waits for it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from service.domain.errors import AnswersRefused
from service.domain.journal import By
from service.domain.message_facts import MessageReceived, MessageRefused
from service.domain.messages import check_plain
from service.engine.shapes import Advance, Deliver, EventAwaited, Move
from service.runtime import forms
from service.runtime.command import Work
from service.store import incidents
from service.store import messages as store
from service.store.tables import AwaitedEvent, Case, Instance, Message

Came = TypeVar("Came")
Came_co = TypeVar("Came_co", covariant=True)


class Step(Protocol[Came_co]):
    """`runtime.advance.advance`, handed in: it brings messages itself."""

    def __call__(self, work: Work, case: Case, instances: Sequence[Instance], move: Move, *, by: By) -> Came_co:
        """Make a move."""


def await_events(work: Work, case: Case, rows: Mapping[str, Instance], result: Advance) -> None:
    """Rows for the events that began to wait in a step, and none for those that no longer do."""
    store.leave(work.session, work.workspace_id, [event.id for event in result.left])
    work.session.add_all(
        AwaitedEvent(
            workspace_id=work.workspace_id,
            id=event.id,
            case_id=case.id,
            instance_id=event.instance_id,
            activity_id=event.activity_id,
            name=event.name,
            address=store.address(event.kind, event.name, event.keys),
            role=event.role,
            form=event.form,
            bundle_digest=rows[event.instance_id].bundle_digest,
            began_at=work.now,
        )
        for event in result.awaited
    )


def send_on(work: Work, case: Case, result: Advance, by: By) -> None:
    """What a step threw for nobody in its case, and with correlation values, looks for its event in other cases."""
    for thrown in result.messages:
        if thrown.keys:
            row = store.written(
                (work.workspace_id, work.new_id()),
                (thrown.message, thrown.keys, thrown.payload),
                by,
                sent_at=work.now,
                expires_at=store.expiry(work.session, work.workspace_id, work.now),
                from_case_id=case.id,
            )
            work.session.add(row)


def kept_for(work: Work, event: EventAwaited) -> Message | None:
    """The message that was kept for an event which began to wait in this step. A signal is never kept."""
    if event.kind == "signal":
        return None
    at = store.address(event.kind, event.name, event.keys)
    work.session.flush()
    store.meet(work.session, [at])
    found = store.kept(work.session, work.workspace_id, at, work.now)
    return found if found is not None and store.still(work.session, work.workspace_id, event.id) else None


def bring(
    work: Work,
    case: Case,
    instances: Sequence[Instance],
    row: Message,
    event: AwaitedEvent | EventAwaited,
    step: Step[Came],
) -> Came | None:
    """Bring a message that was kept to an event that has begun to wait; None where the event cannot take it."""
    try:
        return deliver(work, case, instances, row, event, step)
    except AnswersRefused:
        end(work, row, "refused")
        work.record(case, [MessageRefused(message=row.id, name=row.name)], By(**row.sent_by))
        return None


def deliver(
    work: Work,
    case: Case,
    instances: Sequence[Instance],
    row: Message,
    event: AwaitedEvent | EventAwaited,
    step: Step[Came],
) -> Came:
    """Bring a message to a case in which an event waits for it. Raises `AnswersRefused`, and what a step raises.

    Where the step could not be made, its incident has the message: it has come all the same.
    """
    by, where = By(**row.sent_by), event.instance_id
    digest = next(it.bundle_digest for it in instances if it.id == where)
    payload = taken(work, case, row, event.form, digest)
    outcome = step(work, case, instances, Deliver(row.name, payload, row.keys or {}), by=by)
    came(work, case, row)
    return outcome


def came(work: Work, case: Case, row: Message) -> None:
    """A message has come to a case."""
    end(work, row, "delivered")
    row.case_id = case.id
    received = MessageReceived(message=row.id, name=row.name, sender=row.from_case_id)
    work.record(case, [received], By(**row.sent_by))


def taken(work: Work, case: Case, row: Message, form: str | None, digest: str) -> Any:
    """What a message holds, as variables hold it: judged and sealed by the form of what takes it, if that has one."""
    if row.from_case_id is not None:
        return row.payload
    if form is None:
        check_plain(row.payload)
        return row.payload
    return forms.take_message(
        work, row.payload or {}, digest=digest, name=form, case_id=case.id, person_id=row.person_id
    )


def end(work: Work, row: Message, state: Any) -> None:
    """A message is over."""
    row.state, row.over_at = state, work.now
    work.session.flush()
    store.forget(work.session, row)


def held_up(work: Work, case: Case, name: str) -> bool:
    """Whether a case takes no message of that name now: it is suspended, or one before it waits for help."""
    if case.suspended_at is not None:
        return True
    pending = incidents.pending(work.session, work.workspace_id, case.id) if case.incidents else ()
    return any(row.target == name and row.move["kind"] == "deliver" for row in pending)
