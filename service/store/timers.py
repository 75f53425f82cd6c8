"""Timers that wait."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from service.store.tables import Instance, Timer


def due(session: Session, workspace_id: str, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """The (case id, timer id) of timers that are due by `now` and not held back, earliest first: by an incident, or with
    their case."""
    statement = (
        select(Timer.case_id, Timer.id)
        .where(Timer.workspace_id == workspace_id, Timer.held.is_(False), Timer.due_at <= now)
        .order_by(Timer.due_at, Timer.id)
        .limit(limit)
    )
    return [(case_id, timer_id) for case_id, timer_id in session.execute(statement)]


def waiting(session: Session, workspace_id: str) -> Sequence[tuple[str, str, datetime]]:
    """The (case id, activity id, moment) of timers that wait and are not held back by an incident, earliest first."""
    statement = (
        select(Timer.case_id, Timer.activity_id, Timer.due_at)
        .where(Timer.workspace_id == workspace_id, Timer.held.is_(False))
        .order_by(Timer.due_at, Timer.id)
    )
    return [(case_id, activity_id, due_at) for case_id, activity_id, due_at in session.execute(statement)]


def timer(session: Session, workspace_id: str, timer_id: str) -> Timer | None:
    """One timer, or None."""
    return session.scalar(select(Timer).where(Timer.workspace_id == workspace_id, Timer.id == timer_id))


def hold(session: Session, workspace_id: str, timer_id: str) -> None:
    """Hold a timer back: its firing is an incident, and waits for a person."""
    session.execute(
        update(Timer).where(Timer.workspace_id == workspace_id, Timer.id == timer_id).values(held=True),
        execution_options={"synchronize_session": False},
    )


def hold_all(session: Session, workspace_id: str, case_id: str) -> None:
    """Hold every timer of a case back."""
    _set_held(session, workspace_id, case_id, held=True)


def let_go(session: Session, workspace_id: str, case_id: str, but: Collection[str]) -> None:
    """Let the timers of a case fire again, but for those whose firing is an incident."""
    _set_held(session, workspace_id, case_id, held=False, but=but)


def _set_held(session: Session, workspace_id: str, case_id: str, *, held: bool, but: Collection[str] = ()) -> None:
    inside = select(Instance.id).where(Instance.workspace_id == workspace_id, Instance.case_id == case_id)
    session.execute(
        update(Timer)
        .where(Timer.workspace_id == workspace_id, Timer.instance_id.in_(inside), Timer.id.not_in(but))
        .values(held=held),
        execution_options={"synchronize_session": False},
    )


def rename(session: Session, workspace_id: str, instance_id: str, renamed: Mapping[str, str]) -> None:
    """Call the events of an instance's timers as its new version does. Asks nothing where none is renamed."""
    if renamed:
        session.execute(
            update(Timer)
            .where(Timer.workspace_id == workspace_id, Timer.instance_id == instance_id)
            .where(Timer.activity_id.in_(renamed))
            .values(activity_id=case(renamed, value=Timer.activity_id)),
            execution_options={"synchronize_session": False},
        )


def remove(session: Session, workspace_id: str, timer_ids: Collection[str]) -> None:
    """Take timers away. Asks nothing when there are none."""
    if timer_ids:
        session.execute(
            delete(Timer).where(Timer.workspace_id == workspace_id, Timer.id.in_(timer_ids)),
            execution_options={"synchronize_session": False},
        )


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[Timer]:
    """The timers that wait in a case, the next first."""
    statement = select(Timer).where(Timer.workspace_id == workspace_id, Timer.case_id == case_id)
    return session.scalars(statement.order_by(Timer.due_at, Timer.id)).all()


def of_cases(session: Session, workspace_id: str, case_ids: Collection[str]) -> Sequence[tuple[Instance, Timer]]:
    """The timers that wait in those cases and are not held back, each with its instance, the next first. Asks nothing when
    there are none."""
    if not case_ids:
        return ()
    statement = (
        select(Instance, Timer)
        .join(Timer, (Timer.workspace_id == Instance.workspace_id) & (Timer.instance_id == Instance.id))
        .where(Timer.workspace_id == workspace_id, Timer.case_id.in_(case_ids), Timer.held.is_(False))
        .order_by(Timer.due_at, Timer.id)
    )
    return [(instance, timer) for instance, timer in session.execute(statement)]
