"""Whether the service can do its work."""

from service.store.db import current, reading

BACKGROUND = "mandat.background"
"""Where an application keeps the background work that this process does, if any."""


def database() -> bool:
    """Whether the database answers and has the tables of this version. Raises `DatabaseBusy` when it does not answer."""
    with reading() as session:
        return current(session)
