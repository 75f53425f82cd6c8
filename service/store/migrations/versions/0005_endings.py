"""What began can end with a reason, responses say who wrote them down, and a deployment waits for a second person.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String(36)
KEY = sa.String(200)
DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("memberships", "seats", "representatives", "role_holdings"):
        op.add_column(table, sa.Column("end_reason", KEY, nullable=True))
    op.add_column("instances", sa.Column("parent_activity_id", KEY, nullable=True))
    op.add_column("hearing_responses", sa.Column("task_id", ID, nullable=True))
    op.add_column("hearing_responses", sa.Column("recorded_by", ID, nullable=True))
    op.add_column("hearing_responses", sa.Column("document_id", ID, nullable=True))
    op.add_column("deployments", sa.Column("approved_by", ID, nullable=True))
    op.create_table(
        "proposed_deployments",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("bundle_key", KEY, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("replaces", DIGEST, nullable=True),
        sa.Column("create_roles", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest"],
            ["bundles.workspace_id", "bundles.digest"],
            name="fk_proposed_deployments_workspace_id_bundle_digest",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_proposed_deployments"),
        sa.UniqueConstraint("workspace_id", "bundle_key", name="uq_proposed_deployments_workspace_id_bundle_key"),
    )
