"""Backups: writing one, and what is to be replayed after one was restored."""

from datetime import datetime
from typing import Any, BinaryIO

from service.domain.journal import INSTALLATION
from service.store import backups, cases, journal
from service.store.backups import Written
from service.store.db import reading

LOOKED_BACK = 1000
"""Entries of the installation's stream among which the last backup is looked for."""


def write(file: BinaryIO, made_at: datetime) -> Written:
    """Write all that the database holds at this moment into `file`. Raises `DatabaseOutdated`, `DatabaseBusy`."""
    return backups.write(file, made_at)


def all_cases() -> list[tuple[str, str]]:
    """Every case of every workspace: the workspace's key and the case's id."""
    with reading() as session:
        return cases.everywhere(session)


def last() -> dict[str, Any] | None:
    """The journal's entry of the last backup; None where none was made lately."""
    with reading() as session:
        entries = journal.latest(session, INSTALLATION, INSTALLATION, LOOKED_BACK)
    return next((entry for entry in reversed(entries) if entry["kind"] == "backup.made"), None)
