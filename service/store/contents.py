"""What rows say in words that anybody may read, as one digest: the entry that tells of them vouches for it by that."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from service.store.rows import plain
from service.store.tables import Base

SAYS: Mapping[str, tuple[str, ...]] = {
    "targets": ("title", "category"),
    "target_versions": (
        "environmental_effect",
        "supply_effect",
        "change_note",
        "adopted_at",
        "valid_on",
        "expires_on",
    ),
    "notices": ("kind", "text", "version_number", "expires_on"),
    "strategies": ("title", "first_year", "last_year", "main_goal"),
    "goals": ("number", "text"),
    "measures": ("description",),
    "measure_reports": ("due_on", "assessment", "evidence", "reason"),
}
"""By table, the columns that say something and no longer change once an entry has told of them."""


def of(*rows: Base) -> str:
    """SHA-256, as hex, of what these rows say (RFC 8785): one row, or several that are told of by one entry."""
    return digest(
        *((row.__tablename__, {name: getattr(row, name) for name in SAYS[row.__tablename__]}) for row in rows)
    )


def digest(*rows: tuple[str, Mapping[str, Any]]) -> str:
    """The same of rows that were read: the table, and its columns by name."""
    said: list[Any] = [[table, {name: plain(row[name]) for name in SAYS[table]}] for table, row in rows]
    return hashlib.sha256(rfc8785.dumps(said)).hexdigest()
