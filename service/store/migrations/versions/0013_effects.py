"""A version of a target says what it does for the environment and the market, and what was changed.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("environmental_effect", "supply_effect", "change_note"):
        op.add_column("target_versions", sa.Column(name, sa.Text(), nullable=True))
