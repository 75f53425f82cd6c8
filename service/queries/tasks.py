"""Inboxes, and one task as its page needs it."""

import json
from typing import Any, Literal

from service.domain.actors import Actor
from service.domain.cases import may_see
from service.domain.errors import TaskNotFound
from service.queries import cursors, papers
from service.runtime import opening, views
from service.store import definitions, drafts, people
from service.store import tasks as store
from service.store.db import reading

Scope = Literal["mine", "roles", "all"]
MOST = 100
LISTS = {"mine": store.mine, "roles": store.of_roles, "all": store.every}


def inbox(actor: Actor, scope: Scope, *, cursor: str | None = None, limit: int = 25) -> dict[str, Any]:
    """A page of tasks: hers, those that her roles may take, or both; the most urgent first.

    `next` is the cursor of the page behind it, None on the last. Raises `CursorRefused`.
    """
    if actor.person_id is None:
        return {"tasks": [], "next": None}
    after = cursors.place(cursor)
    limit = min(limit, MOST)
    with reading() as session:
        rows = LISTS[scope](session, actor, after=after, limit=limit + 1)
        shown, behind = cursors.page(rows, limit, lambda row: (row.queue_at, row.id))
        return {"tasks": [views.task(row, actor) for row in shown], "next": behind}


def task(actor: Actor, task_id: str) -> dict[str, Any]:
    """One task with its form, its instructions and what lies before her. Raises `TaskNotFound` for what the actor may
    not see."""
    with reading() as session:
        row = store.task(session, actor.workspace_id, task_id)
        if row is None or not may_see(actor, row):
            raise TaskNotFound
        names = people.names(session, actor.workspace_id, {row.assignee_id} if row.assignee_id else ())
        shown = views.task(row, actor, names)
        for field, name in (("form_schema", row.form), ("form_ui", row.ui_form)):
            content = name and definitions.file(session, row.workspace_id, row.bundle_digest, name)
            shown[field] = json.loads(content) if content else None
        mine = drafts.draft(session, actor.workspace_id, task_id, actor.person_id or "")
        draft = None if mine is None else {"answers": mine.answers, "version": mine.version}
        lies = papers.plain(papers.on(session, actor, row, papers.LANGUAGE))
        said = opening.texts(session, row.workspace_id, row.case_id, [row.instructions], markdown=True)[0]
        return shown | {"instructions": said, "draft": draft, "papers": lies}
