"""Erasures have their own table: asked for by one, decided by another. A case may be closed to all but some roles.

Revision: 0020, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("workspace_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=200), nullable=False),
        sa.Column("requested_by", sa.String(length=36), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry", sa.BigInteger(), nullable=True),
        sa.Column("removed", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_erasures_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_erasures"),
    )
    op.create_index(
        "ix_erasures_workspace_id_state_requested_at", "erasures", ["workspace_id", "state", "requested_at"]
    )
    op.add_column("cases", sa.Column("access_basis", sa.String(length=200), nullable=True))
    op.add_column("cases", sa.Column("readers", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True))
    closed = sa.text("readers IS NOT NULL")
    op.create_index("ix_cases_closed_off", "cases", ["workspace_id"], sqlite_where=closed, postgresql_where=closed)
