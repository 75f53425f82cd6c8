"""What an organisation sees by its link, and what its task's page tells of that link."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.message_errors import ReplyLinkUnknown
from service.forms import resting
from service.queries import bundled, lists, papers
from service.queries.revealing import Openings, names_in
from service.runtime import replies
from service.runtime.views import when
from service.store import cases, organisations, targets
from service.store import replies as store
from service.store.db import reading
from service.store.tables import Instance, ReplyLink, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = timedelta(days=90)
"""How long a link shows what was sent by it: whoever finds it later learns nothing."""


def by_link(workspace_id: str, digest: str, language: str, now: datetime) -> dict[str, Any]:
    """What the holder of a link sees: whom it is for, what is asked and until when, the form with what it rests on, and
    what was sent. `state` is `open`, `answered` by the link, or `closed`: answered by letter, or taken back.

    Raises `ReplyLinkUnknown` where it leads nowhere, its time is over and nothing was sent, or what was sent has been
    shown long enough.
    """
    with reading() as session:
        row = store.link(session, workspace_id, digest)
        if row is None or _over(row, now):
            raise ReplyLinkUnknown
        found = cases.task_and_active(session, workspace_id, row.task_id)
        if found is None:
            raise ReplyLinkUnknown
        task, instances = found
        texts = bundled.texts(session, workspace_id, task.bundle_digest, language)
        form = bundled.form(session, workspace_id, task.bundle_digest, (task.form, task.ui_form), language)
        outsider = Actor(workspace_id, auth=f"link:{row.id}", outside=True)
        open_ = row.answered_at is None and task.state in ("open", "claimed")
        made = targets.of_case(session, workspace_id, task.case_id)
        known = organisations.known(session, workspace_id, {row.organisation_id})
        openings = Openings(session, workspace_id, [row.answers or {}])
        return {
            "state": "open" if open_ else "answered" if row.answered_at is not None else "closed",
            "title": None if _heard(session, task, instances) else texts.of(task.activity_id, task.name),
            "organisation": known[row.organisation_id].name,
            "about": None if made is None else made[0].title,
            "due_on": row.due_on.isoformat(),
            "expires_at": when(row.expires_at),
            "answered_at": when(row.answered_at),
            "form": form,
            "lists": lists.of(session, workspace_id, form, now) if open_ else {},
            "lies": papers.on(session, outsider, task, language)
            if open_ and form is not None and resting.asks(form.schema)
            else None,
            "answers": openings.of(row.answers or {}),
            "names": names_in(session, workspace_id, [row.answers or {}]),
        }


def _heard(session: "Session", task: Task, instances: Sequence[Instance]) -> bool:
    """Whether what is asked is an answer to a hearing, whatever the task that writes it down is called."""
    instance = next((it for it in instances if it.id == task.instance_id), None)
    return instance is not None and replies.kind_of(session, instances, instance) is not None


def _over(row: ReplyLink, now: datetime) -> bool:
    if row.answered_at is not None:
        return row.answered_at + SHOWN <= now
    return row.ended_at is not None or row.expires_at <= now


def of_task(actor: Actor, task_id: str, now: datetime) -> dict[str, Any] | None:
    """Whom a task asks that could answer it by a link, and until when the link holds that was made for it; None: nobody
    outside, or the actor is not who asks. The caller has seen that the actor may see the task."""
    with reading() as session:
        found = cases.task_and_active(session, actor.workspace_id, task_id)
        asked = None if found is None else replies.outside(session, found[1], found[0])
        if found is None or asked is None or not replies.may_invite(session, actor, found[1], found[0]):
            return None
        known = organisations.known(session, actor.workspace_id, {asked[1]})
        link = store.open_of(session, actor.workspace_id, task_id, now)
        return {"organisation": known[asked[1]].name, "expires_at": when(link.expires_at) if link else None}
