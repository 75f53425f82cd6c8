"""What the clock of a demonstration refuses."""

from service.domain.errors import Refused


class ClockRefused(Refused):
    """The clock of a demonstration goes forward by 1 to {most} steps, and not beyond {last}."""


class DeadlineMoved(Refused):
    """The next deadline is no longer at {promised}. The clock was not moved."""
