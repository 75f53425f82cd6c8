"""Organisations, bodies and their seats."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from service.store.tables import Body, Case, Membership, Organisation, Representative, Seat


def organisation(session: Session, workspace_id: str, organisation_id: str) -> Organisation | None:
    """One organisation, or None."""
    return session.get(Organisation, (workspace_id, organisation_id))


def named(session: Session, workspace_id: str, name: str) -> Organisation | None:
    """The organisation of that name."""
    return session.scalar(
        select(Organisation).where(Organisation.workspace_id == workspace_id, Organisation.name == name)
    )


def every(session: Session, workspace_id: str) -> Sequence[Organisation]:
    """All organisations, by name."""
    statement = select(Organisation).where(Organisation.workspace_id == workspace_id).order_by(Organisation.name)
    return session.scalars(statement).all()


def known(session: Session, workspace_id: str, ids: Collection[str]) -> dict[str, Organisation]:
    """The organisations with those ids, by id. Asks nothing when there are none."""
    if not ids:
        return {}
    statement = select(Organisation).where(Organisation.workspace_id == workspace_id, Organisation.id.in_(ids))
    return {row.id: row for row in session.scalars(statement)}


def members(session: Session, workspace_id: str, now: datetime) -> set[str]:
    """The ids of the organisations that are members at `now`."""
    statement = select(Membership.organisation_id).where(
        Membership.workspace_id == workspace_id,
        Membership.valid_from <= now,
        or_(Membership.valid_to.is_(None), Membership.valid_to > now),
    )
    return set(session.scalars(statement))


def memberships(session: Session, workspace_id: str) -> Sequence[Membership]:
    """Every membership that there was, is and will be, the oldest first."""
    statement = select(Membership).where(Membership.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Membership.valid_from, Membership.id)).all()


def membership(session: Session, workspace_id: str, membership_id: str) -> Membership | None:
    """One membership, or None."""
    return session.get(Membership, (workspace_id, membership_id))


def seat(session: Session, workspace_id: str, seat_id: str) -> Seat | None:
    """One seat, or None."""
    return session.get(Seat, (workspace_id, seat_id))


def seats_of(session: Session, workspace_id: str, organisation_id: str, *, behind: datetime) -> Sequence[Seat]:
    """The seats of an organisation that have no end at `behind` or before."""
    statement = select(Seat).where(
        Seat.workspace_id == workspace_id,
        Seat.organisation_id == organisation_id,
        or_(Seat.valid_to.is_(None), Seat.valid_to > behind),
    )
    return session.scalars(statement.order_by(Seat.valid_from, Seat.id)).all()


def all_seats(session: Session, workspace_id: str) -> Sequence[tuple[Seat, Body]]:
    """Every seat that there was, is and will be, with its body, the oldest first."""
    statement = (
        select(Seat, Body)
        .join(Body, (Body.workspace_id == Seat.workspace_id) & (Body.id == Seat.body_id))
        .where(Seat.workspace_id == workspace_id)
        .order_by(Seat.valid_from, Seat.id)
    )
    return [(row, body) for row, body in session.execute(statement)]


def all_representatives(session: Session, workspace_id: str) -> Sequence[Representative]:
    """Everybody who acted, acts or will act for an organisation, the oldest first."""
    statement = select(Representative).where(Representative.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Representative.valid_from, Representative.id)).all()


def representative(session: Session, workspace_id: str, representative_id: str) -> Representative | None:
    """That a person acts for an organisation, or None."""
    return session.get(Representative, (workspace_id, representative_id))


def acts_for(session: Session, workspace_id: str, person_id: str, organisation_id: str, now: datetime) -> bool:
    """Whether a person acts for an organisation at `now`."""
    return any(
        it.person_id == person_id and it.organisation_id == organisation_id
        for it in representatives(session, workspace_id, now)
    )


def body(session: Session, workspace_id: str, key: str) -> Body | None:
    """The body of that key."""
    return session.scalar(select(Body).where(Body.workspace_id == workspace_id, Body.key == key))


def bodies(session: Session, workspace_id: str) -> Sequence[Body]:
    """Every body, by key."""
    return session.scalars(select(Body).where(Body.workspace_id == workspace_id).order_by(Body.key)).all()


def groups(session: Session, workspace_id: str, case_id: str, kind: str) -> Sequence[Body]:
    """The bodies of that kind that stand in a case."""
    statement = select(Body).where(
        Body.workspace_id == workspace_id, Body.case_id == case_id, Body.kind == kind, Body.dissolved_at.is_(None)
    )
    return session.scalars(statement).all()


def seated(
    session: Session, workspace_id: str, body_id: str, now: datetime, *, voting: bool = False
) -> Sequence[tuple[Seat, Organisation]]:
    """The seats of a body at `now` and who sits in them, by name."""
    statement = (
        select(Seat, Organisation)
        .join(
            Organisation, (Organisation.workspace_id == Seat.workspace_id) & (Organisation.id == Seat.organisation_id)
        )
        .where(
            Seat.workspace_id == workspace_id,
            Seat.body_id == body_id,
            Seat.valid_from <= now,
            or_(Seat.valid_to.is_(None), Seat.valid_to > now),
        )
        .order_by(Organisation.name)
    )
    if voting:
        statement = statement.where(Seat.votes.is_(True))
    return [(seat, organisation) for seat, organisation in session.execute(statement)]


def open_groups(session: Session, workspace_id: str, kind: str) -> int:
    """How many bodies of a kind are at work: not dissolved, and their case not closed."""
    statement = (
        select(func.count())
        .select_from(Body)
        .outerjoin(Case, (Case.workspace_id == Body.workspace_id) & (Case.id == Body.case_id))
        .where(
            Body.workspace_id == workspace_id, Body.kind == kind, Body.dissolved_at.is_(None), Case.closed_at.is_(None)
        )
    )
    return session.scalars(statement).one()


def representatives(session: Session, workspace_id: str, now: datetime) -> Sequence[Representative]:
    """Who acts for which organisation at `now`."""
    statement = select(Representative).where(
        Representative.workspace_id == workspace_id,
        Representative.valid_from <= now,
        or_(Representative.valid_to.is_(None), Representative.valid_to > now),
    )
    return session.scalars(statement.order_by(Representative.organisation_id, Representative.id)).all()
