"""Inboxes, and one task as its page needs it."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any, Literal

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CursorRefused, TaskNotFound
from service.domain.journal import instant
from service.runtime import views
from service.store import definitions, drafts, people
from service.store import tasks as store
from service.store.db import reading

Scope = Literal["mine", "roles", "all"]
MOST = 100


def inbox(actor: Actor, scope: Scope, *, cursor: str | None = None, limit: int = 25) -> dict[str, Any]:
    """A page of tasks: hers, those that her roles may take, or both; the most urgent first.

    `next` is the cursor of the page behind it, None on the last. Raises `CursorRefused`.
    """
    if actor.person_id is None:
        return {"tasks": [], "next": None}
    after = None if cursor is None else _place(cursor)
    limit = min(limit, MOST)
    with reading() as session:
        if scope == "mine":
            rows = store.mine(session, actor.workspace_id, actor.person_id, after=after, limit=limit + 1)
        else:
            find = store.of_roles if scope == "roles" else store.every
            rows = find(session, actor, after=after, limit=limit + 1)
        shown = rows[:limit]
        more = len(rows) > limit
        return {
            "tasks": [views.task(row, actor) for row in shown],
            "next": _cursor(shown[-1].queue_at, shown[-1].id) if more else None,
        }


def task(actor: Actor, task_id: str) -> dict[str, Any]:
    """One task with its form and instructions. Raises `TaskNotFound` for what the actor may not see."""
    with reading() as session:
        row = store.task(session, actor.workspace_id, task_id)
        if row is None or not may_read(actor, row.case_id):
            raise TaskNotFound
        names = people.names(session, actor.workspace_id, {row.assignee_id} if row.assignee_id else ())
        shown = views.task(row, actor, names)
        for field, name in (("form_schema", row.form), ("form_ui", row.ui_form)):
            content = name and definitions.file(session, row.workspace_id, row.bundle_digest, name)
            shown[field] = json.loads(content) if content else None
        mine = drafts.draft(session, actor.workspace_id, task_id, actor.person_id or "")
        draft = None if mine is None else {"answers": mine.answers, "version": mine.version}
        return shown | {"instructions": row.instructions, "draft": draft}


def _cursor(queue_at: datetime, task_id: str) -> str:
    return base64.urlsafe_b64encode(f"{instant(queue_at)} {task_id}".encode()).decode()


def _place(cursor: str) -> store.Place:
    try:
        moment, task_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        queue_at = datetime.fromisoformat(moment)
    except (ValueError, binascii.Error):
        raise CursorRefused from None
    if queue_at.tzinfo is None or not task_id.isprintable():
        raise CursorRefused
    return queue_at, task_id
