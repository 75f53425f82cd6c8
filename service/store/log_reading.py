"""The log read from one end to the other, as it stands at one moment, a few rows in memory at a time."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from service.domain.journal import INSTALLATION
from service.store.tables import Case, Installation, JournalEntry, LogTile, Workspace

STREAMING = {"yield_per": 1000}

Entry = tuple[int | None, str, int, bytes]
"""Place, stream, number in the stream, canonical bytes."""


def entries(connection: Connection, workspace_id: str) -> Iterator[Entry]:
    """The entries of a log by their places, then those that have none yet, each stream's in order."""
    columns = (JournalEntry.leaf, JournalEntry.stream_id, JournalEntry.seq, JournalEntry.body)
    here = select(*columns).where(JournalEntry.workspace_id == workspace_id)
    for statement in (
        here.where(JournalEntry.leaf.is_not(None)).order_by(JournalEntry.leaf),
        here.where(JournalEntry.leaf.is_(None)).order_by(JournalEntry.stream_id, JournalEntry.seq),
    ):
        for row in connection.execute(statement, execution_options=STREAMING):
            yield row.leaf, row.stream_id, row.seq, row.body


def owners(connection: Connection, workspace_id: str) -> Iterator[tuple[str, int, str]]:
    """Every stream of a log, as its owner says: its name, how many entries it has, and the hash of the last."""
    if workspace_id == INSTALLATION:
        statements = [select(Installation.id, Installation.journal_seq, Installation.journal_head)]
    else:
        statements = [
            select(Workspace.id, Workspace.journal_seq, Workspace.journal_head).where(Workspace.id == workspace_id),
            select(Case.id, Case.journal_seq, Case.journal_head).where(Case.workspace_id == workspace_id),
        ]
    for statement in statements:
        for name, entries, head in connection.execute(statement, execution_options=STREAMING):
            yield str(name), int(entries), str(head)


def tile(connection: Connection, workspace_id: str, level: int, number: int) -> bytes | None:
    """What a tile holds; None where there is none."""
    return connection.scalar(
        select(LogTile.hashes).where(
            LogTile.workspace_id == workspace_id, LogTile.level == level, LogTile.number == number
        )
    )


def tiles(connection: Connection, workspace_id: str) -> int:
    """How many tiles there are."""
    statement = select(func.count()).select_from(LogTile).where(LogTile.workspace_id == workspace_id)
    return connection.scalar(statement) or 0
