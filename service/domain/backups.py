"""Backups: why one is refused, and what the journal says of them."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.errors import Conflict, Refused
from service.domain.facts import Fact


class BackupUnreadable(Refused):
    """This is no backup of Mandat that can be read: {reason}."""


class BackupNewer(Refused):
    """The backup was made by a newer version of Mandat (form {schema} of the tables); this one knows form {known}."""


class BackupBroken(Refused):
    """The journal in the backup is not what was written: broken are {streams}. Nothing was restored. Take an earlier backup;
    with --accept-broken this one is restored all the same, and the journal says so."""


class BackupStopped(Conflict):
    """Column {column} of the table {table} cannot be read in the row {row}: somebody has changed it there. No backup was
    made. A check of the record says what belongs there; put it back, and make the backup again."""


class DatabaseNotEmpty(Conflict):
    """A backup is restored into an empty database only, and this one holds something."""


class DatabaseOutdated(Conflict):
    """There is no database here in the form that this version of Mandat knows. A backup is made by the version that wrote
    the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade(Fact):
    """All that was in the database stands in a file with that SHA-256. `rows` of tables of that form (`schema`)."""

    KIND: ClassVar[str] = "backup.made"
    digest: str
    schema: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseRestored(Fact):
    """All that stands before this entry, in every stream, came from the backup with that SHA-256. What happened after
    `made_at` is not in it. `broken`: streams of the journal that were not what was written, and were accepted."""

    KIND: ClassVar[str] = "database.restored"
    digest: str
    schema: str
    made_at: str
    rows: int
    broken: tuple[str, ...] = ()
