"""The part of a workspace's journal that somebody wants and may have, entry by entry."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import rfc8785

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound, DefinitionNotFound, JournalSpoilt
from service.domain.journal import instant
from service.queries.withheld import Veil
from service.store import cases
from service.store import history as store

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted: the cases in which a process ran, with a `process` (its key, or its bundle's); entries from `since`
    on and before `until`."""

    process: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of_days(cls, process: str | None, first: date | None, last: date | None, zone: str) -> "Selection":
        """The same by days, both of them included, as the clocks of that time zone (IANA) count them."""

        def midnight(day: date | None) -> datetime | None:
            return None if day is None else datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)

        return cls(process or None, midnight(first), midnight(None if last is None else last + timedelta(days=1)))

    def instants(self) -> tuple[str | None, str | None]:
        """The period as entries hold times."""
        since, until = (None if at is None else instant(at) for at in (self.since, self.until))
        return since, until


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, with its bytes as they are to be given away. `wanted`: it is within the period; others are read along
    because they say what the wanted ones are about. `owner` is case or workspace."""

    entry: dict[str, Any]
    body: bytes
    owner: str
    wanted: bool


@dataclass(slots=True)
class Reading:
    """Reads what is wanted. `left_out` counts the cases that the actor may not read, once all has been read.

    `whole`: votes that are withheld are told too, which is for who can read the database anyway.
    """

    session: "Session"
    actor: Actor
    selection: Selection
    whole: bool = False
    left_out: int = field(default=0, init=False)

    def records(self) -> Generator[Record, None, None]:
        """The entries, each stream's in their order. Raises `DefinitionNotFound` for a process that is not known,
        `JournalSpoilt`."""
        here, wanted = self.actor.workspace_id, self.selection
        connection = self.session.connection()
        if wanted.process is not None and not store.knows(connection, here, wanted.process):
            raise DefinitionNotFound(key=wanted.process)
        veiled = frozenset() if self.whole else store.with_votes_withheld(connection, here)
        with closing(store.entries(connection, here, wanted.process, wanted.until)) as found:
            for stream, rows in groupby(found, key=itemgetter(0)):
                if stream != here and not may_read(self.actor, stream):
                    self.left_out += 1
                    continue
                bodies = (body for _, body in rows)
                told = self._under_veil(stream, bodies) if stream in veiled else ((_read(it), it) for it in bodies)
                yield from self._wanted(told, "workspace" if stream == here else "case")

    def _wanted(self, told: Iterator[tuple[dict[str, Any], bytes]], owner: str) -> Iterator[Record]:
        since, until = self.selection.instants()
        for entry, body in told:
            at = entry["at"]
            yield Record(entry, body, owner, (since is None or since <= at) and (until is None or at < until))

    def _under_veil(self, stream: str, bodies: Iterator[bytes]) -> Iterator[tuple[dict[str, Any], bytes]]:
        """A whole stream, without what would tell a vote. What was left as it is keeps its bytes."""
        case = cases.case(self.session, self.actor.workspace_id, stream)
        if case is None:
            raise CaseNotFound
        kept = list(bodies)
        entries = [_read(it) for it in kept]
        for entry, before, body in zip(
            Veil(self.session, self.actor, case).entries(entries), entries, kept, strict=True
        ):
            yield entry, body if entry == before else rfc8785.dumps(entry)


def size(connection: "Connection", actor: Actor) -> tuple[int, int]:
    """How many cases the workspace has, and how many entries their streams hold."""
    return store.size(connection, actor.workspace_id)


def _read(body: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(body)
    except ValueError:
        raise JournalSpoilt from None
    return found
