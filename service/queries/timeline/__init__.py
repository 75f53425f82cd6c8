"""A case step by step: who did what when, the diagram with its tokens as they stood, and what was decided by which rule."""

from collections.abc import Sequence
from typing import Any

from service.domain.actors import Actor
from service.queries.timeline import between, holdings, values
from service.queries.timeline.book import Book
from service.queries.timeline.course import Course
from service.queries.timeline.details import details
from service.queries.timeline.looks import looks
from service.queries.timeline.parts import diagram, part, place, shown
from service.queries.timeline.phases import phases
from service.queries.timeline.stages import Stage
from service.queries.timeline.steps import Step
from service.queries.timeline.summaries import summary
from service.store.db import reading

__all__ = ["compared", "moment", "timeline"]

ALL = 200
"""Steps up to which a case's page lists all of them; of a longer one only those `AROUND` the one at hand."""

AROUND = 60


def timeline(
    actor: Actor, case_id: str, language: str, *, at: int | None = None, instance: str | None = None
) -> dict[str, Any]:
    """A case after its step number `at` (the last one unless it says), as its page needs it.

    `instance` is the one whose diagram is shown; unless it says, the one in which the step happened. Raises
    `CaseNotFound`, `StepNotFound`.
    """
    with reading() as session:
        course = Course.of(session, actor, case_id, language)
        number = course.number(at)
        return _told(course, number, course.stage(number), instance)


def moment(
    actor: Actor, case_id: str, language: str, *, at: int | None = None, instance: str | None = None
) -> dict[str, Any]:
    """The same with all that lay on the table then: who had which task, the ballots and who was entitled in them, the
    documents, and the values that the case went by, with what the step changed of them. Raises `CaseNotFound`,
    `StepNotFound`."""
    with reading() as session:
        course = Course.of(session, actor, case_id, language)
        number = course.number(at)
        stage = course.stage(number)
        found = _told(course, number, stage, instance)
        held = holdings.Holdings().after(course.steps[:number])
        return found | {
            "looks": looks(course, course.book(stage)),
            "held": holdings.told(course, course.book(stage).at(number), held),
            "values": values.told(
                course, stage, number, shown(stage, instance or place(stage, course.steps[number - 1]))
            ),
        }


def compared(actor: Actor, case_id: str, language: str, *, before: int | None, after: int | None) -> dict[str, Any]:
    """Two moments of a case, the earlier one first, and what is different between them. Raises `CaseNotFound`,
    `StepNotFound`."""
    with reading() as session:
        course = Course.of(session, actor, case_id, language)
        first, last = sorted((course.number(before), course.number(after)))
        return between.told(course, first, last)


def _told(course: Course, number: int, stage: Stage, instance: str | None) -> dict[str, Any]:
    steps, step = course.steps, course.told[number - 1]
    book = course.book(stage)
    seen = shown(stage, instance or place(stage, steps[number - 1]))
    first, last = _window(len(steps), number)
    later = course.book(stage.copy().after(steps[number:last])) if last > number else book
    decisions = [it.number for it in steps if it.decides]
    hidden = seen is not None and course.veil.hides(seen.id)
    return {
        "case": {"id": course.case.id, "business_key": course.case.business_key, "title": later.root()},
        "count": len(steps),
        "at": number,
        "began_at": steps[0].cause["at"],
        "last_at": steps[-1].cause["at"],
        "decisions": decisions,
        "previous_decision": max((it for it in decisions if it < number), default=None),
        "next_decision": min((it for it in decisions if it > number), default=None),
        "step": summary(book, step) | details(book, step, course.actor),
        "phases": phases(steps),
        "steps": _listed(later, course.told[first - 1 : last]),
        "instances": [part(book, it) for it in stage.instances.values()],
        "withheld": hidden,
        "diagram": None if seen is None or hidden else diagram(book, stage, seen),
    }


def _window(count: int, number: int) -> tuple[int, int]:
    """The first and the last of the steps that are listed."""
    return (1, count) if count <= ALL else (max(1, number - AROUND), min(count, number + AROUND))


def _listed(book: Book, steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [summary(book, it) for it in steps]
