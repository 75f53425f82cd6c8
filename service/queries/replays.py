"""What the nightly replays came to, and whether it is time for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from service.domain.actors import Actor
from service.domain.errors import NotFound
from service.domain.replays import DIFFERS, night
from service.domain.sentences import Sentence, of_json
from service.runtime import calendars
from service.store import replays as store
from service.store.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 50
"""Cases that are told one by one."""


@dataclass(frozen=True, slots=True)
class Odd:
    """A case that did not come out as it was written, or could not be replayed (`differs` says which): when that was
    found, at which entry, and why."""

    case_id: str
    business_key: str | None
    opened_at: datetime
    found_at: datetime
    differs: bool
    seq: int | None
    reason: Sentence | None


@dataclass(frozen=True, slots=True)
class Night:
    """The last night's sample: when it began, whether it goes on, and how many cases came out how."""

    began_at: datetime
    over: bool
    same: int
    different: int
    not_replayed: int

    @property
    def cases(self) -> int:
        """How many were replayed."""
        return self.same + self.different + self.not_replayed


def due(workspace_id: str, now: datetime) -> bool:
    """Whether cases of a workspace are to be replayed now: tonight's have not all been."""
    with reading() as session:
        row = store.night(session, workspace_id)
        if row is None or row.began_at < night(now, calendars.of(session, workspace_id).zone):
            return store.cases(session, workspace_id) > 0
        return row.ended_at is None


def last(actor: Actor) -> tuple[Night | None, list[Odd]]:
    """The last night of the actor's workspace, and every case that last time did not come out as it was written. To whoever
    does not administer it there is nothing: `NotFound`."""
    if not actor.administers:
        raise NotFound
    with reading() as session:
        row = store.night(session, actor.workspace_id)
        found = None
        if row is not None:
            found = Night(row.began_at, row.ended_at is not None, row.same, row.different, row.not_replayed)
        return found, _odd(session, actor.workspace_id)


def _odd(session: "Session", workspace_id: str) -> list[Odd]:
    return [
        Odd(
            case.id,
            case.business_key,
            case.opened_at,
            row.replayed_at,
            row.outcome == DIFFERS,
            row.seq,
            of_json(row.reason) if row.reason else None,
        )
        for row, case in store.not_same(session, workspace_id, MOST)
    ]
