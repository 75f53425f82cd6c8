"""Rows that say what the journal says too: how they follow from its entries, and where they do not.

Pages read them because they can be searched and listed; the journal is the record. What no entry tells of a row is not
compared: names, and words that nobody sealed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.copies import ballots, cases, hearings, measures, targets, tasks, workspaces
from service.domain.copies.ballots import votes_in
from service.domain.copies.said import UNKNOWN, Copies, Either, Entry, Key, Outside, Row, Tell
from service.domain.decisions import decided
from service.domain.disclosures import commitments, sealed
from service.domain.errors import JournalSpoilt
from service.domain.unreadable import unreadable

__all__ = [
    "NOTHING",
    "UNREADABLE",
    "Amiss",
    "Copies",
    "Entry",
    "Key",
    "amiss",
    "shared",
    "take",
    "tells",
    "unknown",
    "votes_in",
]

_NOUNS = (cases, tasks, ballots, hearings, targets, measures, workspaces)
TELLS: Mapping[str, Tell] = {kind: tell for noun in _NOUNS for kind, tell in noun.TELLS.items()}
CALLS: Mapping[str, Tell] = {
    name: tell for noun in (ballots, hearings, targets, measures) for name, tell in noun.CALLS.items()
}
CALLED = "operation.called"

UNREADABLE = {"unreadable": True}
"""What is said of a value that cannot be read, and, with a name that no column has, of a row of which nothing can be made."""


@dataclass(frozen=True, slots=True)
class Amiss:
    """A row that is not what the journal says: in that column, or without one as a whole.

    `written` is what the `entry` says, `found` what stands there; `UNREADABLE` where that cannot be read. A row is written
    as true, and found as true where none should be; `entry` is None where nothing tells of it.
    """

    table: str
    key: Key
    column: str | None
    written: Any
    found: Any
    entry: Entry | None


def take(told: Copies, workspace_id: str, entries: Iterable[Entry]) -> Copies:
    """The same, when these entries of the workspace have been read too: each stream's are in their order. Raises
    `JournalSpoilt` at one that says what no entry of ours does."""
    streams: dict[str, list[Entry]] = {}
    told.workspace_id = workspace_id
    try:
        for entry in entries:
            if entry["stream"] != workspace_id:
                streams.setdefault(entry["stream"], []).append(entry)
                if entry["seq"] == 0:
                    cases.opened(told, entry)
            _take(told, entry)
        for stream, of_case in streams.items():
            _decisions(told, stream, of_case)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError):
        raise JournalSpoilt from None
    return told


def _take(told: Copies, entry: Entry) -> None:
    stream, data = entry["stream"], entry["data"]
    if "state" in data:
        told.causes[stream], told.beside[stream] = entry, []
    elif stream in told.causes:
        told.beside[stream].append(entry)
    tell = _tell(entry)
    if tell is not None:
        tell(told, entry, data)
    new = [it for it in sealed(data) if (it[1],) not in told.rows.get("disclosures", {})]
    for pointer, commitment in new:
        answers = pointer.removeprefix("/answers") if entry["kind"] == "task.completed" else pointer
        by = {} if answers == pointer else {"pointer": answers, "task_id": data["task"], "person_id": _person(entry)}
        told.say(entry, "disclosures", commitment, opens=True, case_id=entry["stream"], sealed_at=entry["at"], **by)


def _person(entry: Entry) -> Any:
    """Who gave an answer: the person who acts, if it is one. Whoever was signed in is; who came by a link is none."""
    known = entry["auth"].startswith(("session:", "token:"))
    return entry["actor"] if known else Either((None, entry["actor"]))


def _tell(entry: Entry) -> Tell | None:
    called = entry["kind"] == CALLED
    return CALLS.get(entry["data"]["operation"]) if called else TELLS.get(entry["kind"])


def tells(entry: Entry) -> bool:
    """Whether an entry tells of any row."""
    return _tell(entry) is not None or any(True for _ in commitments(entry["data"]))


def shared(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the entries that tell of what several cases and the workspace change, and what they come of."""
    found: list[Entry] = []
    cause: Entry | None = None
    for entry in entries:
        kind = entry["kind"]
        of = entry["data"]["operation"] if kind == CALLED else kind
        if "state" in entry["data"]:
            cause = entry
        elif of.partition(".")[0] in SHARED:
            found += [entry] if cause is None else [cause, entry]
            cause = None
    return found


SHARED = frozenset({"target", "targets", "notice", "strategy", "measure", "measures", "organisation", "body", "seat"})
"""What kinds, and names of operations, begin with where they tell of such rows."""


def amiss(told: Copies, table: str, rows: Mapping[Key, Mapping[str, Any]], *, whole: bool) -> Iterator[Amiss]:
    """Where the rows of a table are not what was told. `whole`: there should be no others than those."""
    for key, columns in told.of(table):
        row = rows.get(key)
        if row is None:
            yield Amiss(table, key, None, True, None, next(iter(columns.values())).entry)
            continue
        yield from _unread(table, key, row, next(iter(columns.values())).entry) or _columns(table, key, columns, row)
    gone = told.gone.get(table, {})
    for key in rows:
        if key not in told.rows.get(table, {}):
            yield from _unread(table, key, rows[key], gone.get(key))
            if key in gone or whole:
                yield Amiss(table, key, None, None, True, gone.get(key))


def unknown(told: Copies, table: str) -> int:
    """How many rows of a table hold more than their entries can vouch for, which were written before such entries did."""
    return sum(any(said.value is UNKNOWN for said in columns.values()) for _, columns in told.of(table))


def _unread(table: str, key: Key, row: Mapping[str, Any], entry: Entry | None) -> list[Amiss]:
    """What of a row cannot be read. The rest of such a row is not compared: it is made of what cannot be read, too."""
    found = [name for name, value in row.items() if unreadable(value)]
    if found == [NOTHING]:
        return [Amiss(table, key, None, True, UNREADABLE, entry)]
    return [Amiss(table, key, name, None, UNREADABLE, entry) for name in found]


NOTHING = ""
"""The name under which something unreadable stands in a row of which nothing can be made."""


def _columns(table: str, key: Key, columns: Row, row: Mapping[str, Any]) -> Iterator[Amiss]:
    for name, said in columns.items():
        value, found = said.value, row.get(name)
        if any(_fits(it.value, found) for it in (said, *said.beside)):
            continue
        written = value.values[0] if isinstance(value, Either) else value
        yield Amiss(table, key, name, written, None if isinstance(found, Outside) else found, said.entry)


def _fits(value: Any, found: Any) -> bool:
    """Whether what was found may be what was said."""
    if value is UNKNOWN or found is UNKNOWN or value == found:
        return True
    if isinstance(found, Outside):
        return value not in found
    return isinstance(value, Either) and found in value.values


def _decisions(told: Copies, stream: str, entries: list[Entry]) -> None:
    by_number = {entry["seq"]: entry for entry in entries}
    for it in decided(entries):
        told.say(
            by_number[it.seq],
            "decisions_made",
            stream,
            it.seq,
            decided_at=it.at,
            kind=it.kind,
            subject=it.subject,
            person_id=it.person,
            role_key=it.role,
            outcome=it.outcome,
            table_digest=it.table,
        )
