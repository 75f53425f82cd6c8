"""A message waits for its instance.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID, KEY, DIGEST, MOMENT = sa.String(36), sa.String(200), sa.String(64), sa.DateTime(timezone=True)
SENT, WAITING = sa.text("state = 'sent'"), sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "awaited_events",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("instance_id", ID, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("address", DIGEST, nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("form", KEY, nullable=True),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        _belongs("awaited_events", "instance_id", "instances"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_awaited_events"),
    )
    _index("awaited_events", "address", "began_at", "id")
    _index("awaited_events", "case_id")
    op.create_table(
        "messages",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("keys", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("state", KEY, nullable=False),
        sa.Column("sender", KEY, nullable=False),
        sa.Column("sent_id", KEY, nullable=False),
        sa.Column("content", DIGEST, nullable=False),
        sa.Column("sent_by", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("from_case_id", ID, nullable=True),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_messages_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_messages"),
        sa.UniqueConstraint("workspace_id", "sender", "sent_id", name="uq_messages_workspace_id_sender_sent_id"),
    )
    for name, column, those in (("sent", "id", SENT), ("expiring", "expires_at", WAITING)):
        op.create_index(
            f"ix_messages_{name}",
            "messages",
            ["workspace_id", column],
            unique=False,
            sqlite_where=those,
            postgresql_where=those,
        )
    op.create_table(
        "message_addresses",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("address", DIGEST, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        _belongs("message_addresses", "message_id", "messages"),
        sa.PrimaryKeyConstraint("workspace_id", "address", "message_id", name="pk_message_addresses"),
    )
    op.create_table(
        "reply_links",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        _belongs("reply_links", "task_id", "tasks"),
        _belongs("reply_links", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_reply_links"),
    )
    op.create_index("ix_reply_links_workspace_id_digest", "reply_links", ["workspace_id", "digest"], unique=True)
    _index("reply_links", "task_id")


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{to}.workspace_id", f"{to}.id"],
        name=f"fk_{table}_workspace_id_{column}",
        initially="DEFERRED",
        deferrable=True,
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_workspace_id_{'_'.join(columns)}", table, ["workspace_id", *columns], unique=False)
