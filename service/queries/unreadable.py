"""Which rows a page has met that cannot be read, so that it says so."""

from dataclasses import dataclass

from service.domain import unreadable
from service.store import rows
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Met:
    """A row that cannot be read: its table, the column, and its key; none where it is not of the workspace."""

    table: str
    column: str
    row: str


def met(workspace_id: str) -> list[Met]:
    """The rows of a workspace that could not be read since the request began."""
    cells = unreadable.met()
    if not cells:
        return []
    with reading() as session:
        found = [Met(it.table, it.column, row) for it in cells for row in rows.lying(session, workspace_id, it) or [""]]
    return list(dict.fromkeys(found))
