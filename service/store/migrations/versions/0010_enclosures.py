"""A file that is put to an answer is no document of the case before the answer is given.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "enclosures",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["workspace_id", column],
                [f"{table}.workspace_id", f"{table}.{key}"],
                name=f"fk_enclosures_workspace_id_{column}",
                initially="DEFERRED",
                deferrable=True,
            )
            for table, column, key in (
                ("blobs", "digest", "digest"),
                ("tasks", "task_id", "id"),
                ("people", "person_id", "id"),
            )
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_enclosures"),
    )
    for column in ("task_id", "digest"):
        op.create_index(f"ix_enclosures_workspace_id_{column}", "enclosures", ["workspace_id", column], unique=False)
    op.create_index("ix_documents_workspace_id_digest", "documents", ["workspace_id", "digest"], unique=False)
