"""What the clock will do in a case: what a timer is called, when it is due, and what it ends."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from service.queries import bundled
from service.runtime.views import when
from service.store import timers
from service.store.tables import Instance, Timer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def told(session: "Session", instance: Instance, timer: Timer, language: str) -> dict[str, Any]:
    """A timer that waits: what the diagram calls it, or the work on whose edge it stands."""
    process = bundled.process(session, instance.workspace_id, instance.bundle_digest, instance.process_key)
    element = process.element(timer.activity_id)
    texts = bundled.texts(session, instance.workspace_id, instance.bundle_digest, language)
    host = process.element(element.attached_to) if element and element.attached_to else None
    return {
        "name": texts.of(timer.activity_id, element.name if element else None),
        "on": texts.of(host.id, host.name) if host else None,
        "interrupts": element.interrupting if element and host else None,
        "due_at": when(timer.due_at),
    }


def next_of(
    session: "Session", workspace_id: str, case_ids: Collection[str], language: str
) -> dict[str, dict[str, Any]]:
    """The timer that is due next in each of those cases, as `told` has it, by case; a case without one is left out."""
    found: dict[str, dict[str, Any]] = {}
    for instance, timer in timers.of_cases(session, workspace_id, case_ids):
        if timer.case_id not in found:
            found[timer.case_id] = told(session, instance, timer, language)
    return found
