"""Sign-in sessions, personas and the clock of a demonstration, and whose public holidays count in a workspace.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(36)
KEY = sa.String(200)
DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sign_in_sessions",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_sign_in_sessions_account_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_in_sessions"),
    )
    op.create_index("ix_sign_in_sessions_account_id", "sign_in_sessions", ["account_id"], unique=False)
    op.create_table(
        "sign_in_tries",
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_tries"),
    )
    op.add_column("accounts", sa.Column("persona", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("installation", sa.Column("clock_at", MOMENT, nullable=True))
    op.add_column("workspaces", sa.Column("country", KEY, nullable=False, server_default="DK"))
    op.execute("UPDATE workspaces SET country = 'NO' WHERE id = 'lillestrom'")
