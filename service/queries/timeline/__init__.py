"""A case step by step: who did what when, the diagram with its tokens as they stood, and what was decided by which rule."""

from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.engine.model import Process
from service.queries.timeline.book import Book
from service.queries.timeline.details import details
from service.queries.timeline.phases import phases
from service.queries.timeline.stages import Running, Stage
from service.queries.timeline.steps import steps_of
from service.queries.timeline.summaries import summary
from service.queries.withheld import Veil
from service.runtime import definitions
from service.store import cases, journal
from service.store.db import reading

__all__ = ["timeline"]

AROUND = 150
"""Steps that the text shows before and behind the one at hand, in a case that has many more."""


def timeline(
    actor: Actor, case_id: str, language: str, *, at: int | None = None, instance: str | None = None
) -> dict[str, Any]:
    """A case after its step number `at` (the last one unless it says; bounds are kept), as its page needs it.

    `instance` is the one whose diagram is shown; unless it says, the one in which the step happened. Raises
    `CaseNotFound`.
    """
    with reading() as session:
        here = actor.workspace_id
        case = cases.case(session, here, case_id)
        if case is None or not may_read(actor, case_id):
            raise CaseNotFound
        entries, veil = journal.entries(session, *case.stream), Veil(session, actor, case)
        steps, told = steps_of(entries), steps_of(veil.entries(entries))
        if not steps:
            raise CaseNotFound
        number = min(max(1, len(steps) if at is None else at), len(steps))
        step = told[number - 1]

        def drawn(digest: str, process_key: str) -> Process:
            return definitions.drawn(definitions.by_digest(session, here, digest, process_key))

        stage = Stage(drawn).after(steps[:number])
        book = Book(session, here, language, stage)
        shown = _shown(stage, instance or _place(stage, step.cause["data"]))
        first = max(1, number - AROUND) if len(steps) > 2 * AROUND else 1
        last = min(len(steps), number + AROUND) if len(steps) > 2 * AROUND else len(steps)
        later = Book(session, here, language, Stage(drawn).after(steps[:last])) if last > number else book
        decisions = [it.number for it in steps if it.decides]
        return {
            "case": {"id": case.id, "business_key": case.business_key, "title": later.root()},
            "count": len(steps),
            "at": number,
            "began_at": steps[0].cause["at"],
            "last_at": steps[-1].cause["at"],
            "decisions": decisions,
            "previous_decision": max((it for it in decisions if it < number), default=None),
            "next_decision": min((it for it in decisions if it > number), default=None),
            "step": summary(book, step) | details(book, step, actor),
            "phases": phases(steps),
            "steps": [summary(later, it) for it in told[first - 1 : last]],
            "instances": [_instance(book, it) for it in stage.instances.values()],
            "withheld": shown is not None and veil.hides(shown.id),
            "diagram": None if shown is None or veil.hides(shown.id) else _diagram(book, stage, shown),
        }


def _place(stage: Stage, data: Any) -> str | None:
    """The instance in which a step happened."""
    if "instance" in data:
        return str(data["instance"])
    task = stage.told.get(data.get("task", ""))
    return None if task is None else str(task["instance"])


def _shown(stage: Stage, wanted: str | None) -> Running | None:
    """The instance asked for, else the root, else none: a case whose start failed has none."""
    return stage.instances.get(wanted or "") or next(iter(stage.instances.values()), None)


def _instance(book: Book, instance: Running) -> dict[str, Any]:
    depth, parent = 0, instance.parent
    while parent is not None:
        depth, parent = depth + 1, book.stage.instances[parent].parent
    return {"id": instance.id, "name": book.process(instance.id), "depth": depth, "outcome": instance.outcome}


def _diagram(book: Book, stage: Stage, shown: Running) -> dict[str, Any]:
    """The drawing of an instance's version, and the marks on it; the same in words."""
    waiting, trace = stage.waiting(shown.id), shown.trace
    told = [
        {
            "name": book.element(shown.id, element.id),
            "kind": element.kind,
            "state": _state(element.id, waiting, shown),
            "count": waiting.get(element.id, 0),
        }
        for element in trace.process.elements
        if _state(element.id, waiting, shown)
    ]
    return {
        "instance": shown.id,
        "digest": shown.digest,
        "file": book.file(shown.digest, shown.process_key),
        "process": shown.process_key,
        "version": book.version(shown.digest),
        "labels": book.texts(shown.digest).labels(),
        "done": [key for key, count in trace.passed.items() if count and key not in waiting],
        "now": list(waiting),
        "cancelled": [key for key in trace.cancelled if not trace.passed[key] and key not in waiting],
        "tokens": waiting,
        "told": told,
    }


def _state(element: str, waiting: dict[str, int], shown: Running) -> str | None:
    if element in waiting:
        return "now"
    if shown.trace.passed[element]:
        return "done"
    return "cancelled" if shown.trace.cancelled[element] else None
