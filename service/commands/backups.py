"""Backups: that one was made, and bringing one back."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from service.domain import erasures
from service.domain.backups import BackupBroken, BackupMade, DatabaseRestored
from service.domain.erasure_facts import DatabaseReErased
from service.domain.erasures import Removed
from service.runtime import erasing
from service.runtime.command import Answer, Work, command
from service.store import backups as store
from service.store import journal

SHOWN = 10
"""Broken streams that are named; of more, how many."""


@command
def made(work: Work, digest: str, schema: str, rows: int) -> Answer:
    """Keep that a backup was made, and which."""
    work.actor.must_administer_installation()
    work.record(journal.of_installation(work.session), [BackupMade(digest=digest, schema=schema, rows=rows)])
    return {"digest": digest}


@command
def restore(work: Work, file: BinaryIO, accept_broken: bool = False, erased: str | None = None) -> Answer:
    """Bring a backup back into an empty database: all of it with an intact journal, or nothing.

    `accept_broken`: streams of the journal that are not what was written are told, and kept. `erased` is the list of
    erasures that is kept outside the database: what stands there is erased again in the same transaction, so that no
    moment comes at which it is back. A demonstration goes on where its clock stood. Raises `BackupUnreadable`,
    `BackupNewer`, `BackupBroken`, `DatabaseNotEmpty`, `ErasureListUnreadable`.
    """
    work.actor.must_administer_installation()
    listed = [] if erased is None else erasures.read(erased)
    loaded = store.load(work.session, file)
    if loaded.broken and not accept_broken:
        raise BackupBroken(streams=_told(loaded.broken))
    owner = journal.of_installation(work.session)
    if owner.clock_at is not None:
        work = replace(work, now=owner.clock_at, ports=replace(work.ports, demo=True))
    told: dict[str, Any] = {
        "digest": loaded.digest,
        "schema": loaded.schema,
        "made_at": loaded.made_at,
        "rows": loaded.rows,
    }
    again = [erasing.repeat(work, it) for it in listed]
    done = [it for it in again if it is not None]
    total = {name: sum(it.plain()[name] for it in done) for name in Removed().plain()}
    work.record(
        owner,
        [
            DatabaseRestored(**told, broken=loaded.broken),
            DatabaseReErased(
                list=None if erased is None else hashlib.sha256(erased.encode()).hexdigest(),
                listed=len(listed),
                erasures=len(done),
                values=total["values"],
                documents=total["documents"],
                people=total["people"],
            ),
        ],
    )
    return {
        "made_at": loaded.made_at,
        "rows": loaded.rows,
        "broken": list(loaded.broken),
        "erased": None if erased is None else {"listed": len(listed), "erasures": len(done), **total},
    }


def _told(streams: Sequence[str]) -> str:
    """Which streams are broken, the first of many by name."""
    few, more = list(streams[:SHOWN]), len(streams) - SHOWN
    return ", ".join(f"the stream {it}" for it in few) + (f" and {more} more" if more > 0 else "")
