"""The register of decisions: written with the entries that it is made of, read a page at a time."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from service.domain.cases import EVERYTHING, Sight
from service.domain.decisions import decided
from service.domain.errors import JournalSpoilt
from service.store.sight import within
from service.store.tables import Ballot, Case, DecisionMade, JournalEntry, Target, TargetVersion
from service.store.tables.base import AwareUTC

Place = tuple[datetime, str, int]
"""A moment, a case, and the number of an entry in it."""

Key = tuple[str, int]
"""A case, and the number of an entry in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """What narrows the register; an empty part narrows nothing. `words` stand in a case's number or in what its target is
    called; `body` is the kind of body that a ballot was held in."""

    kind: str | None = None
    body: str | None = None
    role: str | None = None
    outcome: str | None = None
    person: str | None = None
    subject: str | None = None
    table: str | None = None
    words: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sight: Sight = EVERYTHING


def register(session: Session, case: Case, entries: Iterable[Mapping[str, Any]]) -> None:
    """Keep the decisions that a case's new entries tell of."""
    for it in decided(entries):
        session.add(
            DecisionMade(
                workspace_id=case.workspace_id,
                case_id=case.id,
                seq=it.seq,
                decided_at=datetime.fromisoformat(it.at),
                kind=it.kind,
                subject=it.subject,
                person_id=it.person,
                role_key=it.role,
                outcome=it.outcome,
                table_digest=it.table,
            )
        )


def page(session: Session, workspace_id: str, only: Only, *, after: Place | None, limit: int) -> Sequence[DecisionMade]:
    """Decisions, the newest first, behind `after`."""
    statement = select(DecisionMade).where(DecisionMade.workspace_id == workspace_id, *_narrowing(workspace_id, only))
    place = (DecisionMade.decided_at, DecisionMade.case_id, DecisionMade.seq)
    if after is not None:
        at, case_id, seq = after
        statement = statement.where(tuple_(*place) < tuple_(literal(at, AwareUTC()), case_id, seq))
    return session.scalars(statement.order_by(*(it.desc() for it in place)).limit(limit)).all()


def one(session: Session, workspace_id: str, case_id: str, seq: int) -> DecisionMade | None:
    """The decision that an entry tells of; None where it tells of none."""
    return session.get(DecisionMade, (workspace_id, case_id, seq))


def entries(session: Session, workspace_id: str, keys: Collection[Key]) -> dict[Key, dict[str, Any]]:
    """Those entries. Asks nothing where there are none. Raises `JournalSpoilt`."""
    columns = (JournalEntry.stream_id, JournalEntry.seq)
    statement = select(*columns, JournalEntry.body).where(
        JournalEntry.workspace_id == workspace_id, tuple_(*columns).in_(keys)
    )
    found = {}
    for stream_id, seq, body in session.execute(statement) if keys else ():
        try:
            found[stream_id, seq] = json.loads(body)
        except ValueError:
            raise JournalSpoilt from None
    return found


def body(session: Session, workspace_id: str, case_id: str, seq: int) -> bytes | None:
    """The canonical bytes of an entry."""
    row = session.get(JournalEntry, (workspace_id, case_id, seq))
    return None if row is None else row.body


def ballots(session: Session, workspace_id: str, ids: Collection[str]) -> dict[str, Ballot]:
    """Those ballots, by id. Asks nothing where there are none."""
    statement = select(Ballot).where(Ballot.workspace_id == workspace_id, Ballot.id.in_(ids))
    return {row.id: row for row in session.scalars(statement)} if ids else {}


def veiled(session: Session, workspace_id: str, case_ids: Collection[str]) -> frozenset[str]:
    """Those of the cases that have a ballot which is open or secret. Asks nothing where there are none."""
    statement = select(Ballot.case_id).where(
        Ballot.workspace_id == workspace_id,
        Ballot.case_id.in_(case_ids),
        or_(Ballot.secret, Ballot.closed_at.is_(None)),
    )
    return frozenset(session.scalars(statement)) if case_ids else frozenset()


def _narrowing(workspace_id: str, only: Only) -> list[ColumnElement[bool]]:
    equal = {
        DecisionMade.kind: only.kind,
        DecisionMade.role_key: only.role,
        DecisionMade.person_id: only.person,
        DecisionMade.subject: only.subject,
        DecisionMade.table_digest: only.table,
    }
    found = [column == value for column, value in equal.items() if value is not None]
    if only.outcome is not None:
        found += [DecisionMade.kind == "ballot", DecisionMade.outcome == only.outcome]
    if only.body is not None:
        held = select(Ballot.id).where(Ballot.workspace_id == workspace_id, Ballot.kind == only.body)
        found += [DecisionMade.kind == "ballot", DecisionMade.subject.in_(held)]
    if only.since is not None:
        found.append(DecisionMade.decided_at >= only.since)
    if only.until is not None:
        found.append(DecisionMade.decided_at < only.until)
    if only.words:
        found.append(or_(*(DecisionMade.case_id.in_(it) for it in _called(workspace_id, only.words))))
    return [*found, *within(DecisionMade.case_id, only.sight)]


def _called(workspace_id: str, words: Sequence[str]) -> list[Select[Any]]:
    """The cases of that number, those that make a version of a target of that name, and those that vote on one."""

    def has(*columns: Any) -> ColumnElement[bool]:
        return or_(*(it.icontains(word, autoescape=True) for it in columns for word in words))

    targets = select(Target.id).where(Target.workspace_id == workspace_id, has(Target.key, Target.title))
    made, voted = (
        select(it.case_id).where(it.workspace_id == workspace_id, it.case_id.is_not(None), it.target_id.in_(targets))
        for it in (TargetVersion, Ballot)
    )
    return [select(Case.id).where(Case.workspace_id == workspace_id, has(Case.business_key)), made, voted]


def versions_made(
    session: Session, workspace_id: str, case_id: str, subject: str
) -> Sequence[tuple[str, str, int | None]]:
    """The versions of targets that a case makes, as key, title and number; only the very one that a decision is about,
    where it is about one."""
    statement = (
        select(TargetVersion.id, Target.key, Target.title, TargetVersion.number)
        .join(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .where(TargetVersion.workspace_id == workspace_id, TargetVersion.case_id == case_id)
        .order_by(TargetVersion.ordinal)
    )
    found = {key: (target, title, number) for key, target, title, number in session.execute(statement)}
    return [found[subject]] if subject in found else list(found.values())
