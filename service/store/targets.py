"""Targets and their versions."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import rfc8785
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.targets import DEVELOPING, LIVE, PUBLIC, UNDER_WAY
from service.store.tables import Case, Notice, Target, TargetVersion


def digest(requirements: Iterable[Mapping[str, Any]]) -> str | None:
    """SHA-256 of the requirements' canonical JSON (RFC 8785), as hex; None where there are none."""
    rows = [dict(requirement) for requirement in requirements]
    return hashlib.sha256(rfc8785.dumps(rows)).hexdigest() if rows else None


def target(session: Session, workspace_id: str, key: str) -> Target | None:
    """The target of that key."""
    return session.scalar(select(Target).where(Target.workspace_id == workspace_id, Target.key == key))


def every(session: Session, workspace_id: str) -> Sequence[Target]:
    """All targets, by number."""
    statement = select(Target).where(Target.workspace_id == workspace_id)
    statement = statement.order_by(func.length(Target.key), Target.key)
    return session.scalars(statement).all()


def versions(session: Session, workspace_id: str, target_id: str) -> Sequence[TargetVersion]:
    """The versions of a target, the oldest first."""
    statement = select(TargetVersion).where(
        TargetVersion.workspace_id == workspace_id, TargetVersion.target_id == target_id
    )
    return session.scalars(statement.order_by(TargetVersion.ordinal)).all()


def all_versions(session: Session, workspace_id: str) -> dict[str, list[TargetVersion]]:
    """The versions of every target, by the target's id, the oldest first: one statement for a register."""
    statement = select(TargetVersion).where(TargetVersion.workspace_id == workspace_id)
    found: dict[str, list[TargetVersion]] = {}
    for row in session.scalars(statement.order_by(TargetVersion.ordinal)):
        found.setdefault(row.target_id, []).append(row)
    return found


def of_case(
    session: Session, workspace_id: str, case_id: str, statuses: frozenset[str] = DEVELOPING
) -> tuple[Target, TargetVersion] | None:
    """The target and the version that a case makes, while it has one of these statuses: while it is being made."""
    statement = (
        select(Target, TargetVersion)
        .join(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .where(
            TargetVersion.workspace_id == workspace_id,
            TargetVersion.case_id == case_id,
            TargetVersion.status.in_(statuses),
        )
        .order_by(TargetVersion.ordinal.desc(), TargetVersion.id)
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def current(rows: Sequence[TargetVersion]) -> TargetVersion | None:
    """The version in force among those of a target."""
    return next((row for row in reversed(rows) if row.status in LIVE), None)


def in_making(session: Session, workspace_id: str, rows: Iterable[TargetVersion]) -> list[TargetVersion]:
    """Those versions that a case makes, the oldest first: neither in force nor over, and their case goes on.

    A case that ended with its target postponed makes nothing any more, nor does one that was made elsewhere.
    """
    begun = [row for row in rows if row.status in UNDER_WAY and row.case_id is not None]
    if not begun:
        return []
    going = select(Case.id).where(
        Case.workspace_id == workspace_id,
        Case.id.in_({row.case_id for row in begun}),
        Case.closed_at.is_(None),
    )
    made = set(session.scalars(going))
    return [row for row in begun if row.case_id in made]


def published(rows: Iterable[TargetVersion]) -> list[TargetVersion]:
    """The versions that anybody may read, the oldest first."""
    return [row for row in rows if row.number is not None and row.status in PUBLIC and row.published_at is not None]


def to_review(session: Session, workspace_id: str) -> list[tuple[str, date]]:
    """The (key, day) of every version in force that has a day on which it must be looked at again, by day."""
    statement = (
        select(Target.key, TargetVersion.review_on)
        .join(Target, (Target.workspace_id == TargetVersion.workspace_id) & (Target.id == TargetVersion.target_id))
        .where(
            TargetVersion.workspace_id == workspace_id,
            TargetVersion.review_on.is_not(None),
            TargetVersion.status.in_(LIVE - {"under revision"}),
        )
        .order_by(TargetVersion.review_on, Target.key)
    )
    return [(key, day) for key, day in session.execute(statement) if day is not None]


def notices(session: Session, workspace_id: str, target_id: str) -> Sequence[Notice]:
    """What was announced about a target, the newest first."""
    statement = select(Notice).where(Notice.workspace_id == workspace_id, Notice.target_id == target_id)
    return session.scalars(statement.order_by(Notice.ordinal.desc())).all()
