"""What lies in a cell of a table and cannot be read: nobody of ours has written it there.

A reading never fails over it. In its place comes a value of the same kind that says nothing, and knows that it is none;
which cells these were is told at the head of the page, and by every check of the record.
"""

from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unreadable:
    """A value in the place of one that cannot be read."""


class NoText(Unreadable, str):
    """In the place of a text."""

    __slots__ = ()


class NoNumber(Unreadable, int):
    """In the place of a number, or of yes and no."""


class NoBytes(Unreadable, bytes):
    """In the place of bytes."""


class NoDay(Unreadable, date):
    """In the place of a day."""


class NoMoment(Unreadable, datetime):
    """In the place of a moment."""


class NoList(Unreadable, list[Any]):
    """In the place of a list."""


class NoObject(Unreadable, dict[str, Any]):
    """In the place of an object."""


BLANKS: Mapping[type, Callable[[], Unreadable]] = {
    str: lambda: NoText("?"),  # not empty: it may become a part of an address
    int: lambda: NoNumber(0),
    bool: lambda: NoNumber(0),
    bytes: lambda: NoBytes(b""),
    date: lambda: NoDay(1970, 1, 1),
    datetime: lambda: NoMoment(1970, 1, 1, tzinfo=UTC),
    list: NoList,
    dict: NoObject,
    object: lambda: NoText("?"),
}
"""What comes in the place of a value of each kind."""


def unreadable(value: object) -> bool:
    """Whether a value stands in the place of one that cannot be read."""
    return isinstance(value, Unreadable)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something lies that cannot be read: the table, the column, and what the database gave."""

    table: str
    column: str
    lies: Any


MOST = 20
"""Cells that are remembered."""

_met: ContextVar[tuple[Cell, ...]] = ContextVar("unreadable", default=())
_refused: ContextVar[bool] = ContextVar("unreadable_refused", default=False)


def begin() -> None:
    """Forget what was met before: another request begins."""
    _met.set(())


def meet(cell: Cell) -> None:
    """Remember a cell that could not be read."""
    found = _met.get()
    if len(found) < MOST and cell not in found:
        _met.set((*found, cell))


def met() -> tuple[Cell, ...]:
    """The cells that could not be read since the request began, the first of them."""
    return _met.get()


def refused() -> bool:
    """Whether a cell that cannot be read stops what is done: something is being written that could follow from it."""
    return _refused.get()


@contextmanager
def refusing() -> "Iterator[None]":
    """Stop at the first cell that cannot be read, for as long as the context lasts."""
    before = _refused.get()
    _refused.set(True)
    try:
        yield
    finally:
        with suppress(ValueError):
            _refused.set(before)
