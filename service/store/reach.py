"""Which tasks a person may take, as ranges of an index: one for every way they come to her.

Building a statement of many ranges costs more than running it. It is the same for all who have as many roles and
organisations, so it is built from a `Reach` alone, and who she is comes with the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, bindparam, or_, tuple_

from service.domain.actors import Actor
from service.store.tables import Task
from service.store.tables.base import AwareUTC

Place = tuple[datetime, str]
"""Where a page of an inbox ended: `queue_at` and id of its last task."""

WORKSPACE: BindParameter[str] = bindparam("workspace")
PERSON: BindParameter[str] = bindparam("person")
ROLE: BindParameter[str] = bindparam("role")
MOST: BindParameter[int] = bindparam("most", type_=Integer())
_HELD: BindParameter[Any] = bindparam("held", expanding=True)
_AT: BindParameter[datetime] = bindparam("after_at", type_=AwareUTC())
_ID: BindParameter[str] = bindparam("after_id")


@dataclass(frozen=True, slots=True)
class Range:
    """Tasks that lie side by side in an index, and what to order them by so that no more is read than is asked for."""

    where: ColumnElement[bool]
    order: tuple[Any, ...] = (Task.queue_at, Task.id)


MINE = Range((Task.assignee_id == PERSON) & (Task.state == "claimed"))
"""The tasks that she has."""

BEHIND = tuple_(Task.queue_at, Task.id) > tuple_(_AT, _ID)
"""What stands behind the place where a page ended."""


@dataclass(frozen=True, slots=True)
class Reach:
    """In how many ways tasks come to a person: roles held everywhere, roles held in one case, organisations.

    `named`: those that name her and no role of hers count too.
    """

    roles: int
    cases: int
    organisations: int
    named: bool


def reach(actor: Actor, role: str | None = None) -> Reach:
    """How tasks come to the actor; with `role`, those of that role alone."""
    everywhere, in_cases = _held(actor, role)
    return Reach(len(everywhere), len(in_cases), len(actor.organisations), role is None)


def values(
    actor: Actor, *, after: Place | None, limit: int, role: str | None = None
) -> Mapping[str, str | int | datetime | list[str] | None]:
    """The values of a statement built from the reach of the actor and that role."""
    everywhere, in_cases = _held(actor, role)
    at, row_id = after or (None, None)
    return {
        "workspace": actor.workspace_id,
        "person": actor.person_id,
        "role": role,
        "most": limit,
        "held": sorted(actor.roles),
        "after_at": at,
        "after_id": row_id,
        **{f"role_{number}": key for number, key in enumerate(everywhere)},
        **{f"case_role_{number}": key for number, (_, key) in enumerate(in_cases)},
        **{f"case_{number}": case_id for number, (case_id, _) in enumerate(in_cases)},
        **{f"organisation_{number}": it for number, it in enumerate(sorted(actor.organisations))},
    }


def free(of: Reach) -> list[Range]:
    """The tasks that nobody has yet and that a person of that reach may take."""
    ranges = [_of_one(hers & (Task.state == "open")) for hers in _of_roles(of)]
    if of.named:
        unroled = or_(Task.role_key.is_(None), Task.role_key.not_in(_HELD))
        ranges.append(Range((Task.candidate_person_id == PERSON) & (Task.state == "open") & unroled))
    return ranges


def taken(of: Reach) -> list[Range]:
    """The tasks that others have, and that a person of that reach could have taken."""
    others = (Task.state == "claimed") & (Task.assignee_id != PERSON)
    return [_of_one(hers & others) for hers in _of_roles(of)]


def _of_one(where: ColumnElement[bool]) -> Range:
    """Tasks that are all for one organisation, or all for none. That an index is in order behind a column that IS NULL
    PostgreSQL does not know, unless it is asked for that column too."""
    return Range(where, (Task.candidate_organisation_id, Task.queue_at, Task.id))


def _of_roles(of: Reach) -> list[ColumnElement[bool]]:
    """One condition for each role and organisation by which tasks come to a person of that reach."""
    for_her = or_(Task.candidate_person_id.is_(None), Task.candidate_person_id == PERSON)
    held: list[ColumnElement[bool]] = [Task.role_key == bindparam(f"role_{number}") for number in range(of.roles)]
    held += [
        (Task.role_key == bindparam(f"case_role_{number}")) & (Task.case_id == bindparam(f"case_{number}"))
        for number in range(of.cases)
    ]
    of_whom: list[ColumnElement[bool]] = [Task.candidate_organisation_id.is_(None)]
    of_whom += [Task.candidate_organisation_id == bindparam(f"organisation_{it}") for it in range(of.organisations)]
    return [hers & whom & for_her for hers in held for whom in of_whom]


def _held(actor: Actor, role: str | None) -> tuple[list[str], list[tuple[str, str]]]:
    everywhere = [key for key in sorted(actor.roles) if role in (None, key)]
    in_cases = [(case_id, key) for case_id, key in sorted(actor.case_roles) if key not in actor.roles]
    return everywhere, [held for held in in_cases if role in (None, held[1])]
