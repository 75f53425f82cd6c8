"""A decision names only what it requires: anything else stands for nothing when a case asks it."""

from collections.abc import Iterator

from service.engine.checks.decision_files import told
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Decisions and models whose logic uses a name that no requirement brings, and requirements of what is not there."""
    yield from told(view, "decision-requirement")
