"""Seats come to an end by themselves, or with the membership of who sits in them."""

from datetime import datetime

from service.domain import endings
from service.domain.journal import instant
from service.domain.record_facts import SeatEnded
from service.store.tables import Seat


def end_seat(row: Seat | None, reason: str, at: datetime | None, now: datetime) -> SeatEnded:
    """Let a seat end, and say so. Raises `EndingNotFound`, `EndRefused`."""
    seat, ends_at = endings.end(row, reason, at, now)
    return SeatEnded(
        seat=seat.id, body=seat.body_id, organisation=seat.organisation_id, valid_to=instant(ends_at), reason=reason
    )
