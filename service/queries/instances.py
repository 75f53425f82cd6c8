"""Instances, and the journal of their case."""

from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import InstanceNotFound
from service.queries.withheld import Veil
from service.runtime import views
from service.store import cases, incidents, journal, tasks
from service.store.db import reading
from service.store.tables import Case, Instance

MOST = 500


def instance(actor: Actor, instance_id: str) -> dict[str, Any]:
    """An instance, its waiting tasks and the unresolved incidents of its case; votes in its variables are withheld as
    in its journal. Raises `InstanceNotFound`."""
    with reading() as session:
        row, case = _find(cases.instance_and_case(session, actor.workspace_id, instance_id), actor)
        waiting = tasks.of_instance(session, actor.workspace_id, instance_id)
        troubles = incidents.pending(session, actor.workspace_id, case.id) if case.incidents else []
        return Veil(session, actor, case).instance(row) | {
            "tasks": [views.task(task, actor) for task in waiting],
            "incidents": [views.incident(incident) for incident in troubles],
        }


def journal_of(actor: Actor, instance_id: str, *, after: int = -1, limit: int = 100) -> dict[str, Any]:
    """Entries of the journal of the instance's case behind number `after`, as they were written: sealed, and
    what would tell a vote withheld while its ballot is open or where it is secret. Raises `InstanceNotFound`.

    `head` is where the stream stands; `next` the number to ask for entries behind, None when these are the last.
    """
    with reading() as session:
        _, case = _find(cases.instance_and_case(session, actor.workspace_id, instance_id), actor)
        found = journal.entries(session, *case.stream, after=after, limit=min(limit, MOST))
        last = found[-1]["seq"] if found else after
        return {
            "stream": case.id,
            "head": {"seq": case.journal_seq, "hash": case.journal_head},
            "entries": Veil(session, actor, case).entries(found),
            "next": last if last + 1 < case.journal_seq else None,
        }


def _find(found: tuple[Instance, Case] | None, actor: Actor) -> tuple[Instance, Case]:
    if found is None or not may_read(actor, found[1].id):
        raise InstanceNotFound
    return found
