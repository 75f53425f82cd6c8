"""A step in a few facts: who, when, on what, and what came of it. The page puts them into words."""

from collections.abc import Mapping
from typing import Any

from service.queries.timeline.book import Book
from service.queries.timeline.records import SAID, record
from service.queries.timeline.steps import Step
from service.queries.withheld import WITHHELD


def summary(book: Book, step: Step) -> dict[str, Any]:
    """One line of the timeline. `follow` has one item for each consequence that a reader would want to know of."""
    book, cause, data = book.at(step.number), step.cause, step.cause["data"]
    instance, activity = _where(book, data)
    return {
        "number": step.number,
        "at": cause["at"],
        "kind": step.kind,
        "instance": instance,
        "activity": activity,
        "who": book.actor(cause),
        "auth": cause["auth"].partition(":")[0],
        "role": book.role(cause.get("role") or _role(book, data)),
        "demo": cause.get("clock") == "demo",
        "answered_at": data.get("answered_at"),
        "anew": "replaces" in data,
        "name": book.element(instance, activity) if instance and activity else None,
        "process": book.process(instance) if instance else None,
        "to": book.person(data["person"]) if step.kind == "task.assigned" else None,
        "decides": step.decides,
        "versions": (book.version(data["previous"]), book.version(data["bundle"])) if "previous" in data else None,
        "record": record(book, step.kind, data) if step.kind in SAID else None,
        "follow": [told for entry in step.follow if (told := _told(book, entry))],
    }


def _where(book: Book, data: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The instance and the activity that an entry is about."""
    task = book.stage.told.get(data.get("task", "")) or {}
    timer = _timer(book, data)
    instance = data.get("instance") or task.get("instance") or timer.get("instance")
    return instance, data.get("activity") or task.get("activity") or timer.get("activity")


def _timer(book: Book, data: Mapping[str, Any]) -> Mapping[str, Any]:
    return book.stage.timed.get(data.get("timer", "")) or {}


def _role(book: Book, data: Mapping[str, Any]) -> str | None:
    task = book.stage.told.get(data.get("task", "")) or {}
    return task.get("role") or task.get("drawn_role")


def _told(book: Book, entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """A consequence; None for one that says nothing to a reader, such as a timer that no longer counts or what
    programs outside are told, or that is withheld from her."""
    kind, data = entry["kind"], entry["data"]
    if kind in ("timer.cleared", "incident.resolved", "notice.queued") or data.get("record") == WITHHELD:
        return None
    instance, activity = _where(book, data)
    told = {
        "kind": kind,
        "name": book.element(instance, activity) if instance and activity else None,
        "process": book.process(data.get("child") or instance or ""),
    }
    match kind:
        case "task.opened" | "task.readdressed":
            role = data.get("role") or data.get("drawn_role")
            told |= {
                "role": book.role(role),
                "to": book.person(data.get("candidate", "")),
                "due_at": data.get("due_at"),
            }
        case "timer.set":
            told |= {"due_at": data["due_at"], "closes": book.closes(instance or "", activity or "")}
        case "evaluation.made" if data["of"] == "gateway":
            told |= {"of": "gateway", "ways": [book.way(instance or "", flow) for flow in data["record"]["taken"]]}
        case "evaluation.made":
            asked = data["record"]["decisions"][-1]
            fired = [rule["index"] for firing in asked["fired"] for rule in firing["rules"]]
            told |= {"of": "decision", "decision": asked["name"], "fired": fired}
        case "instance.ended":
            told |= {"outcome": data["outcome"]}
        case "operation.called":
            told |= {"operation": data["operation"]}
        case "message.received" | "message.refused":
            told |= {"message": data["name"]}
        case "message.sent":
            told |= {"message": data["message"]}
        case _ if kind in SAID:
            told |= {"record": record(book, kind, data)}
    return told
