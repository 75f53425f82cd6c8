"""The stages that a case has gone through, as runs of its steps: what the timeline is folded by."""

from collections.abc import Sequence
from typing import Any

from service.queries.timeline.steps import Step


def phases(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Every stage in its order: its status, its first and last step by number, and when it began and went on last.

    A step that leads to another status is the last of the stage that it ends; a case that begins with one, begins in
    it. A stage that is come back to is one more. Without any status, the whole case is one.
    """
    found: list[dict[str, Any]] = []
    here: str | None = None
    for step in steps:
        next_ = _status(step) or here
        if not found:
            here = next_
        if not found or found[-1]["status"] != here:
            found.append({"status": here, "first": step.number, "began_at": step.cause["at"]})
        found[-1] |= {"last": step.number, "last_at": step.cause["at"]}
        here = next_
    return found


def _status(step: Step) -> str | None:
    """The status that the case has after a step that changes it."""
    told = step.entries("case.status_changed")
    return str(told[-1]["status"]) if told else None
