"""Organisations that answer without an account: a link for one of them, and the answer that comes by it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.cases import may_see
from service.domain.errors import CaseSuspended, TaskNotFound
from service.domain.journal import By
from service.domain.message_errors import ReplyGiven, ReplyLinkUnknown, ReplyNotOutside
from service.domain.message_facts import ReplyGiven as Given
from service.domain.message_facts import ReplyInvited
from service.domain.tasks import check
from service.engine.shapes import Complete
from service.runtime import calendars, replies
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.forms import take
from service.runtime.views import when
from service.store import cases, messages
from service.store import replies as store
from service.store.tables import ReplyLink


@command
def invite(work: Work, task_id: str, digest: str) -> Answer:
    """Let the organisation that a task asks answer it itself, by a link of which only this hash is kept.

    A link that was made before for the task leads nowhere from now on. It holds until the task is due. Raises
    `TaskNotFound`, `ReplyNotOutside`, `NotCandidate` for who neither does the task nor asks it, and as `tasks.complete`
    does.
    """
    case = cases.lock_of_task(work.session, work.workspace_id, task_id)
    found = None if case is None else cases.task_and_active(work.session, work.workspace_id, task_id)
    if case is None or found is None or not may_see(work.actor, found[0]):
        raise TaskNotFound
    task, instances = found
    asked = replies.outside(work.session, instances, task)
    if asked is None:
        raise ReplyNotOutside
    if not replies.may_invite(work.session, work.actor, instances, task):
        check("complete", task, work.actor, lambda _: "Somebody")
    hearing, organisation_id = asked
    expires_at = task.due_at or messages.expiry(work.session, work.workspace_id, work.now)
    if expires_at <= work.now or task.state not in ("open", "claimed"):
        raise ReplyNotOutside
    store.end_all(work.session, work.workspace_id, task_id, work.now)
    zone = ZoneInfo(calendars.of(work.session, work.workspace_id).zone)
    row = ReplyLink(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        digest=digest,
        task_id=task_id,
        organisation_id=organisation_id,
        due_on=expires_at.astimezone(zone).date() if hearing is None else hearing.due_on,
        made_at=work.now,
        expires_at=expires_at,
    )
    work.session.add(row)
    told = ReplyInvited(link=row.id, task=task_id, organisation=organisation_id, expires_at=when(expires_at) or "")
    work.record(case, [told], work.actor.by(task.role_key))
    return {"id": row.id, "organisation": organisation_id, "expires_at": when(expires_at)}


@command
def answer(work: Work, digest: str, answers: Mapping[str, Any]) -> Answer:
    """Answer the task of a link in the name of its organisation, and let the case move on.

    Whoever has the link may, and nobody else is asked who she is. Raises `ReplyLinkUnknown` where it leads nowhere or
    its time is over, `ReplyGiven` where the task was answered before, by it or by letter, `AnswersRefused`.
    """
    row = store.link(work.session, work.workspace_id, digest)
    if row is None or (row.answered_at is None and (row.ended_at is not None or row.expires_at <= work.now)):
        raise ReplyLinkUnknown
    case = cases.lock_of_task(work.session, work.workspace_id, row.task_id)
    found = None if case is None else cases.task_and_active(work.session, work.workspace_id, row.task_id)
    if case is None or found is None:
        raise ReplyLinkUnknown
    task, instances = found
    if row.answered_at is not None or task.state not in ("open", "claimed"):
        raise ReplyGiven
    if case.suspended_at is not None:
        raise CaseSuspended(at=case.suspended_at)
    sealed = take(
        work, answers, digest=task.bundle_digest, name=task.form, case_id=case.id, task=task, instances=instances
    )
    by = By(actor=row.id, auth=f"link:{row.id}", on_behalf=row.organisation_id)
    advance(work, case, instances, Complete(task.instance_id, task.id, sealed), by=by)
    row.answers, row.answered_at, row.ended_at = sealed, work.now, work.now
    work.record(case, [Given(link=row.id, task=task.id, organisation=row.organisation_id)], by)
    return {"answered_at": when(row.answered_at)}
