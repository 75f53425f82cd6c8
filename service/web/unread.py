"""What a page says where rows behind it cannot be read."""

from dataclasses import dataclass

from flask import current_app, request, url_for

from service.queries.unreadable import Met, met


@dataclass(frozen=True, slots=True)
class Unread:
    """The rows that could not be read, and where the record of the case at hand is checked; no address without a case."""

    rows: tuple[Met, ...]
    check: str = ""


def rows() -> Unread:
    """The rows that could not be read for the page that answers this request."""
    place = request.view_args or {}
    found = tuple(met(str(place.get("workspace", ""))))
    if not found or "case_id" not in place or "timeline.timeline" not in current_app.view_functions:
        return Unread(found)
    here = {name: place[name] for name in ("workspace", "case_id")}
    return Unread(found, url_for("timeline.timeline", **here, check=1))
