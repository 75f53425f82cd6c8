"""Replies: completing a task that asks a respondent puts a response into the hearing that is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.domain.actors import Actor
from service.domain.record_errors import ResponseRefused
from service.domain.tasks import allowed
from service.engine import looking
from service.engine.shapes import Complete, Move
from service.operations import hearings
from service.runtime import definitions, starts
from service.runtime.command import Work
from service.runtime.operating import Operating
from service.store import hearings as store
from service.store.tables import Hearing, Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def take(work: Work, instances: Sequence[Instance], move: Move, operating: Operating) -> None:
    """Where `move` completes one round of a task in a process that is called as a `hearing`, record the response.

    Each round asks one respondent: the organisation that the task is for, or the one that its item names, where the
    secretariat writes down what came from outside. The response is there before the diagram moves on. What was said of
    each point stays sealed with the answers. Raises `ResponseRefused`.
    """
    instance = next((row for row in instances if isinstance(move, Complete) and row.id == move.instance_id), None)
    if not isinstance(move, Complete) or instance is None:
        return
    kind = kind_of(work.session, instances, instance)
    task = None if kind is None else work.session.get_one(Task, (work.workspace_id, move.task_id))
    if kind is None or task is None or task.item_index is None:
        return
    hearing = store.open_one(work.session, work.workspace_id, task.case_id, kind)
    if hearing is None:
        raise ResponseRefused(reason=f"no {kind} hearing is open in this case")
    said = hearings.read(move.answers)
    operating.begin()
    place = operating.place(task.case_id, instance.id, task.activity_id)
    who = task.candidate_organisation_id or asked(work.session, instance, task)
    hearings.respond(work.session, place, hearing, said, who=who, task_id=task.id)


def kind_of(session: "Session", instances: Sequence[Instance], instance: Instance) -> str | None:
    """The kind of hearing that an instance was called for; None: for none."""
    parent = next((row for row in instances if row.id == instance.parent_id), None)
    called = {} if parent is None else definitions.properties(session, parent, "hearing")
    return called.get(instance.parent_activity_id or "")


def outside(session: "Session", instances: Sequence[Instance], task: Task) -> tuple[Hearing | None, str] | None:
    """The organisation that a task asks as one of several, and the open hearing that it asks for if it is one.

    It is the one that the task is for, else, in a hearing, the one for which somebody writes the answer down. None where
    the task asks none, and where it is a vote: nobody votes by a link.
    """
    instance = next((row for row in instances if row.id == task.instance_id), None)
    if instance is None or None in (task.item_index, task.form):
        return None
    if definitions.properties(session, instance, "ballot").get(task.activity_id):
        return None
    kind = kind_of(session, instances, instance)
    hearing = None if kind is None else store.open_one(session, task.workspace_id, task.case_id, kind)
    if task.candidate_organisation_id is not None:
        return hearing, task.candidate_organisation_id
    who = None if hearing is None else asked(session, instance, task)
    invited = {it["organisation"] for it in hearing.invited} if hearing is not None else set()
    return None if who is None or who not in invited else (hearing, who)


def may_invite(session: "Session", actor: Actor, instances: Sequence[Instance], task: Task) -> bool:
    """Whether the actor may let an organisation answer a task by a link: it is hers to complete, she owns processes, or
    she holds the role that begins the process, and so the one that asks."""
    instance = next(row for row in instances if row.id == task.instance_id)
    if actor.owns_processes or "complete" in allowed(task, actor):
        return True
    at = (instance.workspace_id, instance.bundle_digest, instance.process_key)
    start = starts.begin(definitions.drawn(definitions.by_digest(session, *at)))
    begins = {} if start is None else starts.roles(session, actor.workspace_id, {"": start})
    return actor.holds(begins.get(""), task.case_id)


def asked(session: "Session", instance: Instance, task: Task) -> str | None:
    """Whom the item of a round names: the `organisation` of an object, or a text."""
    at = (instance.workspace_id, instance.bundle_digest, instance.process_key)
    definition = definitions.by_digest(session, *at)
    element = definitions.drawn(definition).element(task.activity_id)
    if element is None or element.loop is None or element.loop.item is None or instance.snapshot is None:
        return None
    item = looking.variables(definition, instance.id, instance.snapshot, task.id).get(element.loop.item)
    found = item.get("organisation") if isinstance(item, dict) else item
    return found if isinstance(found, str) else None
