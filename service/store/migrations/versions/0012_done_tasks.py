"""What a person has completed is found without reading what everybody else has; old receipts without reading the rest.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COMPLETED = sa.text("state = 'completed'")


def upgrade() -> None:
    op.create_index(
        "ix_tasks_done",
        "tasks",
        ["workspace_id", "assignee_id", "closed_at"],
        unique=False,
        sqlite_where=COMPLETED,
        postgresql_where=COMPLETED,
    )
    op.create_index("ix_receipts_workspace_id_answered_at", "receipts", ["workspace_id", "answered_at"], unique=False)
