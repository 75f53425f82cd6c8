"""The parts of a case: which of its instances a step is in, what called it, and its drawing with the marks on it."""

from typing import Any

from service.queries.timeline.book import Book
from service.queries.timeline.stages import Running, Stage
from service.queries.timeline.steps import Step


def place(stage: Stage, step: Step) -> str | None:
    """The instance in which a step happened."""
    data = step.cause["data"]
    if "instance" in data:
        return str(data["instance"])
    task = stage.told.get(data.get("task", ""))
    return None if task is None else str(task["instance"])


def shown(stage: Stage, wanted: str | None) -> Running | None:
    """The instance asked for, else the root, else none: a case whose start failed has none."""
    return stage.instances.get(wanted or "") or next(iter(stage.instances.values()), None)


def part(book: Book, instance: Running) -> dict[str, Any]:
    """An instance as it is listed: what it is called, how deep it lies, which one called it, and how it ended."""
    depth, parent = 0, instance.parent
    while parent is not None:
        depth, parent = depth + 1, book.stage.instances[parent].parent
    return {
        "id": instance.id,
        "name": book.process(instance.id),
        "depth": depth,
        "parent": instance.parent,
        "outcome": instance.outcome,
    }


def diagram(book: Book, stage: Stage, seen: Running) -> dict[str, Any]:
    """The drawing of an instance's version, and the marks on it; the same in words. `callers` are those that it was
    called by, the outermost first, and where in them; `calls` the parts that it has called, by the activity."""
    waiting, trace = stage.waiting(seen.id), seen.trace
    told = [
        {
            "name": book.place(seen.id, element.id),
            "kind": element.kind,
            "state": _state(element.id, waiting, seen),
            "count": waiting.get(element.id, 0),
        }
        for element in trace.process.elements
        if _state(element.id, waiting, seen)
    ]
    return {
        "instance": seen.id,
        "digest": seen.digest,
        "file": book.file(seen.digest, seen.process_key),
        "process": seen.process_key,
        "version": book.version(seen.digest),
        "labels": book.texts(seen.digest).labels(),
        "done": [key for key, count in trace.passed.items() if count and key not in waiting],
        "now": list(waiting),
        "cancelled": [key for key in trace.cancelled if not trace.passed[key] and key not in waiting],
        "tokens": waiting,
        "told": told,
        "callers": _callers(book, seen),
        "calls": [
            part(book, it) | {"element": book.element(seen.id, it.activity or "")}
            for it in stage.instances.values()
            if it.parent == seen.id
        ],
    }


def _callers(book: Book, seen: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    here = seen
    while here.parent is not None:
        caller = book.stage.instances[here.parent]
        found.insert(0, part(book, caller) | {"element": book.element(caller.id, here.activity or "")})
        here = caller
    return found


def _state(element: str, waiting: dict[str, int], seen: Running) -> str | None:
    if element in waiting:
        return "now"
    if seen.trace.passed[element]:
        return "done"
    return "cancelled" if seen.trace.cancelled[element] else None
