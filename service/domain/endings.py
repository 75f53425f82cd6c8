"""How what holds for a time comes to its end: memberships, seats, representations, roles.

It ends from a moment on, for one of a few reasons. The reason is chosen and not written: what a person might write there
could be about somebody's health. What was decided while it held stays as it was: a ballot keeps the voters whom it was
opened with, a hearing those it asked.
"""

from datetime import datetime
from typing import Literal, Protocol, TypeVar, get_args

from service.domain.record_errors import EndingNotFound, EndRefused

Reason = Literal["withdrawal", "merger", "resignation", "term over", "replacement", "mistake"]
REASONS: tuple[str, ...] = get_args(Reason)


class Timed(Protocol):
    """What holds from `valid_from` until before `valid_to`."""

    valid_from: datetime
    valid_to: datetime | None
    end_reason: str | None


Held = TypeVar("Held", bound=Timed)


def end(row: Held | None, reason: str, at: datetime | None, now: datetime) -> tuple[Held, datetime]:
    """Let it hold until before `at`, or until now; gives it and that moment. An end that is still ahead may be moved.

    Raises `EndingNotFound` for what there is none of or what is over, `EndRefused` for a reason that is none of
    `REASONS`, and for an end before the beginning.
    """
    if row is None or (row.valid_to is not None and row.valid_to <= now):
        raise EndingNotFound
    if reason not in REASONS:
        raise EndRefused(reason=f"its reason is one of {', '.join(REASONS)}")
    ends_at = at or max(now, row.valid_from)
    if ends_at < row.valid_from:
        raise EndRefused(reason="it would end before it began")
    row.valid_to, row.end_reason = ends_at, reason
    return row, ends_at
