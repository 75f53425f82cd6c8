"""Tasks, timers and incidents, as the journal tells of them."""

from collections.abc import Mapping
from typing import Any

from service.domain.copies.said import Copies, Either, Entry, Tell

FREE: Mapping[str, Any] = {"state": "open", "assignee_id": None, "claimed_at": None}


def _opened(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "tasks",
        data["task"],
        case_id=entry["stream"],
        instance_id=data["instance"],
        activity_id=data["activity"],
        bundle_digest=told.value("instances", (data["instance"],), "bundle_digest"),
        due_at=data.get("due_at"),
        opened_at=entry["at"],
        closed_at=None,
        suspended_at=None,
        form_drawn=True,
        **_addressed(data),
        **FREE,
    )


def _addressed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Whom a task is for. Whether a candidate was known as a person or an organisation, no entry says."""
    candidate = Either((data["candidate"], None)) if "candidate" in data else None
    return {"role_key": data.get("role"), "candidate": candidate}


def _readdressed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "tasks", data["task"], activity_id=data["activity"], **_addressed(data))


def _claimed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "tasks", data["task"], state="claimed", assignee_id=entry["actor"], claimed_at=entry["at"])


def _assigned(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "tasks", data["task"], state="claimed", assignee_id=data["person"], claimed_at=entry["at"])


def _released(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "tasks", data["task"], **FREE)


def _completed(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    done = data.get("answered_at", entry["at"])
    taken = told.value("tasks", (data["task"],), "claimed_at") or done
    told.say(
        entry,
        "tasks",
        data["task"],
        state="completed",
        assignee_id=entry["actor"],
        claimed_at=taken,
        closed_at=done,
    )


def _cancelled(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "tasks", data["task"], state="cancelled", closed_at=entry["at"])


def _answered(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "incidents", data["incident"], answers=data.get("answers", {}), answered_by=entry["actor"])


def _timer_set(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "timers",
        data["timer"],
        case_id=entry["stream"],
        instance_id=data["instance"],
        activity_id=data["activity"],
        due_at=data["due_at"],
    )


def _timer_gone(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.remove(entry, "timers", data["timer"])


def _stopped(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(
        entry,
        "incidents",
        data["incident"],
        case_id=entry["stream"],
        instance_id=data["instance"],
        kind=data["fault"],
        target=data["move"],
        resolved_at=None,
    )


def _stands(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    if "fault" in data:  # the first shape of this entry stood beside another that an incident was opened
        told.say(entry, "incidents", data["incident"], instance_id=data["instance"], kind=data["fault"])


def _resolved(told: Copies, entry: Entry, data: Mapping[str, Any]) -> None:
    told.say(entry, "incidents", data["incident"], resolved_at=entry["at"])


TELLS: Mapping[str, Tell] = {
    "task.opened": _opened,
    "task.readdressed": _readdressed,
    "task.claimed": _claimed,
    "task.assigned": _assigned,
    "task.released": _released,
    "task.answered": _answered,
    "task.completed": _completed,
    "task.cancelled": _cancelled,
    "timer.set": _timer_set,
    "timer.fired": _timer_gone,
    "timer.cleared": _timer_gone,
    "incident.opened": _stopped,
    "incident.tried": _stands,
    "incident.resolved": _resolved,
}
