"""What is to be sent waits in an outbox; webhooks and mailboxes say to whom.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.String(36)
KEY = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("recipient", ID, nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("holder", KEY, nullable=True),
        sa.Column("error", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("trace_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_outbox_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_outbox_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_outbox"),
    )
    for state, columns in {
        "waiting": ["workspace_id", "next_at", "id"],
        "sent": ["workspace_id", "sent_at"],
        "dead": ["workspace_id", "id"],
    }.items():
        there = sa.text(f"state = '{state}'")
        op.create_index(
            f"ix_outbox_{state}", "outbox", columns, unique=False, sqlite_where=there, postgresql_where=there
        )
    op.create_table(
        "webhooks",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("added_by", KEY, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_webhooks_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_webhooks"),
    )
    op.create_table(
        "mailboxes",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("wish", KEY, nullable=False),
        sa.Column("told_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_mailboxes_workspace_id_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_mailboxes"),
    )
