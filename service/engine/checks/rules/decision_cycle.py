"""Decisions that need one another in a circle can never be made: none of them comes first."""

from collections.abc import Iterator

from service.engine.checks.decision_files import told
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """A circle of requirements; the trace is the way around."""
    yield from told(view, "decision-cycle")
