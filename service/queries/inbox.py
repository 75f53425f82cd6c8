"""An inbox as its page shows it: a page of tasks in the reader's language, how many there are, and what may narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from service.domain.actors import Actor
from service.domain.cases import EVERYTHING, readable
from service.queries import bundled, cursors
from service.queries.texts import Text
from service.runtime.views import when
from service.store import inbox as store
from service.store.db import reading
from service.store.inbox import Line, Only, lines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Scope = Literal["mine", "roles"]
SCOPES: tuple[Scope, ...] = ("mine", "roles")
PAGE = 25
MOST = 100
"""How many tasks are counted; more are told as “100+”."""

LONGEST = 100


@dataclass(frozen=True, slots=True)
class View:
    """Which part of an inbox: hers, or hers and all of her roles'; narrowed, and behind a cursor."""

    scope: Scope = "roles"
    role: str | None = None
    process: str | None = None
    case_id: str | None = None
    q: str = ""
    cursor: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.role or self.process or self.case_id or self.q)


def inbox(actor: Actor, language: str, view: View) -> dict[str, Any]:
    """A page of an inbox, by one statement; another counts where the page is not the first.

    `counts` are the tasks in each scope and `dues` the deadlines of those in this one: exact up to `MOST`. `options`
    are the roles, processes and cases that they have. Raises `CursorRefused`.
    """
    with reading() as session:
        only = _only(session, actor, language, view)
        found = _in_scopes(actor, lines(session, actor, only, after=None, limit=MOST + 1))
        here = behind = found[view.scope]
        if after := cursors.place(view.cursor):
            behind = _in_scopes(actor, lines(session, actor, only, after=after, limit=PAGE + 1))[view.scope]
        shown, onward = cursors.page(behind, PAGE, lambda line: (line.queue_at, line.id))
        return {
            "tasks": [_told(session, actor, language, line) for line in shown],
            "counts": {scope: len(inside) for scope, inside in found.items()},
            "dues": [when(line.due_at) for line in here],
            "next": onward,
            "options": _options(session, actor, language, here),
        }


def awaited(actor: Actor, language: str) -> list[dict[str, Any]]:
    """What others owe in the cases that the actor has had a part in: the most urgent first, a page of them at most."""
    if actor.person_id is None:
        return []
    with reading() as session:
        found = store.awaited(session, actor.workspace_id, actor.person_id, readable(actor), limit=MOST)
        return [_told(session, actor, language, line) for line in found]


CLOSED = Text("–")
"""What a case is called to who has a task in it and may not read it."""


def _in_scopes(actor: Actor, found: Sequence[Line]) -> dict[Scope, Sequence[Line]]:
    return {"mine": [line for line in found if line.assignee_id == actor.person_id], "roles": found}


def case_title(
    target: str | None, title: str | None, business_key: str | None, process: Text, kind: str | None = None
) -> Text:
    """What a case is called: after the target that it makes, else as its process, with the number that it has.

    `kind` is that of the version of the target. One that is not the first stands beside the case of that: it is called
    by its process too, and numbered where it began while another ran.
    """
    if target and title:
        numbered = business_key is not None and business_key.startswith(f"{target} (")
        named = f"{title}, {business_key if numbered else target}"
        return Text(named) if kind in (None, "new") else Text(f"{process.text}: {named}", process.language)
    return Text(f"{process.text}, {business_key}", process.language) if business_key else process


def _told(session: "Session", actor: Actor, language: str, line: Line) -> dict[str, Any]:
    texts = bundled.texts(session, actor.workspace_id, line.bundle_digest, language)
    return {
        "id": line.id,
        "title": texts.of(line.activity_id, line.name),
        "activity": line.activity_id,
        "due_at": when(line.due_at),
        "case_id": line.case_id,
        "case": _case(session, actor, language, line),
        "role": line.role,
        "organisation": line.organisation,
        "about": line.about,
        "item": line.item,
        "mine": line.assignee_id is not None and line.assignee_id == actor.person_id,
        "assignee": line.assignee,
        "suspended": line.suspended_at is not None,
        "stopped": line.stopped,
        "sample": line.origin == "sample",
    }


def _case(session: "Session", actor: Actor, language: str, line: Line) -> Text:
    if line.case_id in readable(actor).but:
        return CLOSED
    began = bundled.process_name(session, actor.workspace_id, line.root_digest, line.root_key, language)
    return case_title(line.target, line.title, line.business_key, began, line.kind)


def _process(session: "Session", actor: Actor, language: str, line: Line) -> Text:
    return bundled.process_name(session, actor.workspace_id, line.bundle_digest, line.process_key, language)


def _options(session: "Session", actor: Actor, language: str, found: Sequence[Line]) -> dict[str, dict[str, str]]:
    """What the tasks at hand may be narrowed to, by what the address would say."""
    return {
        "role": _sorted({line.role_key: line.role or line.role_key for line in found if line.role_key}),
        "process": _sorted({line.process_key: _process(session, actor, language, line).text for line in found}),
        "case": _sorted(
            {
                line.case_id: _case(session, actor, language, line).text
                for line in found
                if line.case_id not in readable(actor).but
            }
        ),
    }


def _sorted(named: dict[str, str]) -> dict[str, str]:
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def ways_to_write(q: str) -> tuple[str, ...]:
    """What was searched for, as it may be written: a database folds only the letters a to z."""
    bare = " ".join(q.split())[:LONGEST]
    return tuple(dict.fromkeys((bare, bare.lower(), bare.capitalize(), bare.upper()))) if bare else ()


def _only(session: "Session", actor: Actor, language: str, view: View) -> Only:
    words = ways_to_write(view.q)
    activities: set[tuple[str, str]] = set()
    processes: set[tuple[str, str]] = set()
    for digest, key in store.running(session, actor.workspace_id) if words else ():
        labels = bundled.texts(session, actor.workspace_id, digest, language).labels()
        activities |= {(digest, it) for it, said in labels.items() if words[0].casefold() in said.casefold()}
        if (
            words[0].casefold()
            in bundled.process_name(session, actor.workspace_id, digest, key, language).text.casefold()
        ):
            processes.add((digest, key))
    sight = readable(actor) if words else EVERYTHING  # who may not read a case does not find it by its name
    return Only(view.role, view.process, view.case_id, words, frozenset(activities), frozenset(processes), sight)
