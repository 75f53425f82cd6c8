"""The incidents that wait, the oldest first, with what narrows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import readable
from service.queries import bundled, cursors
from service.queries.matters import title_of
from service.queries.texts import Text
from service.runtime import views
from service.runtime.views import when
from service.store import incidents as store
from service.store import matters, people
from service.store.db import reading
from service.store.incidents import Only
from service.store.tables import Incident

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAGE, MOST = 25, 200
AGES = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
"""How long at least an incident has waited, by what an address calls it."""


@dataclass(frozen=True, slots=True)
class View:
    """Which incidents: of a process, of a kind, waiting for so long at least, and behind a cursor."""

    process: str | None = None
    kind: str | None = None
    age: str | None = None
    cursor: str | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows it."""
        return bool(self.process or self.kind or self.age)

    def only(self, actor: Actor, now: datetime) -> Only:
        """The same for the store: what the actor may read of it."""
        waits = AGES.get(self.age or "")
        return Only(self.kind, self.process, now - waits if waits else None, readable(actor))


def listed(actor: Actor, language: str, view: View, now: datetime) -> dict[str, Any]:
    """A page of incidents, the oldest first. Raises `ProcessOwnerNeeded`, `CursorRefused`.

    `began` is when the case did, where it has no number to be told apart by. `kinds` and `processes` are those that there are, each with how many; `total` is how many wait in all.
    """
    actor.must_own_processes()
    with reading() as session:
        here, only = actor.workspace_id, view.only(actor, now)
        after = cursors.place(view.cursor)
        rows = store.page(session, here, only, after=after, limit=PAGE + 1)
        shown, behind = cursors.page(rows, PAGE, lambda row: (row.opened_at, row.id))
        cases = matters.some(session, here, {row.case_id for row in shown})
        names = people.names(session, here, {str(row.moved_by["actor"]) for row in shown})
        counted = store.counted(session, here, only)
        kinds: dict[str, int] = {}
        processes: dict[str, tuple[Text, int]] = {}
        for kind, digest, key, many in counted:
            kinds[kind] = kinds.get(kind, 0) + many
            if key is not None and digest is not None:
                name = bundled.process_name(session, here, digest, key, language)
                processes[key] = (name, processes.get(key, (name, 0))[1] + many)
        return {
            "incidents": [
                views.incident(row)
                | {
                    "case": title_of(session, cases[row.case_id], here, language)[0],
                    "began": None if cases[row.case_id].business_key else when(cases[row.case_id].opened_at),
                    "process": process_of(session, row, language),
                    "element": element_of(session, row, language),
                    "who": names.get(str(row.moved_by["actor"])),
                    "waits": row.move["kind"],
                }
                for row in shown
            ],
            "next": behind,
            "kinds": kinds,
            "processes": processes,
            "total": sum(kinds.values()),
        }


def matching(actor: Actor, view: View, now: datetime) -> list[str]:
    """The ids of the incidents of a view, the oldest first, at most `MOST`. Raises `ProcessOwnerNeeded`."""
    actor.must_own_processes()
    with reading() as session:
        rows = store.page(session, actor.workspace_id, view.only(actor, now), after=None, limit=MOST)
        return [row.id for row in rows]


def number(actor: Actor) -> int:
    """How many incidents wait for the actor's help; none where she could not help. Asks nothing then."""
    if not actor.owns_processes:
        return 0
    with reading() as session:
        return store.number(session, actor.workspace_id, readable(actor))


def process_of(session: "Session", row: Incident, language: str) -> Text | None:
    """What the process is called that failed."""
    if row.bundle_digest is None or row.process_key is None:
        return None
    return bundled.process_name(session, row.workspace_id, row.bundle_digest, row.process_key, language)


def element_of(session: "Session", row: Incident, language: str) -> Text | None:
    """What the activity is called at which it failed."""
    if row.bundle_digest is None or row.process_key is None or row.activity_id is None:
        return None
    process = bundled.process(session, row.workspace_id, row.bundle_digest, row.process_key)
    element = process.element(row.activity_id)
    texts = bundled.texts(session, row.workspace_id, row.bundle_digest, language)
    return texts.of(row.activity_id, element.name if element else None)
