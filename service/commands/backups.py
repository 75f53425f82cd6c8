"""Backups: that one was made, and bringing one back."""

from dataclasses import replace
from typing import Any, BinaryIO

from service.domain.backups import BackupBroken, BackupMade, DatabaseRestored
from service.runtime.command import Answer, Work, command
from service.store import backups as store
from service.store import journal


@command
def made(work: Work, digest: str, schema: str, rows: int) -> Answer:
    """Keep that a backup was made, and which."""
    work.actor.must_administer_installation()
    work.record(journal.of_installation(work.session), [BackupMade(digest=digest, schema=schema, rows=rows)])
    return {"digest": digest}


@command
def restore(work: Work, file: BinaryIO, accept_broken: bool = False) -> Answer:
    """Bring a backup back into an empty database: all of it with an intact journal, or nothing.

    `accept_broken`: streams of the journal that are not what was written are told, and kept. A demonstration goes on
    where its clock stood. Raises `BackupUnreadable`, `BackupNewer`, `BackupBroken`, `DatabaseNotEmpty`.
    """
    work.actor.must_administer_installation()
    loaded = store.load(work.session, file)
    if loaded.broken and not accept_broken:
        raise BackupBroken(count=len(loaded.broken))
    owner = journal.of_installation(work.session)
    if owner.clock_at is not None:
        work = replace(work, now=owner.clock_at, ports=replace(work.ports, demo=True))
    told: dict[str, Any] = {
        "digest": loaded.digest,
        "schema": loaded.schema,
        "made_at": loaded.made_at,
        "rows": loaded.rows,
    }
    work.record(owner, [DatabaseRestored(**told, broken=loaded.broken)])
    return {"made_at": loaded.made_at, "rows": loaded.rows, "broken": list(loaded.broken)}
