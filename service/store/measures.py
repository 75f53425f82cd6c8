"""The action plan: strategies, goals, measures, reports."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Goal, Measure, MeasureReport, Strategy


def strategies(session: Session, workspace_id: str) -> Sequence[Strategy]:
    """Every strategy, the oldest first."""
    statement = select(Strategy).where(Strategy.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Strategy.first_year, Strategy.id)).all()


def goals(session: Session, workspace_id: str) -> Sequence[Goal]:
    """Every subgoal, by strategy and number."""
    statement = select(Goal).where(Goal.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Goal.strategy_id, Goal.number)).all()


def measure(session: Session, workspace_id: str, measure_id: str) -> Measure | None:
    """One measure, or None."""
    return session.get(Measure, (workspace_id, measure_id))


def numbered(session: Session, workspace_id: str, number: int) -> Measure | None:
    """The measure of that number in the plan of the newest strategy that has one."""
    statement = (
        select(Measure)
        .join(Goal, (Goal.workspace_id == Measure.workspace_id) & (Goal.id == Measure.goal_id))
        .join(Strategy, (Strategy.workspace_id == Goal.workspace_id) & (Strategy.id == Goal.strategy_id))
        .where(Measure.workspace_id == workspace_id, Measure.number == number)
        .order_by(Strategy.first_year.desc(), Goal.number)
        .limit(1)
    )
    return session.scalar(statement)


def every(session: Session, workspace_id: str) -> Sequence[tuple[Measure, Goal]]:
    """The measures of the plan with their subgoals, by number."""
    statement = (
        select(Measure, Goal)
        .join(Goal, (Goal.workspace_id == Measure.workspace_id) & (Goal.id == Measure.goal_id))
        .where(Measure.workspace_id == workspace_id)
        .order_by(Goal.strategy_id, Goal.number, Measure.number)
    )
    return [(row, goal) for row, goal in session.execute(statement)]


def reports(session: Session, workspace_id: str, measure_id: str) -> Sequence[MeasureReport]:
    """What was reported on a measure, the newest first."""
    statement = select(MeasureReport).where(
        MeasureReport.workspace_id == workspace_id, MeasureReport.measure_id == measure_id
    )
    return session.scalars(statement.order_by(MeasureReport.ordinal.desc())).all()
