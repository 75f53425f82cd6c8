"""The log: each entry has a place in its workspace's tree, the tree is kept in tiles, and checkpoints go to witnesses.

Entries that are there already have no place yet; the sequencer gives them theirs.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID, KEY, MOMENT = sa.String(36), sa.String(200), sa.DateTime(timezone=True)
PENDING = sa.text("leaf IS NULL")


def upgrade() -> None:
    op.add_column("journal_entries", sa.Column("leaf", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_journal_entries_pending",
        "journal_entries",
        ["workspace_id", "stream_id", "seq"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_index("ix_journal_entries_leaf", "journal_entries", ["workspace_id", "leaf"], unique=True)
    if op.get_context().dialect.name == "postgresql":  # each entry is written once more: its old row is soon used again
        op.execute("ALTER TABLE journal_entries SET (autovacuum_vacuum_scale_factor = 0.05)")
    op.create_table(
        "logs",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("origin", KEY, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("signed_size", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_logs"),
    )
    op.create_table(
        "log_tiles",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "level", "number", name="pk_log_tiles"),
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "size", "made_at", name="pk_log_checkpoints"),
    )
    op.create_table(
        "log_keys",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("public", KEY, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_log_keys"),
    )
    op.create_table(
        "witnesses",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("added_by", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("got_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_witnesses_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_witnesses"),
    )
