"""Cursors: where a page of a list ended, as text that a link can hold."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from service.domain.errors import CursorRefused
from service.domain.journal import instant

Place = tuple[datetime, str]
"""A moment, and the id of the row that stands there."""

Row = TypeVar("Row")


def cursor(place: Place) -> str:
    """The cursor of a place."""
    moment, row_id = place
    return base64.urlsafe_b64encode(f"{instant(moment)} {row_id}".encode()).decode()


def place(cursor: str | None) -> Place | None:
    """The place that a cursor names; no cursor names none. Raises `CursorRefused` for one that is not ours."""
    if cursor is None:
        return None
    try:
        moment, row_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        at = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error):
        raise CursorRefused from None
    if at.tzinfo is None or not row_id.isprintable():
        raise CursorRefused
    return at, row_id


def page(rows: Sequence[Row], most: int, at: Callable[[Row], Place]) -> tuple[Sequence[Row], str | None]:
    """The first `most` of the rows, and the cursor of the page behind them: None where no more rows came."""
    shown = rows[:most]
    return shown, cursor(at(shown[-1])) if len(rows) > most else None
