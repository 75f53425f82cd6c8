"""The log over the journal: which entries have no place in it yet, and its tree in tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import BigInteger, bindparam, func, select, update
from sqlalchemy.orm import Session

from service.domain import merkle
from service.domain.journal import INSTALLATION
from service.domain.tiles import SIZE, Tiles, width
from service.store.tables import JournalEntry, Log, LogTile, Workspace

SEQUENCING = 7_262_000_012
"""The advisory lock of the one sequencer on PostgreSQL; any number will do."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that has no place in the log yet."""

    stream_id: str
    seq: int
    body: bytes


def hold(session: Session) -> bool:
    """Be the one sequencer until the transaction ends; False: another is. On SQLite whoever writes is the only one."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(SEQUENCING))))


def log(session: Session, workspace_id: str) -> Log | None:
    """The log of a workspace, or with `*` of the installation; None while it has no entry."""
    return session.get(Log, workspace_id)


def logs(session: Session) -> Sequence[Log]:
    """Every log."""
    return session.scalars(select(Log).order_by(Log.workspace_id)).all()


def begin(session: Session, workspace_id: str, origin: str) -> Log:
    """A new log, which is empty."""
    row = Log(workspace_id=workspace_id, origin=origin, size=0, root=merkle.EMPTY)
    session.add(row)
    return row


def behind(session: Session) -> list[str]:
    """The workspaces, and `*` for the installation, of which there are entries without a place."""
    entry = select(JournalEntry.seq).where(JournalEntry.leaf.is_(None))
    there = entry.where(JournalEntry.workspace_id == Workspace.id).exists()
    here = entry.where(JournalEntry.workspace_id == INSTALLATION).limit(1)
    found = list(session.scalars(select(Workspace.id).where(there).order_by(Workspace.id)))
    return [*found, *([INSTALLATION] if session.scalar(here) is not None else [])]


def pending(session: Session, workspace_id: str, most: int) -> list[Pending]:
    """Entries without a place, those of one stream together and in order, at most so many.

    One statement sees of a stream all that was committed up to some entry, and nothing behind it.
    """
    statement = (
        select(JournalEntry.stream_id, JournalEntry.seq, JournalEntry.body)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.leaf.is_(None))
        .order_by(JournalEntry.stream_id, JournalEntry.seq)
        .limit(most)
    )
    return [Pending(*row) for row in session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry of a stream by its canonical bytes, and its place in the log; None until it has one."""

    leaf: int | None
    body: bytes


def stream(session: Session, workspace_id: str, stream_id: str) -> list[Placed]:
    """Every entry of a stream, in order."""
    statement = (
        select(JournalEntry.leaf, JournalEntry.body)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == stream_id)
        .order_by(JournalEntry.seq)
    )
    return [Placed(*row) for row in session.execute(statement)]


def placed(session: Session, workspace_id: str, stream_id: str, seq: int) -> int | None:
    """The place of one entry of a stream; None until it has one."""
    return session.scalar(
        select(JournalEntry.leaf).where(
            JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == stream_id, JournalEntry.seq == seq
        )
    )


def place(session: Session, workspace_id: str, entries: Sequence[Pending], first: int) -> None:
    """Give entries their places, `first` and those behind it."""
    runs, leaf = [], first
    for stream_id, run in groupby(entries, lambda entry: entry.stream_id):
        seqs = [entry.seq for entry in run]
        runs.append({"stream": stream_id, "low": seqs[0], "high": seqs[-1], "shift": leaf - seqs[0]})
        leaf += len(seqs)
    statement = (
        update(JournalEntry)
        .where(JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == bindparam("stream"))
        .where(JournalEntry.seq.between(bindparam("low"), bindparam("high")))
        .values(leaf=JournalEntry.seq + bindparam("shift", type_=BigInteger))
    )
    session.connection().execute(statement, runs)


def tree(session: Session, log: Log) -> Tiles:
    """The tree of a log as it stands; it may grow."""

    def read(level: int, number: int) -> bytes | None:
        row = session.get(LogTile, (log.workspace_id, level, number))
        return None if row is None else row.hashes

    return Tiles(log.size, read)


def tree_of(session: Session, workspace_id: str, size: int) -> Tiles:
    """The tree of the first `size` entries of a log that has at least as many."""

    def read(level: int, number: int) -> bytes | None:
        row = session.get(LogTile, (workspace_id, level, number))
        return None if row is None else row.hashes[: SIZE * width(size, level, number)]

    return Tiles(size, read)


def keep(session: Session, log: Log, tree: Tiles) -> None:
    """Keep what the tree of a log has grown by."""
    for (level, number), hashes in tree.changed.items():
        if width(log.size, level, number):
            session.get_one(LogTile, (log.workspace_id, level, number)).hashes = hashes
        else:
            session.add(LogTile(workspace_id=log.workspace_id, level=level, number=number, hashes=hashes))
    log.size, log.root = tree.size, tree.root()


def tile(session: Session, workspace_id: str, level: int, number: int) -> bytes | None:
    """What a tile holds; None where there is none."""
    row = session.get(LogTile, (workspace_id, level, number))
    return None if row is None else row.hashes


def count(session: Session, workspace_id: str) -> int:
    """How many entries have a place in a log."""
    statement = select(func.count(JournalEntry.leaf)).where(
        JournalEntry.workspace_id == workspace_id, JournalEntry.leaf.is_not(None)
    )
    return session.scalar(statement) or 0


def leaf(session: Session, workspace_id: str, stream_id: str, seq: int) -> int | None:
    """The place of an entry in its log; None where it has none yet, or is not there."""
    return session.scalar(
        select(JournalEntry.leaf).where(
            JournalEntry.workspace_id == workspace_id, JournalEntry.stream_id == stream_id, JournalEntry.seq == seq
        )
    )
