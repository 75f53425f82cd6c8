"""What a mail is about, for the words of it: names and deadlines, nothing that a person wrote into a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.witnesses import LETTER, notes
from service.queries import bundled
from service.store import mailboxes, people, witnesses, workspaces
from service.store import tasks as store
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Named:
    """A task in a mail: its title, the process that it is of, its deadline, and its id."""

    id: str
    title: str
    process: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class About:
    """A mail before it has words: to whom, in which language and time zone, and what it tells.

    `letter` is its kind: `task`, `assignment`, `daily`, `checkpoint` or `written`; the last has `subject` and `text`
    already, a checkpoint its text and its `size`.
    """

    letter: str
    to: str
    name: str
    language: str
    zone: str
    workspace_id: str
    workspace: str
    tasks: Sequence[Named] = ()
    soon: Sequence[Named] = ()
    subject: str = ""
    text: str = ""
    size: int = 0


def about(workspace_id: str, person_id: str, payload: Mapping[str, Any]) -> About | None:
    """What a mail to a person, or to a witness, tells; None: she has no address."""
    if payload["letter"] == LETTER:
        return _checkpoint(workspace_id, person_id, payload)
    with reading() as session:
        box = mailboxes.mailbox(session, workspace_id, person_id)
        person = people.person(session, workspace_id, person_id)
        here = workspaces.workspace(session, workspace_id)
        if box is None or person is None or here is None:
            return None
        language = person.language or here.language
        named = {key: _named(session, workspace_id, payload.get(key, ()), language) for key in ("tasks", "soon")}
        return About(
            letter=payload["letter"],
            to=box.address,
            name=person.name,
            language=language,
            zone=here.time_zone,
            workspace_id=workspace_id,
            workspace=here.name,
            subject=payload.get("subject", ""),
            text=payload.get("text", ""),
            tasks=named["tasks"],
            soon=named["soon"],
        )


def _checkpoint(workspace_id: str, witness_id: str, payload: Mapping[str, Any]) -> About | None:
    with reading() as session:
        witness = witnesses.witness(session, workspace_id, witness_id)
        here = workspaces.workspace(session, workspace_id)
        if witness is None or here is None:
            return None
        return About(
            letter=LETTER,
            to=witness.address,
            name="",
            language=here.language,
            zone=here.time_zone,
            workspace_id=workspace_id,
            workspace=here.name,
            text="\n".join(notes(payload)),
            size=payload["data"]["size"],
        )


def _named(session: "Session", workspace_id: str, ids: Sequence[str], language: str) -> list[Named]:
    found = {row.id: (row, key) for row, key in store.with_process(session, workspace_id, ids)}
    told = []
    for row, process_key in (found[it] for it in ids if it in found):
        title = bundled.texts(session, workspace_id, row.bundle_digest, language).of(row.activity_id, row.name)
        process = bundled.process_name(session, workspace_id, row.bundle_digest, process_key, language)
        told.append(Named(row.id, title.text, process.text, row.due_at))
    return told
