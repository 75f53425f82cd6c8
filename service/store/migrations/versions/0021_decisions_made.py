"""Decisions can be searched: a register of them is kept beside the journal, and made of what the journal holds already.

Revision: 0021, after 0020
"""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from service.domain.decisions import decided
from service.store.tables.packing import unpack

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

AT_ONCE = 2_000
"""Entries that are in memory at a time."""


def upgrade() -> None:
    made = op.create_table(
        "decisions_made",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("role_key", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=True),
        sa.Column("table_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_decisions_made_workspace_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "case_id", "seq", name="pk_decisions_made"),
    )
    op.create_index("ix_decisions_made_at", "decisions_made", ["workspace_id", "decided_at", "case_id", "seq"])
    for name, column in (("kind", "kind"), ("subject", "subject"), ("person", "person_id")):
        op.create_index(f"ix_decisions_made_{name}", "decisions_made", ["workspace_id", column, "decided_at"])
    connection = op.get_bind()
    cases = connection.execute(sa.text("SELECT workspace_id, id FROM cases ORDER BY workspace_id, id")).all()
    rows = (row for workspace_id, case_id in cases for row in _of_case(connection, workspace_id, case_id))
    while batch := list(islice(rows, AT_ONCE)):
        op.bulk_insert(made, batch)


def _of_case(connection: sa.Connection, workspace_id: str, case_id: str) -> Iterator[dict[str, Any]]:
    naive = connection.dialect.name == "sqlite"
    for it in decided(_entries(connection, workspace_id, case_id)):
        at = datetime.fromisoformat(it.at)
        yield {
            "workspace_id": workspace_id,
            "case_id": case_id,
            "seq": it.seq,
            "decided_at": at.replace(tzinfo=None) if naive else at,
            "kind": it.kind,
            "subject": it.subject,
            "person_id": it.person,
            "role_key": it.role,
            "outcome": it.outcome,
            "table_digest": it.table,
        }


def _entries(connection: sa.Connection, workspace_id: str, case_id: str) -> Iterator[dict[str, Any]]:
    """The entries of a case; one that somebody has spoilt decides nothing, and is found by who checks the log."""
    statement = sa.text(
        "SELECT seq, body FROM journal_entries WHERE workspace_id = :workspace AND stream_id = :stream AND seq > :after "
        "ORDER BY seq LIMIT :most"
    )
    place = {"workspace": workspace_id, "stream": case_id, "after": -1, "most": AT_ONCE}
    while rows := connection.execute(statement, place).all():
        for _, body in rows:
            try:
                yield json.loads(unpack(body.encode() if isinstance(body, str) else bytes(body)))
            except ValueError:
                continue
        place["after"] = rows[-1].seq
