"""The list of cases as its page shows it: what each is called, where it stands, and whom it waits for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read, readable
from service.domain.errors import CaseNotFound
from service.queries import bundled, clocks, cursors
from service.queries.inbox import case_title, ways_to_write
from service.queries.texts import Text
from service.runtime.views import when
from service.store import definitions
from service.store import matters as store
from service.store.db import reading
from service.store.matters import Matter, Only
from service.store.tasks import END_OF_TIME

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAGE = 25


@dataclass(frozen=True, slots=True)
class View:
    """Which cases: of a status, of a process, over or not, found by words, and behind a cursor."""

    status: str | None = None
    process: str | None = None
    state: str | None = None
    q: str = ""
    cursor: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.status or self.process or self.state or self.q)


def matters(actor: Actor, language: str, view: View) -> dict[str, Any]:
    """A page of the cases that the actor may read, the newest first. Raises `CursorRefused`.

    `waits` are the roles that a case waits for, `timer` what the clock does next in one that waits for nobody.
    """
    sight = readable(actor)
    over = {"open": False, "over": True}.get(view.state or "")
    only = Only(view.status, view.process, over, ways_to_write(view.q), sight)
    with reading() as session:
        after = cursors.place(view.cursor)
        found = store.page(session, actor.workspace_id, only, after=after, limit=PAGE + 1)
        shown, behind = cursors.page(found, PAGE, lambda it: (it.opened_at, it.id))
        waiting = store.waiting(session, actor.workspace_id, [it.id for it in shown])
        idle = [it.id for it in shown if it.closed_at is None and it.id not in waiting]
        timers = clocks.next_of(session, actor.workspace_id, idle, language)
        return {
            "cases": [
                _told(session, actor, language, it)
                | {"waits": _waits(waiting.get(it.id, [])), "timer": timers.get(it.id)}
                for it in shown
            ],
            "next": behind,
            "statuses": store.statuses(session, actor.workspace_id, sight),
            "processes": {
                row.process_key: bundled.process_name(
                    session, actor.workspace_id, row.bundle_digest, row.process_key, language
                ).text
                for row in definitions.all_in_force(session, actor.workspace_id)
            },
        }


def called(actor: Actor, case_id: str, language: str) -> Text:
    """What one case is called in the lists of a reader who may read it. Raises `CaseNotFound`."""
    with reading() as session:
        matter = store.one(session, actor.workspace_id, case_id)
        if matter is None or not may_read(actor, case_id):
            raise CaseNotFound
        return title_of(session, matter, actor.workspace_id, language)[0]


def title_of(session: "Session", matter: Matter, workspace_id: str, language: str) -> tuple[Text, Text]:
    """What a case is called, and what its process is."""
    process = Text("–")
    if matter.digest is not None and matter.process_key is not None:
        process = bundled.process_name(session, workspace_id, matter.digest, matter.process_key, language)
    return case_title(matter.target, matter.title, matter.business_key, process, matter.kind), process


def ended(session: "Session", matter: Matter, workspace_id: str, language: str) -> Text | None:
    """What the diagram calls the end that a case came to; None where it came to none of its own."""
    if matter.digest is None or matter.process_key is None or matter.end_event is None:
        return None
    process = bundled.process(session, workspace_id, matter.digest, matter.process_key)
    element = process.element(matter.end_event)
    if element is None or not element.name:
        return None
    return bundled.texts(session, workspace_id, matter.digest, language).of(matter.end_event, element.name)


def called_off(matter: Matter) -> bool:
    """Whether a case came to no end of its own, but was called off."""
    return matter.outcome == "cancelled"


def _told(session: "Session", actor: Actor, language: str, it: Matter) -> dict[str, Any]:
    title, process = title_of(session, it, actor.workspace_id, language)
    return {
        "id": it.id,
        "title": title,
        "process": process,
        "status": it.status,
        "opened_at": when(it.opened_at),
        "closed_at": when(it.closed_at),
        "ended": ended(session, it, actor.workspace_id, language) if it.closed_at else None,
        "called_off": called_off(it),
        "review_on": it.review_on.isoformat() if it.review_on else None,
        "troubles": it.incidents,
        "sample": it.origin == "sample",
    }


def _waits(found: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"role": role, "due_at": None if due_at == END_OF_TIME else when(due_at)} for role, due_at in found]
