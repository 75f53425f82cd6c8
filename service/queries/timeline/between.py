"""Two moments of a case, and what is different between them: where it stood, its tasks, ballots, documents and values."""

from collections.abc import Mapping
from typing import Any

from service.queries.replay.moments import Unknown
from service.queries.revealing import names_in
from service.queries.timeline.book import Book
from service.queries.timeline.course import Course
from service.queries.timeline.holdings import Holdings, tasks
from service.queries.timeline.stages import Stage
from service.queries.timeline.summaries import summary
from service.queries.timeline.values import Reader, at, changed_values


def told(course: Course, first: int, last: int) -> dict[str, Any]:
    """What is different after the step `last` from what it was after the step `first`."""
    stages = course.stage(first), course.stage(last)
    books = course.book(stages[0]).at(first), course.book(stages[1]).at(last)
    held = Holdings().after(course.steps[:first]), Holdings().after(course.steps[:last])
    later = books[1]
    return {
        "case": {"id": course.case.id, "business_key": course.case.business_key, "title": later.root()},
        "count": len(course.steps),
        "moments": [summary(book, course.told[number - 1]) for book, number in zip(books, (first, last), strict=True)],
        "parts": [
            part
            for key in stages[1].instances
            if not course.veil.hides(key) and (part := _part(later, stages, key)) is not None
        ],
        "tasks": _tasks(books, held),
        "documents": [
            {"id": key, "name": later.document(key), "digest": data["digest"], "step": step}
            for key, (step, _, data) in held[1].documents.items()
            if key not in held[0].documents
        ],
        "drafts": [
            {"target": key, "before": held[0].drafts.get(key, (0, None))[1], "after": digest}
            for key, (_, digest) in held[1].drafts.items()
            if held[0].drafts.get(key, (0, None))[1] != digest
        ],
        "ballots": _ballots(later, held),
    } | _values(course, later, first, last)


def _part(book: Book, stages: tuple[Stage, Stage], key: str) -> dict[str, Any] | None:
    """Where the tokens of an instance were and are; None where nothing of it has changed."""
    before, after = (stage.instances.get(key) for stage in stages)
    assert after is not None, "what was begun stays"
    then = stages[0].waiting(key) if before is not None else {}
    now = stages[1].waiting(key)
    outcomes = (None if before is None else before.outcome, after.outcome)
    if then == now and before is not None and outcomes[0] == outcomes[1]:
        return None
    return {
        "instance": key,
        "name": book.process(key),
        "begun": before is None,
        "ended": after.outcome if outcomes[0] is None else None,
        "left": [_at(book, key, it, count) for it, count in then.items() if now.get(it) != count],
        "reached": [_at(book, key, it, count) for it, count in now.items() if then.get(it) != count],
    }


def _at(book: Book, instance_id: str, element: str, count: int) -> dict[str, Any]:
    return {"name": book.place(instance_id, element), "count": count}


def _tasks(books: tuple[Book, Book], held: tuple[Holdings, Holdings]) -> dict[str, list[dict[str, Any]]]:
    """The tasks that no longer wait, those that wait now, and those that another person has."""
    then, now = ({it["id"]: it for it in tasks(book, all_)} for book, all_ in zip(books, held, strict=True))
    kept = [(then[key], it) for key, it in now.items() if key in then]
    return {
        "gone": [it for key, it in then.items() if key not in now],
        "new": [it for key, it in now.items() if key not in then],
        "passed_on": [it | {"before": old["taken_by"]} for old, it in kept if old["taken_by"] != it["taken_by"]],
    }


def _ballots(book: Book, held: tuple[Holdings, Holdings]) -> list[dict[str, Any]]:
    found = []
    for key in held[1].opened:
        before, after = (len(it.voted.get(key, ())) for it in held)
        closed: Mapping[str, Any] | None = held[1].closed.get(key)
        news = {
            "opened": key not in held[0].opened,
            "votes": after - before,
            "outcome": closed["outcome"] if closed and key not in held[0].closed else None,
        }
        if any(news.values()):
            found.append({"question": book.question(key)} | news)
    return found


def _values(course: Course, book: Book, first: int, last: int) -> dict[str, Any]:
    then, now = at(course, first, last)
    if isinstance(then, Unknown) or isinstance(now, Unknown):
        why = next(it.why for it in (then, now) if isinstance(it, Unknown))
        return {"values": [], "unknown": True, "why": why, "names": {}}
    reader = Reader(course, book)
    found = [
        {"instance": key, "name": book.process(key), "values": values}
        for key, known in now.known.items()
        if (values := reader.differences(key, (then.known.get(key, []), first), (known, last)))
    ]
    names = names_in(course.session, course.actor.workspace_id, changed_values(found))
    return {"values": found, "unknown": False, "why": None, "names": names}
