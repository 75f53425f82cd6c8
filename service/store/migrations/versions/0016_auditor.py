"""Every workspace has the role of the auditor, who looks after its log; one that has it already keeps it as it is.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = "auditor"
LABELS = {"da": "Revisor", "nb": "Revisor"}


def upgrade() -> None:
    connection = op.get_bind()
    roles = sa.table("roles", sa.column("workspace_id"), sa.column("key"), sa.column("label"))
    workspaces = sa.table("workspaces", sa.column("id"), sa.column("language"))
    for workspace, language in connection.execute(sa.select(workspaces.c.id, workspaces.c.language)).all():
        there = connection.execute(sa.select(roles.c.key, roles.c.label).where(roles.c.workspace_id == workspace)).all()
        keys, labels = {key for key, _ in there}, {label for _, label in there}
        label = LABELS.get(language, "Auditor")
        if KEY not in keys:  # where the body calls another role so, ours goes by its key
            label = KEY if label in labels else label
            op.execute(roles.insert().values(workspace_id=workspace, key=KEY, label=label))
