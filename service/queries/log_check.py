"""Whether the log still says what was written: recomputed from the entries themselves, one verdict per claim. And whether
the rows that pages read say what the log says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.errors import JournalSpoilt
from service.domain.journal import INSTALLATION
from service.domain.log_check import Course, broken_key
from service.domain.log_facts import decoded
from service.domain.merkle import EMPTY
from service.domain.notes import Key, Note, NoteRefused, Verify, read
from service.domain.tiles import count
from service.queries import copies
from service.store import checkpoints, log, log_reading, workspaces
from service.store.moments import moment, session_on

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


MOST = 50
"""Rows that are told one by one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim about one log (`*` is the installation's): whether it holds, and what was looked at or is broken."""

    workspace_id: str
    claim: str
    holds: bool
    says: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the auditor brought: the name of her file, and the checkpoint in it."""

    name: str
    note: Note


def verdicts(
    verify: Verify, workspace_id: str | None = None, kept: Sequence[Kept] = (), trusted: Sequence[Key] = ()
) -> Iterator[Verdict]:
    """Check the installation's log and every workspace's, or that of `workspace_id` alone, as they stand at one moment.

    `kept` are checkpoints that somebody else has kept, `trusted` the keys that she got from elsewhere. Reads every entry.
    """
    with moment() as connection, session_on(connection) as session:
        names = list(workspaces.names(session)) if workspace_id is None else [workspace_id]
        left, public = list(kept), [row.public for row in checkpoints.keys(session)]
        for key in trusted:
            yield _known(key, public)
        for name in (INSTALLATION, *names):
            row = log.log(session, name)
            mine = [it for it in left if row is not None and it.note.checkpoint.origin == row.origin]
            left = [it for it in left if it not in mine]
            yield from _Log(session, name, public, verify).verdicts(mine, trusted)
            if name != INSTALLATION:
                yield from _rows(session, name)
        for it in left:
            yield Verdict(
                INSTALLATION, "kept", False, f"{it.name}: no log that was read is called {it.note.checkpoint.origin}"
            )


def differing() -> list[str]:
    """What the tables of every workspace say that the journal does not, row by row."""
    with moment() as connection, session_on(connection) as session:
        found = [it for name in workspaces.names(session) for it in _rows(session, name)]
        return [f"{it.workspace_id}: {it.says}." for it in found if not it.holds]


@dataclass(slots=True)
class _Log:
    session: "Session"
    workspace_id: str
    public: Sequence[str]
    verify: Verify

    def verdicts(self, kept: Sequence[Kept], trusted: Sequence[Key]) -> Iterator[Verdict]:
        connection, here = self.session.connection(), self.workspace_id
        row, rows = log.log(self.session, here), checkpoints.every(self.session, here)
        sizes = [*(it.size for it in rows), *(it.note.checkpoint.size for it in kept)]
        course = Course(sizes, lambda *place: log_reading.tile(connection, here, *place[:2]) == place[2])
        for entry in log_reading.entries(connection, here):
            course.take(*entry)
        course.finish()
        size, root, origin = (0, EMPTY, "") if row is None else (row.size, row.root, row.origin)
        yield self._streams(course)
        yield self._places(course, size)
        yield self._tree(course, size, root)
        if here == INSTALLATION:
            yield self._keys(course.keyed)
        keys = [Key(origin, decoded(public)) for public in self.public]
        yield self._checkpoints(course, [it.note for it in rows], keys)
        for it in kept:
            yield self._kept(course, it, [key for key in trusted if key.name == origin] or keys)

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
        broken = broken_key(keyed, self.public, self.verify)
        numbers = [it.number for it in checkpoints.keys(self.session)]
        if broken is None and numbers != list(range(len(numbers))):
            broken = f"the keys are kept under the numbers {numbers}, and they follow one another from 0"
        lost = sum(1 for fact in keyed[1:] if not fact.get("signed_by_old"))
        unsigned = f"; {lost} came without the signature of the one before" if lost else ""
        return self._says("keys", broken, f"{len(self.public)} keys have signed, as the journal tells{unsigned}")

    def _checkpoints(self, course: Course, notes: Sequence[str], keys: Sequence[Key]) -> Verdict:
        broken = None
        for text in notes:
            try:
                note = read(text)
                wrong = self._wrong(course, note, keys)
            except NoteRefused as error:
                wrong = str(error)
            if wrong is not None and broken is None:
                broken = f"a checkpoint that is kept here does not hold: {wrong}"
        return self._says("checkpoints", broken, f"{len(notes)} checkpoints are signed, and the log leads through each")

    def _kept(self, course: Course, kept: Kept, keys: Sequence[Key]) -> Verdict:
        wrong = self._wrong(course, kept.note, keys)
        size = kept.note.checkpoint.size
        return self._says(
            "kept",
            None if wrong is None else f"{kept.name}: {wrong}",
            f"{kept.name}: the first {size} entries are those that were signed",
        )

    def _wrong(self, course: Course, note: Note, keys: Sequence[Key]) -> str | None:
        checkpoint = note.checkpoint
        if not any(note.signed_by(key, self.verify) for key in keys):
            return f"the one of size {checkpoint.size} is signed by no key that is known"
        if checkpoint.size > course.size:
            return (
                f"{checkpoint.size} entries were signed, and the log has {course.size}: it was cut off, or brought back "
                "from a backup"
            )
        if course.roots.get(checkpoint.size) != checkpoint.root:
            return f"of the first {checkpoint.size} entries at least one is not what was signed"
        return None


def _rows(session: "Session", workspace_id: str) -> Iterator[Verdict]:
    """Whether the tables say what the journal says; each row that does not, up to `MOST`."""
    try:
        found = copies.of_workspace(session, workspace_id)
    except JournalSpoilt:
        yield Verdict(workspace_id, "tables", False, "they cannot be compared with entries that cannot be read")
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


def _known(key: Key, public: Sequence[str]) -> Verdict:
    keys = [decoded(it) for it in public]
    if key.public not in keys:
        return Verdict(INSTALLATION, "key", False, f"the key {key.text()} has never signed here")
    says = f"the key {key.text()} is number {keys.index(key.public) + 1} of the {len(keys)} that have signed"
    return Verdict(INSTALLATION, "key", True, says)
