"""Measures of an action plan: L3's six columns, and what a report may say (B02, B03)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, get_args

from service.domain.record_errors import (
    AssessmentMissing,
    MeasureIncomplete,
    MeasureKeeperNeeded,
    MeasureStatusRefused,
    ReasonMissing,
)

Status = Literal["not started", "ongoing", "done", "continuous", "delayed", "dropped"]
Strength = Literal["must", "should", "assess", "avoid", "produce"]
"""skal stilles · bør · skal vurderes · skal unngås · skal utarbeides."""

Light = Literal["green", "amber", "red", "grey"]

_ROLE = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")

STATUSES: tuple[str, ...] = get_args(Status)
STRENGTHS: tuple[str, ...] = get_args(Strength)

MOVES: Mapping[str | None, frozenset[str]] = {
    None: frozenset({"not started", "ongoing", "done", "continuous", "delayed", "dropped"}),
    "not started": frozenset({"ongoing", "done", "continuous", "delayed", "dropped"}),
    "ongoing": frozenset({"done", "continuous", "delayed", "dropped"}),
    "continuous": frozenset({"ongoing", "done", "delayed", "dropped"}),
    "delayed": frozenset({"ongoing", "done", "continuous", "dropped"}),
    "done": frozenset({"ongoing"}),
    "dropped": frozenset({"not started", "ongoing"}),
}
"""Every change of status: the one table. None is blank, as in the source. What was closed may be taken up again."""

CLOSED = frozenset({"done", "dropped"})
FOLLOW_UP = "measure-followup"
"""The process by which a measure is followed up. Its case is named by the measure's number."""

KEEPER = "lill.proc.section"
"""The role that keeps the plan: only the procurement section changes it (L18)."""

SOON = timedelta(days=30)


def check_keeper(keeps: bool) -> None:
    """Raise `MeasureKeeperNeeded` unless who changes the plan is its keeper (L18)."""
    if not keeps:
        raise MeasureKeeperNeeded(role=KEEPER)


def check_report(before: str | None, after: str, *, complete: bool) -> None:
    """Raise the error that says why a report may not take a measure from one status to another.

    `complete`: it has somebody responsible and a deadline, without which it is not active (B02).
    """
    if after not in STATUSES or (after != before and after not in MOVES[before]):
        raise MeasureStatusRefused(before=before or "blank", after=after)
    if after not in ("not started", "dropped") and not complete:
        raise MeasureIncomplete


def lacking(strength: str, after: str, *, assessed: bool, reasoned: bool) -> Literal["assessment", "reason"] | None:
    """What a report lacks that is to close a measure: one that is to be assessed closes only with a documented
    assessment (L9, L11, L14), and one is dropped only with a reason (B03)."""
    if strength == "assess" and after == "done" and not assessed:
        return "assessment"
    return "reason" if after == "dropped" and not reasoned else None


def check_closing(strength: str, after: str, *, assessed: bool, reasoned: bool) -> None:
    """Raise `AssessmentMissing` or `ReasonMissing` where that is lacking."""
    missing = lacking(strength, after, assessed=assessed, reasoned=reasoned)
    if missing == "assessment":
        raise AssessmentMissing
    if missing == "reason":
        raise ReasonMissing


def light(status: str | None, due_on: date | None, today: date) -> Light:
    """The traffic light: grey without a status, red when late, amber within thirty days of the deadline or delayed."""
    if status is None:
        return "grey"
    if status in CLOSED:
        return "green"
    if due_on is not None and due_on < today:
        return "red"
    if status == "delayed" or (due_on is not None and status != "continuous" and due_on - today <= SOON):
        return "amber"
    return "green"


def late(status: str | None, due_on: date | None, today: date) -> bool:
    """Whether a measure has passed its deadline: its owner says why and proposes another date."""
    return light(status, due_on, today) == "red"


def role(responsible: str | None) -> str | None:
    """Who is responsible as a record may say it: the key of a role, and None for what is said in other words."""
    return responsible if responsible is not None and _ROLE.fullmatch(responsible) else None
