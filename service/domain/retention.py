"""How long a case is kept when it is over, and what happens then: by the class of its case type, as settings say.

No source of ours states a term: the defaults are our own, and the safest that there are. Whoever sets others names the
archive's rule or decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from service.domain.errors import Conflict

Then = Literal["hand-over", "erase", "keep"]
CLASSES = ("decision", "ordinary", "short")
"""What a bundle's `retention` may name; a bundle that names none, or another, is of the workspace's default class."""

DEFAULT = "retention.default"


class RetentionNotDue(Conflict):
    """The time for keeping this case is not over, or what is to happen then is something else."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long a case is kept: its class, how many years from its end, and what happens then. `until` is the day on which
    the time is over; None while the case is not, and where it is kept for ever."""

    of: str
    years: int
    then: Then
    until: date | None

    def is_due(self, today: date) -> bool:
        """Whether something is to happen by now."""
        return self.until is not None and self.until <= today


def keys() -> tuple[str, ...]:
    """The settings that say it."""
    return (DEFAULT, *(f"retention.{name}.{part}" for name in CLASSES for part in ("years", "then")))


def term(named: str | None, ended_on: date | None, values: Mapping[str, Any]) -> Term:
    """The term of a case whose bundle names that class and that ended on that day, by the settings' values."""
    of = named if named in CLASSES else values[DEFAULT]
    years, then = values[f"retention.{of}.years"], values[f"retention.{of}.then"]
    until = None if ended_on is None or then == "keep" else _years_after(ended_on, years)
    return Term(of, years, then, until)


def _years_after(day: date, years: int) -> date | None:
    """The same day so many years later, of a leap day the one after; None beyond what a calendar holds."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        later = day.year + years
        return None if later > date.max.year else date(later, 2, 28) + timedelta(days=1)
