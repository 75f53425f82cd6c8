"""Replies: completing a task that asks a respondent puts a response into the hearing that is open."""

from collections.abc import Sequence

from service.domain.record_errors import ResponseRefused
from service.engine import looking
from service.engine.shapes import Complete, Move
from service.operations import hearings
from service.runtime import definitions
from service.runtime.command import Work
from service.runtime.operating import Operating
from service.store import hearings as store
from service.store.tables import Instance, Task


def take(work: Work, instances: Sequence[Instance], move: Move, operating: Operating) -> None:
    """Where `move` completes one round of a task in a process that is called as a `hearing`, record the response.

    Each round asks one respondent: the organisation that the task is for, or the one that its item names, where the
    secretariat writes down what came from outside. The response is there before the diagram moves on. What was said of
    each point stays sealed with the answers. Raises `ResponseRefused`.
    """
    instance = next((row for row in instances if isinstance(move, Complete) and row.id == move.instance_id), None)
    if not isinstance(move, Complete) or instance is None:
        return
    parent = next((row for row in instances if row.id == instance.parent_id), None)
    called = None if parent is None else definitions.properties(work.session, parent, "hearing")
    kind = (called or {}).get(instance.parent_activity_id or "")
    task = None if kind is None else work.session.get_one(Task, (work.workspace_id, move.task_id))
    if kind is None or task is None or task.item_index is None:
        return
    hearing = store.open_one(work.session, work.workspace_id, task.case_id, kind)
    if hearing is None:
        raise ResponseRefused(reason=f"no {kind} hearing is open in this case")
    said = hearings.read(move.answers)
    operating.begin()
    place = operating.place(task.case_id, instance.id, task.activity_id)
    who = task.candidate_organisation_id or _asked(work, instance, task)
    hearings.respond(work.session, place, hearing, said, who=who, task_id=task.id)


def _asked(work: Work, instance: Instance, task: Task) -> str | None:
    """Whom the item of a round names: the `organisation` of an object, or a text."""
    at = (instance.workspace_id, instance.bundle_digest, instance.process_key)
    definition = definitions.by_digest(work.session, *at)
    element = definitions.drawn(definition).element(task.activity_id)
    if element is None or element.loop is None or element.loop.item is None or instance.snapshot is None:
        return None
    item = looking.variables(definition, instance.id, instance.snapshot, task.id).get(element.loop.item)
    found = item.get("organisation") if isinstance(item, dict) else item
    return found if isinstance(found, str) else None
