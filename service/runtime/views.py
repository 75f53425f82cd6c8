"""How things of a case are shown: plain JSON values, the same in the answer of a command and of a query."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.journal import instant
from service.domain.sentences import of_json
from service.domain.tasks import allowed
from service.store.tables import Case, Incident, Instance, Outgoing, Task


def when(moment: datetime | None) -> str | None:
    """A moment as RFC 3339, or nothing."""
    return None if moment is None else instant(moment)


def task(row: Task, actor: Actor, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A task as `actor` sees it: `moves` are those that she may make now. `names` are those of people, by id."""
    return {
        "id": row.id,
        "case_id": row.case_id,
        "instance_id": row.instance_id,
        "activity": row.activity_id,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "role": row.role_key,
        "assignee": row.assignee_id,
        "assignee_name": (names or {}).get(row.assignee_id or "")
        or (actor.name if row.assignee_id and row.assignee_id == actor.person_id else None),
        "item": row.item_index,
        "about": row.about,
        "priority": row.priority,
        "form": row.form,
        "due_at": when(row.due_at),
        "follow_up_at": when(row.follow_up_at),
        "opened_at": when(row.opened_at),
        "claimed_at": when(row.claimed_at),
        "suspended_at": when(row.suspended_at),
        "closed_at": when(row.closed_at),
        "moves": list(allowed(row, actor)),
    }


def instance(row: Instance, case: Case) -> dict[str, Any]:
    """An instance; its variables (sealed) when it has ended."""
    return {
        "id": row.id,
        "case_id": row.case_id,
        "parent_id": row.parent_id,
        "definition": row.process_key,
        "digest": row.bundle_digest,
        "business_key": case.business_key,
        "status": row.status,
        "started_at": when(row.started_at),
        "ended_at": when(row.ended_at),
        "end_event": row.end_event,
        "variables": None if row.variables is None else json.loads(row.variables),
    }


def incident(row: Incident) -> dict[str, Any]:
    """An incident: what went wrong, where, and whether it still waits."""
    return {
        "id": row.id,
        "case_id": row.case_id,
        "instance_id": row.instance_id,
        "activity": row.activity_id,
        "kind": row.kind,
        "message": row.message,
        "place": row.place,
        "expression": row.expression,
        "tries": row.tries,
        "tried_at": when(row.tried_at),
        "opened_at": when(row.opened_at),
        "resolved_at": when(row.resolved_at),
    }


def why(row: Incident) -> str | None:
    """Why an operation could not do its part, as a sentence of ours; None for what is the process owner's to understand."""
    return of_json(row.said) if row.kind == "operation" and row.said is not None else None


def outgoing(row: Outgoing) -> dict[str, Any]:
    """A message of the outbox: no address and no text of it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state,
        "case_id": row.case_id,
        "recipient": row.recipient,
        "attempts": row.attempts,
        "error": row.error,
        "created_at": when(row.created_at),
        "next_at": when(row.next_at),
    }
