"""The facts about replays that the service makes by itself."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesReplayed(Fact):
    """A night's sample of cases was replayed: how many came out as they were written, differ, and could not be replayed.
    `differ` are the first of those that differ."""

    KIND: ClassVar[str] = "cases.replayed"
    cases: int
    same: int
    different: int
    not_replayed: int
    differ: tuple[str, ...] = ()
