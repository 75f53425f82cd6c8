"""All that is held on one person, for herself and for who administers the workspace (GDPR art. 15), with who looked."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from service.domain.access_facts import CaseRead, HeldSearched, PersonExported
from service.domain.actors import Actor
from service.domain.disclosures import spelled
from service.domain.errors import PersonNotFound
from service.queries import bundled
from service.queries.bundled import FormFiles
from service.queries.matters import title_of
from service.runtime.views import when
from service.store import documents, held, mailboxes, matters, people, tasks
from service.store import subject as store
from service.store.db import reading
from service.store.tables import Person, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Rows = list[dict[str, Any]]
LOOKED = frozenset({CaseRead.KIND, HeldSearched.KIND, PersonExported.KIND})
"""The kinds of entries that say that somebody looked."""


def name_of(actor: Actor, person_id: str) -> str:
    """What a person is called whose data the actor may be given. Raises `PersonNotFound`."""
    with reading() as session:
        return _person(session, actor, person_id).name


def _person(session: "Session", actor: Actor, person_id: str) -> Person:
    row = people.person(session, actor.workspace_id, person_id)
    if row is None or not (actor.administers or actor.person_id == person_id):
        raise PersonNotFound
    return row


Called = Callable[[FormFiles, str], str]
"""What a form calls its field at a pointer."""


def held_on(actor: Actor, person_id: str, language: str, called: Called) -> dict[str, Any]:
    """All of it as JSON values, section by section. Raises `PersonNotFound`.

    What she wrote is opened; what was erased is not there. `journal` are the entries that she made or that name her, and
    `looked` those that say that somebody has read a closed case in which she has a part, has looked for what she wrote, or
    was given this. What others have written about her in their own words is not found by her number: look for her name.
    """
    with reading() as session:
        person, here = _person(session, actor, person_id), actor.workspace_id
        mail, mine = mailboxes.mailbox(session, here, person_id), store.tasks(session, here, person_id)
        sealed, papers = held.sealed_by(session, here, person_id), held.documents_by(session, here, person_id)
        cases = {it.case_id for it in mine} | {it.case_id for it in sealed}
        done, looked = _entries(session, here, person_id, cases)
        names = people.names(session, here, {it["actor"] for it in (*looked, *done)})
        labels = people.roles(session, here)
        answered = {it.id: it for it in tasks.some(session, here, {it.task_id for it in sealed if it.task_id})}
        return {
            "workspace": here,
            "person": {
                "id": person_id,
                "name": person.name,
                "account": store.account(session, here, person_id),
                "language": person.language,
                "mail": None if mail is None else mail.address,
                "mail_wish": None if mail is None else mail.wish,
            },
            "cases": _cases(session, here, language, cases),
            "roles": [
                {"role": label, "case": it.case_id, "from": when(it.valid_from), "to": when(it.valid_to)}
                for it, label in store.holdings(session, here, person_id)
            ],
            "organisations": [
                {"organisation": name, "from": when(it.valid_from), "to": when(it.valid_to)}
                for it, name in store.represented(session, here, person_id)
            ],
            "tasks": [
                {
                    "task": it.name,
                    "case": it.case_id,
                    "state": it.state,
                    "opened": when(it.opened_at),
                    "taken": when(it.claimed_at),
                    "closed": when(it.closed_at),
                }
                for it in mine
            ],
            "answers": [
                {"case": it.case_id, "task": None, "called": None, "field": it.pointer}
                | _stood(session, language, answered.get(it.task_id or ""), it.pointer, called)
                | {"value": spelled(it.opened), "at": when(it.sealed_at)}
                for it in sealed
            ],
            "drafts": [
                {"task": it.task_id, "answers": it.answers, "at": when(it.saved_at)}
                for it in store.drafts(session, here, person_id)
            ],
            "documents": _documents(session, here, papers),
            "votes": [
                {"question": ballot.question, "case": ballot.case_id, "vote": vote.choice, "at": when(vote.cast_at)}
                for vote, ballot in store.votes(session, here, [it.id for it in mine])
            ],
            "hearings": [
                {
                    "case": hearing.case_id,
                    "position": it.position,
                    "objection": it.objection,
                    "at": when(it.received_at),
                }
                for it, hearing in store.responses(session, here, person_id)
            ],
            "mails": [
                {"about": it.payload.get("letter"), "state": it.state, "written": when(it.created_at)}
                | {name: it.payload[name] for name in ("subject", "text") if name in it.payload}
                for it in store.mails(session, here, person_id)
            ],
            "journal": [
                it | {"who": names.get(it["actor"]), "role_label": labels.get(it["role"] or "", it["role"])}
                for it in done
            ],
            "looked": [it | {"who": names.get(it["actor"])} for it in looked],
        }


def _stood(session: "Session", language: str, task: Task | None, pointer: str, called: Called) -> dict[str, str | None]:
    """Where a value stood: the task, and its field by the title that the form gives it."""
    if task is None:
        return {}
    here, digest = task.workspace_id, task.bundle_digest
    form = bundled.form(session, here, digest, (task.form, task.ui_form), language)
    title = bundled.texts(session, here, digest, language).of(task.activity_id, task.name)
    return {"task": title.text, "called": (called(form, pointer) or None) if form else None}


def _cases(session: "Session", here: str, language: str, case_ids: set[str]) -> Rows:
    found = matters.some(session, here, case_ids).values()
    return [{"case": it.id, "title": title_of(session, it, here, language)[0].text} for it in found]


def _documents(session: "Session", here: str, papers: Any) -> Rows:
    sizes = documents.sizes(session, here, {it.digest for it in papers})
    return [
        {"name": it.name, "case": it.case_id, "size": sizes.get(it.digest), "at": when(it.added_at)} for it in papers
    ]


def _entries(session: "Session", here: str, person_id: str, cases: set[str]) -> tuple[Rows, Rows]:
    """The entries that she made or that name her, and those that say that somebody looked."""
    done: Rows = []
    looked: Rows = []
    for body in store.entries_naming(session, here, {person_id, f'"kind":"{CaseRead.KIND}"'}):
        entry = json.loads(body)
        told = {name: entry.get(name) for name in ("at", "stream", "seq", "kind", "actor", "role")}
        if entry["kind"] in LOOKED and entry["actor"] != person_id:
            if _looks_at(entry, person_id, cases):
                looked.append(told | {"what": entry["data"].get("what")})
        elif person_id.encode() in body:
            done.append(told)
    return sorted(done, key=_at), sorted(looked, key=_at)


def _looks_at(entry: Mapping[str, Any], person_id: str, cases: set[str]) -> bool:
    if entry["kind"] == CaseRead.KIND:
        return entry["stream"] in cases
    return entry["data"].get("person") == person_id or person_id in entry["data"].get("people", ())


def _at(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["at"], row["stream"], row["seq"]
