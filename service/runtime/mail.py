"""Mail about tasks to those who want it at once: written with the step that opened or assigned them."""

from collections.abc import Iterable, Sequence
from typing import Any

from service.domain.actors import Actor
from service.domain.facts import Fact
from service.domain.outgoing_facts import MailQueued
from service.domain.tasks import Addressed, is_candidate
from service.runtime.command import Work
from service.runtime.notices import listened
from service.store import heard, mailboxes
from service.store.tables import Case, Outgoing, Task


def opened(work: Work, case: Case, tasks: Iterable[Task]) -> list[Fact]:
    """Write to everybody who may take one of `tasks` and wants mail at once, but for who opened them by what she did.

    Gives what the case is to say of it. Where mail is off or nobody wants any, nothing is asked of the database.
    """
    return _opened(work, case, [(task, None) for task in tasks])


def readdressed(work: Work, case: Case, tasks: Iterable[tuple[Task, Addressed]]) -> list[Fact]:
    """The same of tasks that are for others now: to those who may take one and could not before."""
    return _opened(work, case, tasks)


def _opened(work: Work, case: Case, tasks: Iterable[tuple[Task, Addressed | None]]) -> list[Fact]:
    waiting = [(task, before) for task, before in tasks if task.state == "open"]
    if not waiting or not _wanted(work, case):
        return []
    ways: list[Addressed] = [it for both in waiting for it in both if it is not None]
    roles = {it.role_key for it in ways if it.role_key}
    persons = {it.candidate_person_id for it in ways if it.candidate_person_id}
    readers = _readers(work, mailboxes.at_once(work.session, work.workspace_id, roles, persons, work.now))
    written = [
        outgoing(work, case, reader.person_id, {"letter": "task", "tasks": [task.id]})
        for reader in readers
        for task, before in waiting
        if reader.person_id is not None
        and reader.person_id != work.actor.person_id
        and is_candidate(task, reader)
        and not (before and is_candidate(before, reader))
    ]
    return queued(work, "task", written)


def assigned(work: Work, case: Case, task: Task) -> list[Fact]:
    """Write to the person who was given a task by somebody else, where she wants mail at once."""
    person_id = task.assignee_id
    if person_id is None or person_id == work.actor.person_id or not _wanted(work, case):
        return []
    mailbox = mailboxes.mailbox(work.session, work.workspace_id, person_id)
    if mailbox is None or mailbox.wish != "at-once":
        return []
    return queued(work, "assignment", [outgoing(work, case, person_id, {"letter": "assignment", "tasks": [task.id]})])


def outgoing(work: Work, case: Case | None, person_id: str, payload: dict[str, Any]) -> Outgoing:
    """A mail to a person, as it waits. `payload` says which letter, and what it is about by ids."""
    return Outgoing(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        case_id=None if case is None else case.id,
        kind="mail",
        recipient=person_id,
        payload=payload,
        next_at=work.ports.wall(),
        created_at=work.now,
        trace_id=work.trace,
    )


def queued(work: Work, of: str, written: Sequence[Outgoing]) -> list[Fact]:
    """Put mails into the outbox; gives what the journal is to say of them."""
    work.session.add_all(written)
    return [MailQueued(of=of, mails={row.id: row.recipient for row in written})] if written else []


def _wanted(work: Work, case: Case) -> bool:
    return work.ports.mail is not None and bool(listened(work.session, case) & heard.MAIL)


def _readers(work: Work, rows: Iterable[Any]) -> list[Actor]:
    """Who the rows of `mailboxes.at_once` tell of, with the roles and organisations that they name."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return [
        Actor(
            workspace_id=work.workspace_id,
            auth="",
            person_id=person_id,
            roles=frozenset(it.role_key for it in held if it.role_key and it.case_id is None),
            case_roles=frozenset((it.case_id, it.role_key) for it in held if it.role_key and it.case_id is not None),
            organisations=frozenset(it.organisation_id for it in held if it.organisation_id),
        )
        for person_id, held in found.items()
    ]
