"""The action plan, outside any process: a strategy with its goals, its measures, and what the plan says of them."""

from collections.abc import Sequence
from datetime import date

from service.domain import measures as rules
from service.domain import record_facts as facts
from service.domain.errors import AlreadyThere
from service.domain.origins import From, check
from service.domain.record_errors import GoalNotFound, MeasureNotFound, MeasureRefused, MeasureStatusRefused
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import contents
from service.store import measures as store
from service.store.tables import Goal, Measure, Strategy


@command
def register(
    work: Work, title: str, years: tuple[int, int], main_goal: str, goals: Sequence[tuple[str, str]], origin: From
) -> Answer:
    """Put a strategy with its subgoals, (text, reference) in their order, into the workspace. Raises `OriginRefused`."""
    work.actor.must_administer()
    workspace = owner(work)
    check(origin.origin, origin.reference)
    here = {"workspace_id": work.workspace_id, "origin": origin.origin}
    strategy = Strategy(
        id=work.new_id(),
        title=title,
        first_year=years[0],
        last_year=years[1],
        main_goal=main_goal,
        origin_ref=origin.reference,
        **here,
    )
    rows = [
        Goal(id=work.new_id(), strategy_id=strategy.id, number=number, text=text, origin_ref=reference, **here)
        for number, (text, reference) in enumerate(goals, 1)
    ]
    work.session.add_all([strategy, *rows])
    registered = facts.StrategyRegistered(
        strategy=strategy.id, goals=len(rows), origin=origin.origin, content=contents.of(strategy, *rows)
    )
    work.record(workspace, [registered])
    return {"id": strategy.id, "goals": [row.id for row in rows]}


@command
def add(work: Work, goal_id: str, number: int, description: str, strength: str, origin: From) -> Answer:
    """Put a measure under a subgoal. Responsible, deadline and status are blank until somebody fills them in.

    Raises `GoalNotFound`, `MeasureRefused`, `AlreadyThere`, `OriginRefused`.
    """
    _must_keep(work)
    workspace = owner(work)
    check(origin.origin, origin.reference)
    if strength not in rules.STRENGTHS:
        raise MeasureRefused(reason=f"its strength is one of {', '.join(rules.STRENGTHS)}")
    if goal_id not in {goal.id for goal in store.goals(work.session, work.workspace_id)}:
        raise GoalNotFound
    if any(row.number == number and goal.id == goal_id for row, goal in store.every(work.session, work.workspace_id)):
        raise AlreadyThere(what=f"Measure {number}")
    row = Measure(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        goal_id=goal_id,
        number=number,
        description=description,
        strength=strength,
        origin=origin.origin,
        origin_ref=origin.reference,
    )
    work.session.add(row)
    added = facts.MeasureAdded(
        measure=row.id, number=number, strength=strength, origin=origin.origin, content=contents.of(row)
    )
    work.record(workspace, [added])
    return {"id": row.id}


@command
def plan(work: Work, measure_id: str, responsible: str, due_on: date, status: str = "not started") -> Answer:
    """Say who is responsible for a measure, a role or a unit, by when, and where it stands (L3, L18).

    Only the plan's keeper changes it. Raises `MeasureKeeperNeeded`, `MeasureNotFound`, `MeasureStatusRefused`,
    `AssessmentMissing`, `ReasonMissing`.
    """
    _must_keep(work)
    workspace = owner(work)
    row = store.measure(work.session, work.workspace_id, measure_id)
    if row is None:
        raise MeasureNotFound
    if status not in rules.STATUSES:
        raise MeasureStatusRefused(before=row.status or "blank", after=status)
    rules.check_report(row.status, status, complete=True)
    rules.check_closing(row.strength, status, assessed=False, reasoned=False)
    row.responsible, row.due_on, row.status, row.changed_at = responsible, due_on, status, work.now
    row.plan_origin = "sample" if work.ports.demo else None
    changed = facts.MeasureChanged(
        measure=row.id, responsible=rules.role(responsible), due_on=due_on.isoformat(), status=status
    )
    work.record(workspace, [changed])
    return {"id": row.id, "status": status}


def _must_keep(work: Work) -> None:
    rules.check_keeper(work.actor.administers or rules.KEEPER in work.actor.roles)
