"""The journal of a workspace as an event log: JSON Lines, XES, OCEL 2.0."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from service.domain.actors import Actor
from service.domain.errors import Refused
from service.domain.witnesses import LogNotFound
from service.queries.history.lines import Lines
from service.queries.history.ocel import OcelTables
from service.queries.history.ocel_json import OcelJson
from service.queries.history.places import Places
from service.queries.history.selection import Reading, Record, Selection, size
from service.queries.history.xes import Xes
from service.store.moments import moment, session_on

__all__ = ["FORMATS", "HistoryTooLong", "Selection", "Written", "extent", "write"]

FORMATS: Mapping[str, str] = {"jsonl": ".jsonl", "xes": ".xes", "ocel2": ".json", "ocel2-sqlite": ".sqlite"}
"""The formats, each with how its files end."""

BLOCK = 1024 * 1024
EVERY = 10_000


class HistoryTooLong(Refused):
    """There are more than {most} entries in that part of the journal."""


class Writer(Protocol):
    """Writes one format. `objects` counts its objects once it is closed; None where the format has none."""

    @property
    def objects(self) -> int | None:
        """How many objects were written."""

    def take(self, record: Record) -> None:
        """Write one entry."""

    def close(self) -> None:
        """Nothing comes any more."""

    def leave(self) -> None:
        """Let go of a file that will not be finished."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many entries of how many cases (those of the workspace itself not counted as one), how many
    objects where the format has them, how many cases were left out, and the SHA-256 of the file."""

    entries: int
    cases: int
    objects: int | None
    left_out: int
    digest: str


def write(
    actor: Actor,
    format: str,
    selection: Selection,
    path: Path,
    *,
    most: int | None = None,
    told: Callable[[int], None] | None = None,
) -> Written:
    """Write what is selected of the journal of the actor's workspace to a new file, as it stands at one moment.

    Votes that are withheld stay so, but in JSON Lines for who administers the installation. `told` hears how many entries
    were written, now and then; more than `most` are refused: `HistoryTooLong`. Raises `LogNotFound` for who may not have
    it, `DefinitionNotFound`, `JournalSpoilt`, `DatabaseBusy`.
    """
    if not actor.audits:
        raise LogNotFound
    with moment() as connection, session_on(connection) as session:
        places = Places(session, actor.workspace_id)
        reading = Reading(session, actor, selection, whole=format == "jsonl" and actor.administrator)
        counts = _Counts(format != "xes", most, told)
        writer = _writer(format, path, places, actor.workspace_id, selection)
        try:
            with closing(reading.records()) as records:
                for record in records:
                    counts.take(record)
                    writer.take(record)
            writer.close()
        except BaseException:
            writer.leave()
            raise
        return Written(counts.entries, counts.cases, writer.objects, reading.left_out, _digest(path))


@dataclass(slots=True)
class _Counts:
    """Counts what is written. `all_streams`: entries that belong to no case too."""

    all_streams: bool
    most: int | None
    told: Callable[[int], None] | None
    entries: int = 0
    cases: int = 0
    last: str = ""

    def take(self, record: Record) -> None:
        in_case = record.owner == "case"
        if not record.wanted or not (in_case or self.all_streams):
            return
        if in_case and record.entry["stream"] != self.last:
            self.last = record.entry["stream"]
            self.cases += 1
        if self.entries == self.most:
            raise HistoryTooLong(most=self.most)
        self.entries += 1
        if self.told is not None and self.entries % EVERY == 0:
            self.told(self.entries)


def extent(actor: Actor) -> tuple[int, int]:
    """How many cases the actor's workspace has, and how many entries tell of them and of the workspace itself. Raises `LogNotFound`."""
    if not actor.audits:
        raise LogNotFound
    with moment() as connection:
        return size(connection, actor)


def _writer(format: str, path: Path, places: Places, workspace_id: str, selection: Selection) -> Writer:
    match format:
        case "jsonl":
            return Lines(path)
        case "xes":
            return Xes(path, places, workspace_id, selection)
        case "ocel2":
            return OcelJson(path, places)
        case "ocel2-sqlite":
            return OcelTables(path, places)
    raise ValueError(f"there is no format {format}")


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()
