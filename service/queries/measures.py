"""The action plan as it is now: strategy, subgoals, measures in L3's six columns, and what was reported."""

from datetime import date
from typing import Any

from service.domain import measures as rules
from service.domain.actors import Actor
from service.domain.cases import may_read, readable
from service.domain.record_errors import MeasureNotFound
from service.runtime.views import when
from service.store import matters
from service.store import measures as store
from service.store.db import reading
from service.store.matters import Only
from service.store.tables import Goal, Measure

MOST = 20
"""Cases of one measure that its page names."""


def plan(actor: Actor, today: date) -> dict[str, Any]:
    """The strategies of the workspace with their goals, and every measure with the light that it shows on `today`."""
    with reading() as session:
        goals = store.goals(session, actor.workspace_id)
        return {
            "strategies": [
                {
                    "id": row.id,
                    "title": row.title,
                    "years": [row.first_year, row.last_year],
                    "main_goal": row.main_goal,
                    "goals": [_goal(goal) for goal in goals if goal.strategy_id == row.id],
                    **_origin(row),
                }
                for row in store.strategies(session, actor.workspace_id)
            ],
            "measures": [_measure(row, goal, today) for row, goal in store.every(session, actor.workspace_id)],
        }


def followed_in(actor: Actor, measure_id: str) -> list[dict[str, Any]]:
    """The cases in which a measure is or was followed up and that the actor may read, the newest first: `id`, `opened_at`,
    `closed_at`. Raises `MeasureNotFound`."""
    with reading() as session:
        row = store.measure(session, actor.workspace_id, measure_id)
        if row is None:
            raise MeasureNotFound
        here = actor.workspace_id
        told = {it.case_id for it in store.reports(session, here, measure_id) if it.case_id}
        found = dict(matters.some(session, here, {it for it in told if may_read(actor, it)}))
        if (
            store.numbered(session, here, row.number) is row
        ):  # else a later plan has that number, and the cases are about it
            only = Only(process=rules.FOLLOW_UP, name=str(row.number), sight=readable(actor))
            found |= {it.id: it for it in matters.page(session, here, only, after=None, limit=MOST)}
        newest = sorted(found.values(), key=lambda it: (it.opened_at, it.id), reverse=True)
        return [{"id": it.id, "opened_at": when(it.opened_at), "closed_at": when(it.closed_at)} for it in newest]


def reports(actor: Actor, measure_id: str) -> list[dict[str, Any]]:
    """What was reported on a measure, the newest first; `case_id` is None where the actor may not read the case. Raises
    `MeasureNotFound`."""
    with reading() as session:
        if store.measure(session, actor.workspace_id, measure_id) is None:
            raise MeasureNotFound
        return [
            {
                "id": row.id,
                "case_id": row.case_id if row.case_id and may_read(actor, row.case_id) else None,
                "before": row.before,
                "after": row.after,
                "light": row.light,
                "due_on": _day(row.due_on),
                "assessed": row.assessment is not None,
                "reported_at": when(row.reported_at),
            }
            for row in store.reports(session, actor.workspace_id, measure_id)
        ]


def _goal(row: Goal) -> dict[str, Any]:
    return {"id": row.id, "number": row.number, "text": row.text, **_origin(row)}


def _measure(row: Measure, goal: Goal, today: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "goal": goal.number,
        "goal_text": goal.text,
        "description": row.description,
        "strength": row.strength,
        "responsible": row.responsible,
        "due_on": _day(row.due_on),
        "status": row.status,
        "light": rules.light(row.status, row.due_on, today),
        "late": rules.late(row.status, row.due_on, today),
        "plan_origin": row.plan_origin,
        **_origin(row),
    }


def _origin(row: Any) -> dict[str, Any]:
    return {"origin": row.origin, "origin_ref": row.origin_ref}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
