"""Cases and their instances, as the journal tells of them."""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import Copies, Entry, Tell

ACTIVE = "active"


def opened(told: Copies, entry: Entry) -> None:
    """The first entry of a case's stream: it was opened then."""
    unset = ("status", "closed_at", "suspended_at", "access_basis", "readers", "handed_over_at")
    told.say(entry, "cases", entry["stream"], opened_at=entry["at"], **dict.fromkeys(unset))


def _status(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], status=data["status"])


def _suspended(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], suspended_at=entry["at"])
    _waiting(told, entry, entry["at"])


def _waiting(told: Copies, entry: Entry, since: str | None) -> None:
    """The tasks of a case that wait do so as suspended since then, or as before."""
    for key in told.where("tasks", case_id=entry["stream"], closed_at=None):
        told.say(entry, "tasks", *key, suspended_at=since)


def _resumed(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], suspended_at=None)
    _waiting(told, entry, None)


def _cancelled(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], suspended_at=None)
    _waiting(told, entry, None)
    _closed(told, entry)


def _closed_off(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    readers = f" {' '.join(data['readers'])} "
    told.say(entry, "cases", entry["stream"], access_basis=data["basis"], readers=readers)


def _opened_up(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], access_basis=None, readers=None)


def _handed_over(told: Copies, entry: Entry, _: Mapping[str, Any]) -> None:
    told.say(entry, "cases", entry["stream"], handed_over_at=entry["at"])


def _begun(
    told: Copies, entry: Entry, instance: str, data: Mapping[str, Any], called: Mapping[str, Any] | None = None
) -> None:
    by = called or {}
    told.say(
        entry,
        "instances",
        instance,
        case_id=entry["stream"],
        bundle_digest=data["bundle"],
        process_key=data["process"],
        parent_id=by.get("instance"),
        parent_task_id=by.get("task"),
        parent_activity_id=by.get("activity"),
        status=ACTIVE,
        started_at=entry["at"],
        ended_at=None,
        end_event=None,
    )
    told.active.setdefault(entry["stream"], set()).add(instance)
    told.say(entry, "cases", entry["stream"], closed_at=None)


def _started(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    _begun(told, entry, data["instance"], data)


def _bound(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    _begun(told, entry, data["child"], data, data)


def _ended(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "instances",
        data["instance"],
        status=data["outcome"],
        ended_at=entry["at"],
        end_event=data.get("end_event"),
    )
    told.active[entry["stream"]].discard(data["instance"])
    _closed(told, entry)


def _closed(told: Copies, entry: Entry) -> None:
    """A case is over when nothing of it goes on."""
    if not told.active.get(entry["stream"]):
        told.say(entry, "cases", entry["stream"], closed_at=entry["at"])


def _migrated(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    renamed, instance = data.get("renamed", {}), data["instance"]
    told.say(entry, "instances", instance, bundle_digest=data["bundle"])
    for table, owner, column in (
        ("instances", "parent_id", "parent_activity_id"),
        ("tasks", "instance_id", "activity_id"),
        ("timers", "instance_id", "activity_id"),
    ):
        for key in told.where(table, **{owner: instance}):
            before = told.value(table, key, column)
            if before in renamed:
                told.say(entry, table, *key, **{column: renamed[before]})
    for key in told.where("tasks", instance_id=instance):
        if told.value("tasks", key, "closed_at") is None:
            told.say(entry, "tasks", *key, bundle_digest=data["bundle"])


TELLS: Mapping[str, Tell] = {
    "case.status_changed": _status,
    "case.suspended": _suspended,
    "case.resumed": _resumed,
    "case.cancelled": _cancelled,
    "case.closed_off": _closed_off,
    "case.opened_up": _opened_up,
    "case.handed_over": _handed_over,
    "instance.started": _started,
    "call.bound": _bound,
    "instance.ended": _ended,
    "instance.migrated": _migrated,
}
