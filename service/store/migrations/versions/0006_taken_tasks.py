"""Tasks that others of a role have taken are found by the role, however many there are.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CLAIMED = sa.text("state = 'claimed'")


def upgrade() -> None:
    op.create_index(
        "ix_tasks_taken",
        "tasks",
        ["workspace_id", "role_key", "candidate_organisation_id", "queue_at", "id"],
        unique=False,
        sqlite_where=CLAIMED,
        postgresql_where=CLAIMED,
    )
