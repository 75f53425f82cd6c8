"""Whether the log still says what was written: recomputed from the entries themselves, one verdict per claim. And whether
the rows that pages read say what the log says."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.errors import JournalSpoilt
from service.domain.journal import INSTALLATION
from service.domain.log_check import Course, broken_key
from service.domain.merkle import EMPTY, Frontier
from service.domain.notes import Key, Note, NoteRefused, Verify, read
from service.domain.tiles import SIZE, WIDTH, count
from service.queries import copies
from service.queries.log_held import Held, Kept, Verdict
from service.store import checkpoints, log, log_reading, workspaces
from service.store.moments import moment, session_on

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


__all__ = ["Kept", "Verdict", "differing", "verdicts"]

MOST = 50
"""Rows that are told one by one."""


def verdicts(
    verify: Verify, workspace_id: str | None = None, kept: Sequence[Kept] = (), trusted: Sequence[Key] = ()
) -> Iterator[Verdict]:
    """Check the installation's log and every workspace's, or that of `workspace_id` alone, as they stand at one moment.

    `kept` are checkpoints that somebody else has kept, `trusted` the keys that she got from elsewhere. Reads every entry.
    """
    with moment() as connection, session_on(connection) as session:
        names = list(workspaces.names(session)) if workspace_id is None else [workspace_id]
        held = Held(verify, [row.public for row in checkpoints.keys(session)], kept, trusted)
        rows = {name: log.log(session, name) for name in (INSTALLATION, *names)}
        read = {row.origin for row in rows.values() if row is not None}
        for name, row in rows.items():
            yield from _Log(session, name, held, "" if row is None else row.origin).verdicts(read)
            if name == INSTALLATION:
                yield from held.known()
            else:
                yield from _rows(session, name)
        yield from held.left(read, whole=workspace_id is None)


def differing() -> list[str]:
    """What the tables of every workspace say that the journal does not, row by row."""
    with moment() as connection, session_on(connection) as session:
        found = [it for name in workspaces.names(session) for it in _rows(session, name)]
        return [f"{it.workspace_id}: {it.says}." for it in found if not it.holds]


@dataclass(slots=True)
class _Log:
    session: "Session"
    workspace_id: str
    held: Held
    origin: str

    def verdicts(self, read: set[str]) -> Iterator[Verdict]:
        connection, here = self.session.connection(), self.workspace_id
        row, rows = log.log(self.session, here), checkpoints.every(self.session, here)
        mine = [(it, note) for it in self.held.kept for note in it.notes if note.checkpoint.origin == self.origin]
        sizes = [*(it.size for it in rows), *(note.checkpoint.size for _, note in mine)]
        course = Course(sizes, lambda *place: log_reading.tile(connection, here, *place))
        for entry in log_reading.entries(connection, here):
            course.take(*entry)
        course.finish()
        size, root = (0, EMPTY) if row is None else (row.size, row.root)
        yield self._streams(course)
        yield self._places(course, size)
        yield self._tree(course, size, root)
        if here == INSTALLATION:
            self.held.keyed = course.keyed
            yield self._keys(course.keyed)
        notes = [note for it in rows if (note := _read(it.note))]
        found = _Roots(course, self._leaves, [*notes, *(note for _, note in mine)])
        yield self._checkpoints(found, notes, len(rows))
        for it, note in mine:
            yield self._kept(found, it, note, read)

    def _says(self, claim: str, broken: str | None, holds: str) -> Verdict:
        return Verdict(self.workspace_id, claim, broken is None, holds if broken is None else broken)

    def _streams(self, course: Course) -> Verdict:
        broken, streams = course.broken_stream, dict(course.streams)
        for name, entries, head in log_reading.owners(self.session.connection(), self.workspace_id):
            found = streams.pop(name, (0, head))
            if broken is None and found != (entries, head):
                broken = f"stream {name} ends behind {found[0]} entries, and its owner says {entries}, or another end"
        if broken is None and streams:
            broken = f"stream {min(streams)} belongs to nobody"
        entries = sum(count for count, _ in course.streams.values())
        return self._says("streams", broken, f"{entries} entries of {len(course.streams)} streams follow one another")

    def _places(self, course: Course, size: int) -> Verdict:
        broken = course.broken_place
        if broken is None and course.size != size:
            broken = f"{course.size} entries have a place, and the log says {size}"
        waiting = f"; {course.waiting} wait for theirs" if course.waiting else ""
        return self._says("places", broken, f"{size} entries have their places, none is left out{waiting}")

    def _tree(self, course: Course, size: int, root: bytes) -> Verdict:
        broken = course.broken_tile
        if broken is None and course.root() != root:
            broken = "the root over the entries is not the one that is kept"
        if broken is None and log_reading.tiles(self.session.connection(), self.workspace_id) != count(size):
            broken = "there are more tiles than the tree has"
        return self._says("tree", broken, f"the tree over them has the root {root.hex()}")

    def _keys(self, keyed: Sequence[Mapping[str, Any]]) -> Verdict:
        broken = broken_key(keyed, self.held.public, self.held.verify)
        numbers = [it.number for it in checkpoints.keys(self.session)]
        if broken is None and numbers != list(range(len(numbers))):
            broken = f"the keys are kept under the numbers {numbers}, and they follow one another from 0"
        lost = sum(1 for fact in keyed[1:] if not fact.get("signed_by_old"))
        unsigned = f"; {lost} came without the signature of the one before" if lost else ""
        return self._says("keys", broken, f"{len(self.held.public)} keys have signed, as the journal tells{unsigned}")

    def _checkpoints(self, found: "_Roots", notes: Sequence[Note], count: int) -> Verdict:
        broken = None if len(notes) == count else "it is not in the form of a signed checkpoint"
        for note in notes:
            size = note.checkpoint.size
            if not any(note.signed_by(it, self.held.verify) for it in self.held.keys(self.origin)):
                broken = broken or f"the one of size {size} is signed by no key that is known"
            broken = broken or found.wrong(note)
        broken = broken and f"a checkpoint that is kept here does not hold: {broken}"
        return self._says("checkpoints", broken, f"{count} checkpoints are signed, and the log leads through each")

    def _kept(self, found: "_Roots", kept: Kept, note: Note, read: set[str]) -> Verdict:
        holds, says = self.held.wrong(note) or (
            True,
            f"the first {note.checkpoint.size} entries are those that were signed",
        )
        if holds and (wrong := found.wrong(note)):
            holds, says = False, wrong
        others = ", ".join(sorted({it.checkpoint.origin for it in kept.notes} - read))
        aside = f"; left aside, of a log that was not read: {others}" if others else ""
        return Verdict(self.workspace_id, "kept", holds, f"{kept.name}: {says}{aside}")

    def _leaves(self, size: int) -> bytes | None:
        """The root over the first hashes of entries as the tiles have them; None where there are not so many."""
        tree, connection = Frontier(), self.session.connection()
        for number in range(-(-size // WIDTH)):
            row = log_reading.tile(connection, self.workspace_id, 0, number) or b""
            for at in range(0, min(len(row), (size - number * WIDTH) * SIZE), SIZE):
                tree.append(row[at : at + SIZE])
        return tree.root() if tree.size == size else None


@dataclass(frozen=True, slots=True)
class _Roots:
    """The roots that were found at the sizes of checkpoints. `leaves` gives the root at a size by the hashes that the tiles
    have: where that is the one that was signed, they tell which entry is another."""

    course: Course
    leaves: Callable[[int], bytes | None]
    notes: Sequence[Note]

    def wrong(self, note: Note) -> str | None:
        """Why the log does not lead through a checkpoint, with the entry if it can be known; None where it does."""
        size, root, course = note.checkpoint.size, note.checkpoint.root, self.course
        if size > course.size:
            return f"{size} entries were signed, and the log has {course.size}: it was cut off, or brought back from a backup"
        if self._holds(note):
            return None
        if course.odd is not None and course.odd[0] < size and self.leaves(size) == root:
            return f"{course.odd[1]} is not what was signed"
        good = max(
            (it.checkpoint.size for it in self.notes if it.checkpoint.size < size and self._holds(it)), default=0
        )
        bad = min(it.checkpoint.size for it in self.notes if it.checkpoint.size > good and not self._holds(it))
        if bad == good + 1:
            return f"the entry at place {good} in the log is not what was signed"
        why = "a root does not tell them apart, and the tiles were changed with them"
        return f"of the entries at the places {good} to {bad - 1} at least one is not what was signed: {why}"

    def _holds(self, note: Note) -> bool:
        return self.course.roots.get(note.checkpoint.size) == note.checkpoint.root


def _read(text: str) -> Note | None:
    with suppress(NoteRefused):
        return read(text)
    return None


def _rows(session: "Session", workspace_id: str) -> Iterator[Verdict]:
    """Whether the tables say what the journal says; each row that does not, up to `MOST`."""
    try:
        found = copies.of_workspace(session, workspace_id)
    except JournalSpoilt:
        yield Verdict(
            workspace_id,
            "tables",
            False,
            "what pages read cannot be compared with the journal: entries of it cannot be read",
        )
        return
    odd = [_says(it) for it in found.differences]
    yield from (Verdict(workspace_id, "tables", False, says) for says in odd[:MOST])
    if odd[MOST:]:
        yield Verdict(workspace_id, "tables", False, f"{len(odd) - MOST} more rows are not what the journal says")
    if not odd:
        left = f"; {found.unknown} hold words that entries of that day did not vouch for" if found.unknown else ""
        yield Verdict(workspace_id, "tables", True, f"{found.compared} rows say what the journal says{left}")


def _says(it: copies.Difference) -> str:
    told = f"{it.table} ({it.row})" if it.column is None else f"{it.table} ({it.row}), {it.column}"
    if it.entry is not None:
        told += f", by entry {it.entry['seq']} of stream {it.entry['stream']}"
    if it.column is None or it.found == copies.UNREADABLE:
        return f"{told}: {it.said}"
    return f"{told}: written {_value(it.written)}, found {_value(it.found)}"


def _value(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
