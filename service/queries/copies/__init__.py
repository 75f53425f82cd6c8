"""Whether the rows that pages read are what the journal says: each compared with the entries that it follows from."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

from service.domain import copies
from service.domain.copies import Amiss, Copies, Entry
from service.domain.record_facts import DisclosuresErased
from service.domain.sentences import Sentence, say
from service.domain.unreadable import NoObject, unreadable
from service.queries.copies.tables import OF_CASES, OF_WORKSPACES, SHARED, More, Row, Rows, Seen, Table
from service.queries.withheld import WITHHELD
from service.store import cases, journal, rows
from service.store.tables import Ballot, MeasureReport, TargetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["UNREADABLE", "Difference", "Found", "of_case", "of_workspace"]

UNREADABLE = copies.UNREADABLE

AT_ONCE = 100
"""Cases whose rows are read together."""

ERASING = frozenset({DisclosuresErased.KIND, "erasure.done", "erasure.repeated"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the journal says: its table, how it is called there, and the column (none: the row itself).

    `written` is what the entry says, `found` what stands there; where that is sealed or secret, only that it differs.
    """

    table: str
    row: str
    column: str | None
    written: Any
    found: Any
    entry: Entry | None
    said: Sentence


@dataclass(slots=True)
class Found:
    """What the comparison came to: the `differences`, how many rows were `compared`, and how many of these hold more than
    their entries can vouch for (`unknown`)."""

    differences: list[Difference] = field(default_factory=list)
    compared: int = 0
    unknown: int = 0

    def __iadd__(self, other: "Found") -> Self:
        self.differences += other.differences
        self.compared += other.compared
        self.unknown += other.unknown
        return self


def of_case(session: "Session", workspace_id: str, case_id: str, entries: Sequence[Entry]) -> Found:
    """Compare all rows that the journal of a case tells of; `entries` are those of its stream."""
    found = _of_cases(session, workspace_id, [case_id], entries)
    found += _shared_of(session, workspace_id, case_id, copies.shared(entries))
    return found


def of_workspace(session: "Session", workspace_id: str) -> Found:
    """Compare all rows of a workspace. Reads the whole journal, the rows of some cases at a time."""
    own = [it for it in _read_in(session, workspace_id, [workspace_id]) if copies.tells(it)]
    found, shared = Found(), copies.shared(own)
    everyone = cases.ids(session, workspace_id)
    for begin in range(0, len(everyone), AT_ONCE):
        some = everyone[begin : begin + AT_ONCE]
        entries = list(_read_in(session, workspace_id, some))
        found += _of_cases(session, workspace_id, some, entries, own)
        for _, of_one in _by_stream(entries):
            shared += copies.shared(of_one)
    told = copies.take(Copies(), workspace_id, _in_time(shared))
    seen = Seen(session, workspace_id, {})
    for name, table in SHARED.items():
        found += _compared(told, name, table, _read(seen, name, table, rows.where(session, workspace_id, table.model)))
    told = copies.take(Copies(), workspace_id, own)
    seen = Seen(session, workspace_id, {})
    for name, table in OF_WORKSPACES.items():
        listed: Iterable[Row] = rows.where(session, workspace_id, table.model)
        if name in OF_CASES:
            listed = (it for it in listed if it["case_id"] in (None, workspace_id))
        found += _compared(told, name, table, _read(seen, name, table, listed))
    return found


def _of_cases(
    session: "Session",
    workspace_id: str,
    case_ids: Collection[str],
    entries: Sequence[Entry],
    own: Sequence[Entry] | None = None,
) -> Found:
    """Compare what only the journals of these cases tell of. `own` is that of the workspace, read where it is needed."""
    told = copies.take(Copies(), workspace_id, entries)
    seen, found = Seen(session, workspace_id, {}), Found()
    for name, table in OF_CASES.items():
        if table.by is None:
            listed = rows.where(session, workspace_id, table.model, table.key[0], _keys(told, name))
        else:
            owners = set(case_ids) if table.of == "cases" else {key[0] for key in seen.rows[table.of]}
            listed = rows.where(session, workspace_id, table.model, table.by, owners)
        found += _compared(told, name, table, _read(seen, name, table, listed))
    if any(
        it.found is None and it.column is None and it.table in ("disclosures", "documents") for it in found.differences
    ):
        gone = _gone(own if own is not None else _read_in(session, workspace_id, [workspace_id]))
        found.differences = [it for it in found.differences if it.found is not None or it.row not in gone]
    return found


def _gone(own: Iterable[Entry]) -> set[str]:
    """What was erased, as the journal of the workspace says: commitments, and ids of documents."""
    erased = [it["data"] for it in own if it["kind"] in ERASING]
    return {key for data in erased for key in (*data.get("commitments", ()), *data.get("documents", ()))}


def _shared_of(session: "Session", workspace_id: str, case_id: str, mine: Sequence[Entry]) -> Found:
    """Compare what a case tells of and others may have changed since: by its own journal, else with theirs as well."""
    seen = Seen(session, workspace_id, {})
    told = copies.take(Copies(), workspace_id, mine)
    there: dict[str, Rows] = {}
    for name, table in SHARED.items():
        listed = list(rows.where(session, workspace_id, table.model, table.key[0], _keys(told, name)))
        if table.by is not None:
            listed += rows.where(session, workspace_id, table.model, table.by, {case_id})
        there[name] = _read(seen, name, table, listed)
    found = _all(told, there)
    for streams in (_related, _everywhere):
        if not found.differences:
            break
        entries = []
        for _, of_one in _by_stream(_read_in(session, workspace_id, streams(session, workspace_id, there))):
            entries += copies.shared(of_one)
        whole = copies.take(Copies(), workspace_id, _in_time(entries))
        found = _all(_only(whole, told, there), there)
    return found


def _related(session: "Session", workspace_id: str, there: Mapping[str, Rows]) -> set[str]:
    """The streams that are likely to tell of the same: of cases that make or vote on the same targets, report on the same
    measures, and of the workspace."""
    targets = {it["id"] for it in there["targets"].values()} | {
        it["target_id"] for it in there["target_versions"].values()
    }
    measures = {key for (key,) in there["measures"]}
    beside = [
        *rows.where(session, workspace_id, TargetVersion, "target_id", targets),
        *rows.where(session, workspace_id, Ballot, "target_id", targets),
        *rows.where(session, workspace_id, MeasureReport, "measure_id", measures),
    ]
    return {workspace_id, *(it["case_id"] for it in beside if it["case_id"])}


def _everywhere(session: "Session", workspace_id: str, _: Mapping[str, Rows]) -> set[str]:
    return {workspace_id, *cases.ids(session, workspace_id)}


def _only(whole: Copies, told: Copies, there: Mapping[str, Rows]) -> Copies:
    """What the journals of several cases say of the rows at hand."""
    found = Copies()
    for name in SHARED:
        wanted = _keys_of(told, name) | set(there[name])
        found.rows[name] = {key: row for key, row in whole.of(name) if key in wanted}
        found.gone[name] = {key: entry for key, entry in whole.gone.get(name, {}).items() if key in wanted}
    return found


def _all(told: Copies, there: Mapping[str, Rows]) -> Found:
    found = Found()
    for name, table in SHARED.items():
        found += _compared(told, name, table, there[name])
    return found


def _keys_of(told: Copies, name: str) -> set[tuple[str | int, ...]]:
    return {key for key, _ in told.of(name)}


def _keys(told: Copies, name: str) -> set[Any]:
    return {key[0] for key in _keys_of(told, name)}


def _read(seen: Seen, name: str, table: Table, listed: Iterable[Row]) -> Rows:
    found = {tuple(it[column] for column in table.key): it for it in listed}
    if table.more is not None:
        readable = {key: row for key, row in found.items() if not any(map(unreadable, row.values()))}
        found |= _with_more(seen, table.more, readable)
    seen.rows[name] = found
    return found


def _with_more(seen: Seen, more: More, found: Rows) -> Rows:
    """The rows with what is compared beside their columns. What lies in one is not ours to trust: of which that cannot be
    made, it is said that the row cannot be read, and the others are compared."""
    whole = {key: dict(row) for key, row in found.items()}
    try:
        more(seen, whole)
    except Exception:  # noqa: BLE001 - whatever lies there, and however a reader of it fails
        if len(found) == 1:
            return {key: row | {copies.NOTHING: NoObject()} for key, row in found.items()}
        return {key: row for one in found for key, row in _with_more(seen, more, {one: found[one]}).items()}
    return whole


def _compared(told: Copies, name: str, table: Table, there: Rows) -> Found:
    found = [_told(it, table, there.get(it.key)) for it in copies.amiss(told, name, there, whole=table.whole)]
    return Found(found, len(there), copies.unknown(told, name))


def _told(it: Amiss, table: Table, row: Row | None) -> Difference:
    named = [str(row[column]) for column in table.called if row is not None and row.get(column) is not None]
    column, written, found = it.column, it.written, it.found
    if found == copies.UNREADABLE:
        pass
    elif it.table == "disclosures" and it.column == "opens":
        column, written, found = "value", {"sealed": it.key[0]}, {"broken": True}
    elif row is not None and row.get("secret") and it.table == "votes" and it.column is not None:
        written, found = WITHHELD, WITHHELD
    called = ", ".join(named) or ", ".join(str(part) for part in it.key)
    return Difference(it.table, called, column, written, found, it.entry, _sentence(it))


def _sentence(it: Amiss) -> Sentence:
    if it.found == copies.UNREADABLE:
        return say("a row of the table “%(table)s” cannot be read: something else lies there", table=it.table)
    if it.table == "disclosures" and it.column == "opens":
        return say("what is kept of a sealed value is not what was sealed")
    if it.column is not None:
        return say("a row of the table “%(table)s” does not hold what the journal says", table=it.table)
    if it.found is None:
        return say("a row of the table “%(table)s” is gone, which the journal tells of", table=it.table)
    return say("there is a row of the table “%(table)s” which the journal does not tell of", table=it.table)


def _read_in(session: "Session", workspace_id: str, streams: Collection[str]) -> Iterator[Entry]:
    """The entries of some streams, each stream's in order. Raises `JournalSpoilt`."""
    return (journal.read(body) for body in rows.bodies(session, workspace_id, streams))


def _by_stream(entries: Iterable[Entry]) -> Iterator[tuple[str, Iterator[Entry]]]:
    return groupby(entries, key=lambda it: str(it["stream"]))


def _in_time(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of several streams in the order of their moments; each stream's stay in theirs."""
    return sorted(entries, key=lambda it: str(it["at"]))
