"""Why the database takes nothing, or does not answer: what its operator must see to. `cause` is what it calls that itself."""

from service.domain.errors import DatabaseBusy, Unavailable


class DatabaseGone(DatabaseBusy):
    """The database cannot be reached. What was kept is unharmed; this goes on by itself when the database is back."""


class DiskFull(Unavailable):
    """The disk of the database is full ({cause}): nothing more can be kept until its operator makes room. What was kept is
    unharmed, and can be read."""


class DatabaseReadOnly(Unavailable):
    """The database can be read and takes nothing ({cause}): it, its disk or its folder is read-only, or another server has
    taken over. Its operator must see to it. What was kept is unharmed."""


class DiskFailing(Unavailable):
    """The disk of the database answers with an error ({cause}): it may be full or broken. Its operator must look at it before
    anything else. What was acknowledged is kept."""
