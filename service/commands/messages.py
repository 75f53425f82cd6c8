"""Messages and signals from outside, and what cases send each other."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from service.domain.cases import may_read
from service.domain.errors import Contended, TaskNotWaiting
from service.domain.journal import By
from service.domain.message_errors import (
    MessageAmbiguous,
    MessageExpiryRefused,
    MessageIdReused,
    MessageKeysUnknown,
    MessageNotYours,
    MessageUnknown,
)
from service.domain.message_facts import MessageExpired, MessageKept
from service.domain.messages import check_keys, check_plain, listed
from service.engine.shapes import Signal, Start
from service.forms import admit
from service.runtime import definitions, forms, messages
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.definitions import Taker
from service.runtime.views import when
from service.runtime.workspaces import owner
from service.store import cases, journal, people
from service.store import messages as store
from service.store.tables import AwaitedEvent, Case, Message

LONGEST_KEPT = timedelta(days=366)
MOST, REMEMBERED = 100, timedelta(days=90)
"""Messages that expire in one go; and how long one that is over is remembered, so that it does not come twice."""


@command
def send(
    work: Work,
    name: str,
    keys: Mapping[str, Any],
    payload: Mapping[str, Any] | None,
    sent_id: str | None = None,
    expires_at: datetime | None = None,
) -> Answer:
    """Send a message: to the event that waits for it with these keys, else as the beginning of a case, else it is kept.

    Gives its id, what became of it (`delivered`, `waiting`), until when it is kept, and the case that took it where the
    actor may read that. `sent_id` is the sender's own name for it: the same again gets the same answer, at the same moment
    too, and for as long as it is remembered. She holds the role of the event, or owns processes. Raises `MessageUnknown`,
    `MessageKeysUnknown`, `MessageNotYours`, `MessageAmbiguous`, `MessageIdReused`, `MessageExpiryRefused`, `AnswersRefused`.
    """
    work.actor.must_hold_a_role()
    check_keys(keys)
    admit(payload or {})
    row = _written(work, name, keys, payload, expires_at)
    row.person_id = work.actor.person_id
    if sent_id is not None:
        store.meet(work.session, [store.digest(["sent", work.workspace_id, row.sender, sent_id])])
        before = store.known(work.session, work.workspace_id, row.sender, sent_id)
        if before is not None:
            if before.content != row.content or before.answer is None:
                raise MessageIdReused(id=sent_id)
            return before.answer
        row.sent_id = sent_id
    if expires_at is not None and not work.now < expires_at <= work.now + LONGEST_KEPT:
        raise MessageExpiryRefused(days=LONGEST_KEPT.days)
    work.session.add(row)
    takers = definitions.takers(work.session, work.workspace_id, name)
    _bring(work, row, takers, asked=True)
    case_id = row.case_id if row.case_id and may_read(work.actor, row.case_id) else None
    expires = when(row.expires_at) if row.state == "waiting" else None
    row.answer = {"id": row.id, "state": row.state, "case_id": case_id, "expires_at": expires}
    return row.answer


@command
def carry(work: Work, message_id: str) -> Answer:
    """Look for the event that a message on its way is for. Nothing happens where another has carried it."""
    row = store.take_sent(work.session, work.workspace_id, message_id)
    if row is not None:
        _bring(work, row, definitions.takers(work.session, work.workspace_id, row.name), asked=False)
    return {"state": None if row is None else row.state}


@command
def expire(work: Work) -> Answer:
    """End messages that nobody has taken in time, the oldest first. Those that are long over are forgotten."""
    rows = store.expiring(work.session, work.workspace_id, work.now, MOST)
    for row in rows:
        messages.end(work, row, "expired")
    store.sweep(work.session, work.workspace_id, work.now - REMEMBERED)
    if rows:
        work.record(owner(work), [MessageExpired(message=row.id, name=row.name) for row in rows])
    return {"expired": len(rows)}


@command
def signal(work: Work, case_id: str, name: str, payload: Mapping[str, Any] | None) -> Answer:
    """Give a signal in one case: all in it who wait for it hear it. Who may is asked where the cases are looked for
    (`queries.messages.hearing`), and again here. Raises `TaskNotWaiting`, `CaseSuspended`, `MessageNotYours`."""
    check_plain(payload)
    case = cases.lock(work.session, work.workspace_id, case_id)
    drawn = [role for it, role in store.hearing(work.session, work.workspace_id, name) if it == case_id]
    if case is None or not drawn:
        raise TaskNotWaiting(task=name)
    role = _allowed(work, name, drawn[0], case_id)
    active = cases.active(work.session, work.workspace_id, case_id)
    outcome = advance(
        work, case, active, Signal(name, None if payload is None else dict(payload)), by=work.actor.by(role)
    )
    return {"heard": outcome.incident is None}


# --- bringing --------------------------------------------------------------------------------------------------------


def _bring(work: Work, row: Message, takers: Collection[Taker], *, asked: bool) -> None:
    """Bring a message to whoever takes it, or keep it. `asked`: somebody sends it, who may be refused."""
    seen: set[str] = set()
    if _reach(work, row, seen, asked=asked):
        return
    begins = next((it for it in takers if it.begins), None)
    if begins is not None and not seen:
        if asked:
            _as(row, _allowed(work, row.name, begins.role))
        _begin(work, row, begins)
        return
    if asked and not seen:
        _judge(work, row, takers)
    _keep(work, row, seen)


def _reach(work: Work, row: Message, seen: set[str], *, asked: bool) -> bool:
    """Whether an event has taken it. `seen` become the events that wait for such a message.

    Where several cases wait alike, whoever sends it is told so; what a case has sent, or was kept, goes to who has waited
    longest, for there is nobody to ask."""
    events = store.awaiting(work.session, work.workspace_id, store.addresses(row.name, row.keys or {}))
    seen.update(event.id for event in events)
    alike = {event.case_id for event in events if event.address == events[0].address}
    if asked and len(alike) > 1:
        raise MessageAmbiguous(name=row.name, count=len(alike))
    for event in events:
        if asked:
            _as(row, _allowed(work, row.name, event.role, event.case_id))
        case = cases.lock(work.session, work.workspace_id, event.case_id)
        if case is None or not store.still(work.session, work.workspace_id, event.id):
            continue
        if messages.held_up(work, case, row.name):
            return False
        if _taken(work, case, row, event, asked=asked):
            return True
    return False


def _taken(work: Work, case: Case, row: Message, event: AwaitedEvent, *, asked: bool) -> bool:
    active = cases.active(work.session, work.workspace_id, case.id)
    before = work.session.begin_nested()
    try:
        bring = messages.deliver if asked else messages.bring
        bring(work, case, active, row, event, advance)
    except TaskNotWaiting:  # the instance has learnt other correlation values since
        before.rollback()
        return False
    before.commit()
    return True


def _begin(work: Work, row: Message, taker: Taker) -> None:
    """Begin a case with a message: what it holds are the variables, or the one that the event names."""
    case = Case(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        state_hash="",
        incidents=0,
        opened_at=work.now,
        **journal.new_stream(),
    )
    case.heard = taker.row.heard
    work.session.add(case)
    given = messages.taken(work, case, row, taker.form, taker.definition.bundle_digest)
    variable = taker.element.events[0].variable
    variables = {variable: given} if variable is not None else given if isinstance(given, dict) else {}
    if taker.form is not None and row.from_case_id is None:
        case.business_key = forms.form(work, taker.row.bundle_digest, taker.form).names_case(row.payload or {})
    advance(work, case, [], Start(work.new_id(), taker.definition, variables), by=By(**row.sent_by))
    messages.came(work, case, row)


def _keep(work: Work, row: Message, seen: Collection[str]) -> None:
    """Let it wait. Raises `Contended` where an event has begun to wait for it at this very moment."""
    among = store.addresses(row.name, row.keys or {})
    kept_before = store.is_kept(work.session, row)
    if not kept_before:
        work_owner = owner(work)
        store.meet(work.session, among)
    if any(event.id not in seen for event in store.awaiting(work.session, work.workspace_id, among)):
        raise Contended
    row.state = "waiting"
    if not kept_before:
        store.keep(work.session, row)
        told = MessageKept(message=row.id, name=row.name, expires_at=when(row.expires_at) or "")
        work.record(work_owner, [told], By(**row.sent_by))


# --- who may, and what may be in it ----------------------------------------------------------------------------------


def _allowed(work: Work, name: str, drawn: str | None, case_id: str = "") -> str | None:
    """The role in which the actor sends what an event of that role takes. Raises `MessageNotYours`."""
    role = people.matching_roles(work.session, work.workspace_id, {drawn}).get(drawn) if drawn else None
    if work.actor.holds(role, case_id):
        return role
    if work.actor.owns_processes:
        return None
    raise MessageNotYours(name=name)


def _as(row: Message, role: str | None) -> None:
    """The sender acts in that role."""
    row.sent_by = {**row.sent_by, "role": role}


def _judge(work: Work, row: Message, takers: Collection[Taker]) -> None:
    """Refuse at once what no event would take or find. Raises `MessageUnknown`, `MessageKeysUnknown`, `MessageNotYours`,
    `AnswersRefused`."""
    if not takers:
        raise MessageUnknown(name=row.name)
    for taker in takers:
        try:
            _as(row, _allowed(work, row.name, taker.role))
        except MessageNotYours:
            continue
        _findable(work, row, takers)
        if taker.form is None:
            check_plain(row.payload)
        else:
            forms.judge(work, row.payload or {}, digest=taker.row.bundle_digest, name=taker.form)
        return
    raise MessageNotYours(name=row.name)


def _findable(work: Work, row: Message, takers: Collection[Taker]) -> None:
    """Refuse correlation values by which no event is ever found: a name that none has, or one that is missing."""
    keys = row.keys or {}
    if any(taker.waits.reached_by(keys) for taker in takers):
        return
    others = definitions.still_waits(work.session, work.workspace_id, row.name)
    if not any(waits.reached_by(keys) for waits in others):
        known = dict.fromkeys(waits.told() for waits in (*(it.waits for it in takers), *others))
        raise MessageKeysUnknown(name=row.name, given=listed(keys), known=", or with ".join(known))


def _written(
    work: Work, name: str, keys: Mapping[str, Any], payload: Mapping[str, Any] | None, expires_at: datetime | None
) -> Message:
    return store.written(
        (work.workspace_id, work.new_id()),
        (name, keys, None if payload is None else dict(payload)),
        work.actor.by(),
        sent_at=work.now,
        expires_at=expires_at or store.expiry(work.session, work.workspace_id, work.now),
    )
