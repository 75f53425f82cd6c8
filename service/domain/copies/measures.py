"""The action plan, as the journals of the workspace and of several cases tell of it."""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import UNKNOWN, Copies, Entry, Tell
from service.domain.measures import role

BLANK: Mapping[str, Any] = {"responsible": None, "due_on": None, "status": None}


def _strategy(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "strategies", data["strategy"], goals=data["goals"], content=data.get("content", UNKNOWN))


def _added(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "measures",
        data["measure"],
        number=data["number"],
        strength=data["strength"],
        content=data.get("content", UNKNOWN),
        **BLANK,
    )


def _changed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """An entry names who is responsible where that is a role; older ones named whatever was written."""
    said = {name: data.get(name) for name in BLANK}
    told.say(entry, "measures", data["measure"], **said | {"responsible": role(said["responsible"])})


def _reported(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "measure_reports",
        data["report"],
        case_id=entry["stream"],
        measure_id=data["measure"],
        before=data.get("before"),
        after=data["after"],
        light=data["light"],
        reported_at=entry["at"],
        content=data.get("content", UNKNOWN),
    )


def _report_called(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    """What the plan says now: a report that lacks something closes nothing."""
    for it in told.followed(entry, "measure.reported")[-1:]:
        told.say(entry, "measures", it["data"]["measure"], status=data["result"]["status"])


TELLS: Mapping[str, Tell] = {
    "strategy.registered": _strategy,
    "measure.added": _added,
    "measure.changed": _changed,
    "measure.reported": _reported,
}
CALLS: Mapping[str, Tell] = {"measures.report": _report_called}
