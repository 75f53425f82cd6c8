"""Cursors: where a page of a list ended, as text that a link can hold."""

import base64
import binascii
from datetime import datetime

from service.domain.errors import CursorRefused
from service.domain.journal import instant

Place = tuple[datetime, str]
"""A moment, and the id of the row that stands there."""


def cursor(place: Place) -> str:
    """The cursor of a place."""
    moment, row_id = place
    return base64.urlsafe_b64encode(f"{instant(moment)} {row_id}".encode()).decode()


def place(cursor: str) -> Place:
    """The place that a cursor names. Raises `CursorRefused` for one that is not ours."""
    try:
        moment, row_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        at = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error):
        raise CursorRefused from None
    if at.tzinfo is None or not row_id.isprintable():
        raise CursorRefused
    return at, row_id
