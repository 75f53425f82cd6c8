"""Bodies that stand by themselves: the steering group and its like. Working groups are established by their diagram."""

from datetime import datetime

from service.domain import record_facts as facts
from service.domain.errors import AlreadyThere
from service.domain.origins import MADE_HERE, From, check
from service.domain.record_errors import BodyNotFound, OrganisationNotFound
from service.runtime.command import Answer, Work, command
from service.runtime.seats import end_seat
from service.runtime.workspaces import owner
from service.store import organisations as store
from service.store.tables import Body, Seat


@command
def establish(work: Work, key: str, kind: str, name: str, origin: From = MADE_HERE) -> Answer:
    """Give the workspace a body; ballots and diagrams call it by its key. Raises `AlreadyThere`, `OriginRefused`."""
    work.actor.must_administer()
    workspace = owner(work)
    check(origin.origin, origin.reference)
    if store.body(work.session, work.workspace_id, key) is not None:
        raise AlreadyThere(what=f"The body {key}")
    row = Body(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        key=key,
        kind=kind,
        name=name,
        established_at=work.now,
        origin=origin.origin,
        origin_ref=origin.reference,
    )
    work.session.add(row)
    work.record(workspace, [facts.BodyEstablished(body=row.id, of=kind)])
    return {"id": row.id}


@command
def seat(work: Work, key: str, organisation_id: str, votes: bool = True) -> Answer:
    """Give an organisation a seat in a body, with a vote or as an observer.

    Raises `BodyNotFound`, `OrganisationNotFound`, `AlreadyThere`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    body = store.body(work.session, work.workspace_id, key)
    if body is None:
        raise BodyNotFound(key=key)
    organisation = store.organisation(work.session, work.workspace_id, organisation_id)
    if organisation is None:
        raise OrganisationNotFound
    taken = store.seated(work.session, work.workspace_id, body.id, work.now)
    if any(it.organisation_id == organisation_id for it, _ in taken):
        raise AlreadyThere(what=f"The seat of {organisation.name}")
    row = Seat(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        body_id=body.id,
        organisation_id=organisation_id,
        lead=False,
        votes=votes,
        valid_from=work.now,
    )
    work.session.add(row)
    work.record(workspace, [facts.SeatTaken(seat=row.id, body=body.id, organisation=organisation_id, votes=votes)])
    return {"id": row.id}


@command
def unseat(work: Work, seat_id: str, reason: str, valid_to: datetime | None = None) -> Answer:
    """Let an organisation sit in a body until now, or until before `valid_to`.

    A ballot that is open keeps the voters whom it was opened with: who has a vote is fixed then. Raises
    `EndingNotFound`, `EndRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    row = store.seat(work.session, work.workspace_id, seat_id)
    ended = end_seat(row, reason, valid_to, work.now)
    work.record(workspace, [ended])
    return {"id": seat_id, "valid_to": ended.valid_to}
