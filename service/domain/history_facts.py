"""The fact that the journal was given away as an event log."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryExported(Fact):
    """The journal of the workspace, or the part of it that `process`, `since` and `until` name, was written to a file of
    that SHA-256. `objects` counts the things that an object-centric log tells of, `left_out` the cases that who asked may
    not read."""

    KIND: ClassVar[str] = "history.exported"
    format: str
    digest: str
    entries: int
    cases: int
    objects: int | None = None
    left_out: int | None = None
    process: str | None = None
    since: str | None = None
    until: str | None = None
