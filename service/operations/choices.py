"""Lists that the workspace keeps, by the name with which a form offers one to choose from (`x-choices`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from service.domain import targets as rules
from service.domain.organisations import LEAD, STEERING_GROUP
from service.store import candidates, measures, organisations, targets
from service.store.tables import Organisation, Target, TargetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: the answer that it makes, and what it is called."""

    value: str
    label: str


def targets_in_force(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:  # noqa: ARG001
    """The targets that members go by, by number."""
    return _targets(targets.every(session, workspace_id), targets.all_versions(session, workspace_id), rules.LIVE)


def targets_revisable(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:  # noqa: ARG001
    """The targets that members go by and of which no case makes a new version, by number."""
    versions = targets.all_versions(session, workspace_id)
    begun = targets.in_making(session, workspace_id, (it for found in versions.values() for it in found))
    revised = {it.target_id for it in begun}
    rows = [row for row in targets.every(session, workspace_id) if row.id not in revised]
    return _targets(rows, versions, rules.LIVE)


def targets_standing(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:  # noqa: ARG001
    """The targets that are in force or being made, by number."""
    standing = frozenset(rules.STATUSES) - rules.OVER
    return _targets(targets.every(session, workspace_id), targets.all_versions(session, workspace_id), standing)


def members(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:
    """The organisations that are members now, by name."""
    found = organisations.known(session, workspace_id, organisations.members(session, workspace_id, now))
    return _organisations(found.values())


def voters(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:
    """The organisations with a vote in the steering group now, by name."""
    body = organisations.body(session, workspace_id, STEERING_GROUP)
    seats = [] if body is None else organisations.seated(session, workspace_id, body.id, now, voting=True)
    return _organisations(organisation for _, organisation in seats)


def leads(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:
    """Those of the voters for whom somebody can act as the lead of a working group now, by name."""
    able = candidates.organisations_with(session, workspace_id, LEAD, now)
    return [choice for choice in voters(session, workspace_id, now) if choice.value in able]


def every_organisation(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:  # noqa: ARG001
    """Every organisation of the register, by name."""
    return _organisations(organisations.every(session, workspace_id))


def every_measure(session: "Session", workspace_id: str, now: datetime) -> list[Choice]:  # noqa: ARG001
    """The measures of the action plan, by number."""
    rows = [measure for measure, _ in measures.every(session, workspace_id)]
    return [Choice(str(row.number), f"{row.number}. {row.description}") for row in rows]


LISTS: Mapping[str, Callable[["Session", str, datetime], Sequence[Choice]]] = {
    "targets.in_force": targets_in_force,
    "targets.revisable": targets_revisable,
    "targets.standing": targets_standing,
    "organisations.members": members,
    "organisations.voters": voters,
    "organisations.leads": leads,
    "organisations": every_organisation,
    "measures": every_measure,
}
"""Every list by name."""


def offered(session: "Session", workspace_id: str, name: str, now: datetime) -> Sequence[Choice]:
    """What is on a list now; nothing where there is none of that name."""
    return LISTS[name](session, workspace_id, now) if name in LISTS else ()


def _targets(
    rows: Iterable[Target], versions: Mapping[str, list[TargetVersion]], statuses: frozenset[str]
) -> list[Choice]:
    return [
        Choice(row.key, f"{row.key} {row.title}")
        for row in rows
        if row.id in versions and rules.shown([it.status for it in versions[row.id]]) in statuses
    ]


def _organisations(rows: Iterable[Organisation]) -> list[Choice]:
    return sorted((Choice(row.id, row.name) for row in rows), key=lambda it: (it.label.casefold(), it.value))
