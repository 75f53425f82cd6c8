"""A case can be suspended, and an incident corrected or skipped.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PENDING = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    op.add_column("cases", sa.Column("suspended_at", MOMENT, nullable=True))
    op.add_column("tasks", sa.Column("suspended_at", MOMENT, nullable=True))
    op.add_column("incidents", sa.Column("bundle_digest", sa.String(64), nullable=True))
    op.add_column("incidents", sa.Column("process_key", sa.String(200), nullable=True))
    op.add_column("incidents", sa.Column("text", sa.Text(), nullable=True))
    op.add_column("incidents", sa.Column("said", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("incidents", sa.Column("known", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("incidents", sa.Column("helps", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("incidents", sa.Column("tries", sa.BigInteger(), nullable=False, server_default="1"))
    op.add_column("incidents", sa.Column("tried_at", MOMENT, nullable=True))
    op.create_index(
        "ix_incidents_waiting",
        "incidents",
        ["workspace_id", "opened_at", "id"],
        unique=False,
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
