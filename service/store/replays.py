"""Which cases are replayed next by night, and what was found in them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.replays import SAME
from service.store.tables import Case, Replay, ReplayNight


def night(session: Session, workspace_id: str, *, hold: bool = False) -> ReplayNight | None:
    """The last night's sample of a workspace; with `hold`, locked until the transaction ends."""
    statement = select(ReplayNight).where(ReplayNight.workspace_id == workspace_id)
    return session.scalar(statement.with_for_update() if hold else statement)


def cases(session: Session, workspace_id: str) -> int:
    """How many cases there are."""
    return session.scalar(select(func.count()).select_from(Case).where(Case.workspace_id == workspace_id)) or 0


def next_cases(session: Session, workspace_id: str, before: datetime, limit: int) -> Sequence[str]:
    """The cases that were not replayed since `before`: those that never were, then the longest ago."""
    same = (Replay.workspace_id == Case.workspace_id) & (Replay.case_id == Case.id)
    statement = (
        select(Case.id)
        .outerjoin(Replay, same)
        .where(Case.workspace_id == workspace_id, Replay.replayed_at.is_(None) | (Replay.replayed_at < before))
        .order_by(Replay.replayed_at.asc().nulls_first(), Case.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def some(session: Session, workspace_id: str, case_ids: Collection[str]) -> dict[str, Replay]:
    """The last replays of those cases, by the case. Asks nothing when there are none."""
    if not case_ids:
        return {}
    statement = select(Replay).where(Replay.workspace_id == workspace_id, Replay.case_id.in_(case_ids))
    return {row.case_id: row for row in session.scalars(statement)}


def there(session: Session, workspace_id: str, case_ids: Collection[str]) -> frozenset[str]:
    """Those of the cases that there are still."""
    statement = select(Case.id).where(Case.workspace_id == workspace_id, Case.id.in_(case_ids))
    return frozenset(session.scalars(statement)) if case_ids else frozenset()


def not_same(session: Session, workspace_id: str, limit: int) -> Sequence[tuple[Replay, Case]]:
    """The cases whose last replay did not come out as it was written, the worst first, with the case."""
    same = (Replay.workspace_id == Case.workspace_id) & (Replay.case_id == Case.id)
    statement = (
        select(Replay, Case)
        .join(Case, same)
        .where(Replay.workspace_id == workspace_id, Replay.outcome != SAME)
        .order_by(Replay.outcome, Replay.replayed_at.desc(), Replay.case_id)
    )
    return [(row, case) for row, case in session.execute(statement.limit(limit))]
