"""What ran of one version of a process in a period is found without looking at what ran of all.

Revision: 0019, after 0017
"""

from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_instances_version",
        "instances",
        ["workspace_id", "bundle_digest", "process_key", "started_at", "id"],
    )
