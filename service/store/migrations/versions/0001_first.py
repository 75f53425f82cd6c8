"""The first tables: workspaces, definitions, cases with what waits in them, the journal, people.

Revision: 0001, after nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(36)
KEY = sa.String(200)
DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
GENESIS = "0" * 64

WORKSPACES = [
    ("pogi", "Partnerskabet for Offentlige Grønne Indkøb", "da", "Europe/Copenhagen", "Procesejer"),
    ("lillestrom", "Lillestrøm kommune", "nb", "Europe/Oslo", "Prosesseier"),
]


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("issuer", KEY, nullable=False),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("issuer", "subject", name="uq_accounts_issuer_subject"),
    )
    op.create_table(
        "installation",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("journal_head", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
    )
    op.create_table(
        "journal_entries",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("stream_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "stream_id", "seq", name="pk_journal_entries"),
    )
    op.create_table(
        "workspaces",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", KEY, nullable=False),
        sa.Column("time_zone", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("journal_head", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
    )
    op.create_table(
        "bundles",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("start_process", KEY, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_bundles_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "digest", name="pk_bundles"),
    )
    op.create_table(
        "cases",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("business_key", sa.Text(), nullable=True),
        sa.Column("state_hash", DIGEST, nullable=False),
        sa.Column("incidents", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("journal_seq", sa.BigInteger(), nullable=False),
        sa.Column("journal_head", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_cases_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_cases"),
    )
    op.create_table(
        "disclosures",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("commitment", DIGEST, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("pointer", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_disclosures_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "commitment", name="pk_disclosures"),
    )
    op.create_index("ix_disclosures_workspace_id_case_id", "disclosures", ["workspace_id", "case_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_people_account_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_people_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_people"),
        sa.UniqueConstraint("workspace_id", "account_id", name="uq_people_workspace_id_account_id"),
    )
    op.create_table(
        "receipts",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("request_hash", DIGEST, nullable=False),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_receipts_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "account_id", "key", name="pk_receipts"),
    )
    op.create_table(
        "roles",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("label", KEY, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_roles_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_roles"),
        sa.UniqueConstraint("workspace_id", "label", name="uq_roles_workspace_id_label"),
    )
    op.create_table(
        "tokens",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("prefix", KEY, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_tokens_account_id", initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_tokens_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_tokens"),
        sa.UniqueConstraint("prefix", name="uq_tokens_prefix"),
    )
    op.create_table(
        "bundle_files",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest"],
            ["bundles.workspace_id", "bundles.digest"],
            name="fk_bundle_files_workspace_id_bundle_digest",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "bundle_digest", "name", name="pk_bundle_files"),
    )
    op.create_table(
        "definitions",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("compiled", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest"],
            ["bundles.workspace_id", "bundles.digest"],
            name="fk_definitions_workspace_id_bundle_digest",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "bundle_digest", "process_key", name="pk_definitions"),
    )
    op.create_table(
        "deployments",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("bundle_key", KEY, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("deployed_by", ID, nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest"],
            ["bundles.workspace_id", "bundles.digest"],
            name="fk_deployments_workspace_id_bundle_digest",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_deployments"),
        sa.UniqueConstraint(
            "workspace_id", "bundle_key", "number", name="uq_deployments_workspace_id_bundle_key_number"
        ),
    )
    op.create_table(
        "incidents",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("instance_id", ID, nullable=False),
        sa.Column("target", KEY, nullable=False),
        sa.Column("activity_id", KEY, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("place", KEY, nullable=True),
        sa.Column("expression", sa.Text(), nullable=True),
        sa.Column("move", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("moved_by", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_incidents_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_incidents"),
    )
    op.create_index(
        "uq_incidents_pending",
        "incidents",
        ["workspace_id", "case_id", "target"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "instances",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("parent_task_id", ID, nullable=True),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state_digest", DIGEST, nullable=True),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.Column("variables", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_event", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_instances_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_instances"),
    )
    op.create_index(
        "ix_instances_workspace_id_case_id_number", "instances", ["workspace_id", "case_id", "number"], unique=False
    )
    op.create_table(
        "role_holdings",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role_key", KEY, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_to", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_role_holdings_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_role_holdings_workspace_id_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "role_key"],
            ["roles.workspace_id", "roles.key"],
            name="fk_role_holdings_workspace_id_role_key",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_role_holdings"),
    )
    op.create_index(
        "ix_role_holdings_workspace_id_person_id", "role_holdings", ["workspace_id", "person_id"], unique=False
    )
    op.create_index(
        "ix_role_holdings_workspace_id_role_key", "role_holdings", ["workspace_id", "role_key"], unique=False
    )
    op.create_table(
        "decisions",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("decision_key", KEY, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("file", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest", "file"],
            ["bundle_files.workspace_id", "bundle_files.bundle_digest", "bundle_files.name"],
            name="fk_decisions_workspace_id_bundle_digest_file",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "decision_key", "bundle_digest", name="pk_decisions"),
    )
    op.create_table(
        "in_force",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("process_key", KEY, nullable=False),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("bundle_key", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deployed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "bundle_digest", "process_key"],
            ["definitions.workspace_id", "definitions.bundle_digest", "definitions.process_key"],
            name="fk_in_force_workspace_id_bundle_digest_process_key",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "process_key", name="pk_in_force"),
    )
    op.create_table(
        "tasks",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("instance_id", ID, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("role_key", KEY, nullable=True),
        sa.Column("role_label", sa.Text(), nullable=True),
        sa.Column("candidate_person_id", ID, nullable=True),
        sa.Column("assignee_id", ID, nullable=True),
        sa.Column("on_behalf_of", ID, nullable=True),
        sa.Column("bundle_digest", DIGEST, nullable=False),
        sa.Column("form", KEY, nullable=True),
        sa.Column("ui_form", KEY, nullable=True),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("item_index", sa.BigInteger(), nullable=True),
        sa.Column("excludes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("follow_up_at", MOMENT, nullable=True),
        sa.Column("queue_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instance_id"],
            ["instances.workspace_id", "instances.id"],
            name="fk_tasks_workspace_id_instance_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_tasks"),
    )
    op.create_index(
        "ix_tasks_inbox",
        "tasks",
        ["workspace_id", "role_key", "queue_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_tasks_instance", "tasks", ["workspace_id", "instance_id"], unique=False)
    op.create_index(
        "ix_tasks_mine",
        "tasks",
        ["workspace_id", "assignee_id", "queue_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'claimed'"),
        postgresql_where=sa.text("state = 'claimed'"),
    )
    op.create_table(
        "timers",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("instance_id", ID, nullable=False),
        sa.Column("activity_id", KEY, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "instance_id"],
            ["instances.workspace_id", "instances.id"],
            name="fk_timers_workspace_id_instance_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_timers"),
    )
    op.create_index("ix_timers_workspace_id_held_due_at", "timers", ["workspace_id", "held", "due_at"], unique=False)
    op.create_index("ix_timers_workspace_id_instance_id", "timers", ["workspace_id", "instance_id"], unique=False)
    fill()


def fill() -> None:
    """The rows that every installation has: its own stream, two workspaces, and who may administer them."""
    start = {"version": 1, "journal_seq": 0, "journal_head": GENESIS}
    insert("installation", [{"id": "*", **start}])
    insert(
        "workspaces",
        [
            {"id": key, "name": name, "language": language, "time_zone": zone, **start}
            for key, name, language, zone, _ in WORKSPACES
        ],
    )
    insert(
        "roles",
        [
            {"workspace_id": workspace, "key": key, "label": label}
            for workspace, *_, owner in WORKSPACES
            for key, label in (("admin", "Administrator"), ("process.owner", owner))
        ],
    )


def insert(table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows that all have the columns of the first."""
    op.bulk_insert(sa.table(table, *map(sa.column, rows[0])), rows)
