"""A decision file of the bundle can be read, each of its expressions and types, and what it imports is there."""

from collections.abc import Iterator

from service.engine.checks.decision_files import told
from service.engine.checks.view import BundleView, Found


def find(view: BundleView) -> Iterator[Found]:
    """Files, tables, expressions and types that cannot be read, and imports that lead nowhere."""
    yield from told(view, "refused", "not-dmn", "decision-unreadable", "decision-import", "decision-empty")
