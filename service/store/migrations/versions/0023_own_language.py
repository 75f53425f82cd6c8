"""Whoever wants no mail has a language too: it is the person's, and no longer her mailbox's.

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("language", sa.String(length=200), nullable=True))
    op.execute(
        "UPDATE people SET language = (SELECT mailboxes.language FROM mailboxes "
        "WHERE mailboxes.workspace_id = people.workspace_id AND mailboxes.person_id = people.id)"
    )
    op.drop_column("mailboxes", "language")
