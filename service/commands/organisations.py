"""Organisations: registering them, admitting members, and who acts for them."""

from datetime import datetime

from service.domain import endings
from service.domain import record_facts as facts
from service.domain.errors import AlreadyThere, PersonNotFound
from service.domain.journal import instant
from service.domain.organisations import KINDS, may_be_member
from service.domain.origins import MADE_HERE, From, check
from service.domain.record_errors import OrganisationNotFound, OrganisationRefused
from service.runtime.command import Answer, Work, command
from service.runtime.handing_back import hand_back
from service.runtime.seats import end_seat
from service.runtime.workspaces import owner
from service.store import organisations as store
from service.store import people
from service.store.tables import Membership, Organisation, Representative


@command
def register(work: Work, name: str, kind: str, origin: From = MADE_HERE) -> Answer:
    """Put an organisation into the register. Raises `AlreadyThere`, `OrganisationRefused`, `OriginRefused`."""
    work.actor.must_administer()
    workspace = owner(work)
    check(origin.origin, origin.reference)
    if kind not in KINDS:
        raise OrganisationRefused(reason=f"its kind is one of {', '.join(KINDS)}")
    if store.named(work.session, work.workspace_id, name) is not None:
        raise AlreadyThere(what=f"The organisation {name}")
    row = Organisation(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        name=name,
        kind=kind,
        origin=origin.origin,
        origin_ref=origin.reference,
    )
    work.session.add(row)
    work.record(workspace, [facts.OrganisationRegistered(organisation=row.id, of=kind, origin=origin.origin)])
    return {"id": row.id}


@command
def admit(work: Work, organisation_id: str, valid_from: datetime | None = None) -> Answer:
    """Make an organisation a member of the partnership. Raises `OrganisationNotFound`, `OrganisationRefused` (P7)."""
    work.actor.must_administer()
    workspace = owner(work)
    organisation = store.organisation(work.session, work.workspace_id, organisation_id)
    if organisation is None:
        raise OrganisationNotFound
    if not may_be_member(organisation.kind):
        raise OrganisationRefused(reason="the partnership is open to municipalities, regions and public institutions")
    if organisation_id in store.members(work.session, work.workspace_id, work.now):
        raise AlreadyThere(what=f"The membership of {organisation.name}")
    row = Membership(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        organisation_id=organisation_id,
        valid_from=valid_from or work.now,
    )
    work.session.add(row)
    begun = facts.MembershipBegun(membership=row.id, organisation=organisation_id, valid_from=instant(row.valid_from))
    work.record(workspace, [begun])
    return {"id": row.id}


@command
def represent(work: Work, organisation_id: str, person_id: str, valid_from: datetime | None = None) -> Answer:
    """Let a person act for an organisation, in whatever role she holds. Raises `OrganisationNotFound`,
    `PersonNotFound`."""
    work.actor.must_administer()
    workspace = owner(work)
    if store.organisation(work.session, work.workspace_id, organisation_id) is None:
        raise OrganisationNotFound
    if people.person(work.session, work.workspace_id, person_id) is None:
        raise PersonNotFound
    row = Representative(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        person_id=person_id,
        organisation_id=organisation_id,
        valid_from=valid_from or work.now,
    )
    work.session.add(row)
    named = facts.RepresentativeNamed(
        representative=row.id, person=person_id, organisation=organisation_id, valid_from=instant(row.valid_from)
    )
    work.record(workspace, [named])
    return {"id": row.id}


@command
def end_membership(work: Work, membership_id: str, reason: str, valid_to: datetime | None = None) -> Answer:
    """Let an organisation be a member until now, or until before `valid_to`; its seats end with it.

    Raises `EndingNotFound`, `EndRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    found = store.membership(work.session, work.workspace_id, membership_id)
    row, ends_at = endings.end(found, reason, valid_to, work.now)
    ended = facts.MembershipEnded(
        membership=row.id, organisation=row.organisation_id, valid_to=instant(ends_at), reason=reason
    )
    behind = max(ends_at, work.now)
    seats = store.seats_of(work.session, work.workspace_id, row.organisation_id, behind=behind)
    left = [end_seat(seat, reason, max(ends_at, seat.valid_from), work.now) for seat in seats]
    work.record(workspace, [ended, *left])
    return {"id": row.id, "valid_to": instant(ends_at), "seats": [seat.seat for seat in left]}


@command
def end_representation(work: Work, representative_id: str, reason: str, valid_to: datetime | None = None) -> Answer:
    """Let a person act for an organisation until now, or until before `valid_to`.

    What she has taken for it goes back to its role, once that is over. Raises `EndingNotFound`, `EndRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    found = store.representative(work.session, work.workspace_id, representative_id)
    row, ends_at = endings.end(found, reason, valid_to, work.now)
    ended = facts.RepresentativeEnded(
        representative=row.id,
        person=row.person_id,
        organisation=row.organisation_id,
        valid_to=instant(ends_at),
        reason=reason,
    )
    work.record(workspace, [ended])
    hand_back(work, row.person_id)
    return {"id": row.id, "valid_to": instant(ends_at)}
