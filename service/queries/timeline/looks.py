"""Who looked at a case or took it home, and when it was closed to others and opened again: beside its steps, not among them."""

from typing import Any

from service.domain import access
from service.queries.timeline.book import Book
from service.queries.timeline.course import Course
from service.queries.timeline.steps import ASIDE

SHOWN = 50
"""Looks that a page tells, of how many there were."""


def looks(course: Course, book: Book) -> dict[str, Any]:
    """How many there were, and the last of them, the newest first: when, who, the kind of the entry, the page or answer that
    she was given, and of a closing its ground and the roles that read on."""
    found = [it for it in course.entries if it["kind"] in ASIDE]
    return {"count": len(found), "shown": [_told(book, it) for it in reversed(found[-SHOWN:])]}


def _told(book: Book, entry: Any) -> dict[str, Any]:
    data = entry["data"]
    return {
        "at": entry["at"],
        "who": book.actor(entry),
        "auth": entry["auth"].partition(":")[0],
        "kind": entry["kind"],
        "what": data.get("what"),
        "ground": access.said(data["basis"]) if "basis" in data else None,
        "roles": [book.role(key) for key in data.get("readers", ())],
    }
