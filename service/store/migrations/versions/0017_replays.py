"""What the nightly replays have found, of each case and of each night.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID, KEY, MOMENT = sa.String(36), sa.String(200), sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "replay_nights",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("held_until", MOMENT, nullable=True),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("same", sa.BigInteger(), nullable=False),
        sa.Column("different", sa.BigInteger(), nullable=False),
        sa.Column("not_replayed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_replay_nights_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_replay_nights"),
    )
    op.create_table(
        "replays",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("replayed_at", MOMENT, nullable=False),
        sa.Column("outcome", KEY, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_replays_workspace_id_case_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "case_id", name="pk_replays"),
    )
    op.create_index("ix_replays_workspace_id_outcome", "replays", ["workspace_id", "outcome"], unique=False)
