"""What receivers outside may hear of: kinds of facts, and of each the fields that are ids, keys, numbers and times.

Nothing that a person wrote and no name goes out. An event is a CloudEvent 1.0; its type is the kind behind `eu.mandat.`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.domain.facts import Fact
from service.domain.journal import instant

TYPE = "eu.mandat."

EVENTS: Mapping[str, tuple[str, ...]] = {
    "instance.started": ("instance", "process", "bundle"),
    "instance.ended": ("instance", "outcome", "end_event"),
    "instance.cancelled": ("instance",),
    "instance.migrated": ("instance", "process", "bundle"),
    "task.opened": ("task", "instance", "activity", "role", "due_at"),
    "task.claimed": ("task",),
    "task.released": ("task",),
    "task.assigned": ("task", "person"),
    "task.answered": ("task", "instance", "incident"),
    "task.completed": ("task", "instance", "answered_at"),
    "task.cancelled": ("task",),
    "task.readdressed": ("task", "instance", "activity", "role"),
    "incident.opened": ("incident", "instance", "activity", "fault"),
    "incident.resolved": ("incident",),
    "case.status_changed": ("status", "activity"),
    "document.added": ("document", "digest", "size"),
    "target.status_changed": ("target", "version", "before", "after"),
    "target.adopted": ("target", "version", "number", "ballot", "digest"),
    "target.published": ("target", "version", "number", "valid_from", "digest"),
    "ballot.opened": ("ballot",),
    "ballot.closed": ("ballot", "outcome"),
    "hearing.opened": ("hearing", "of", "round", "due_on"),
    "hearing.extended": ("hearing", "due_on"),
    "hearing.closed": ("hearing", "outcome"),
    "measure.changed": ("measure", "due_on", "status"),
    "measure.reported": ("measure", "before", "after", "light"),
    "membership.begun": ("membership", "organisation", "valid_from"),
    "membership.ended": ("membership", "organisation", "valid_to"),
    "bundle.deployed": ("deployment", "bundle", "key", "number", "processes"),
}
"""The fields that go out, by kind."""


def told(fact: Fact, case_id: str | None, now: datetime) -> dict[str, Any]:
    """An event as it waits: its kind, the case that it is about if any, when it was, and what goes out of the fact."""
    data = fact.data()
    shown = {name: data[name] for name in EVENTS[fact.KIND] if name in data}
    return {"kind": fact.KIND, "case": case_id, "at": instant(now), "data": shown}


def cloud_event(event_id: str, source: str, waiting: Mapping[str, Any]) -> dict[str, Any]:
    """A CloudEvent 1.0 in its JSON form, from what `told` gave. `source` is the address of the workspace."""
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": source,
        "type": TYPE + waiting["kind"],
        "time": waiting["at"],
        "datacontenttype": "application/json",
        "data": waiting["data"],
    }
    return event if waiting["case"] is None else event | {"subject": waiting["case"]}
