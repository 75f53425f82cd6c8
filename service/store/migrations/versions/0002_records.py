"""The records: organisations, settings, targets, ballots, hearings, measures, documents, drafts.

Tasks get the organisation that they are for, cases the status that their diagram gives them.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(36)
KEY = sa.String(200)
DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.create_table(
        "blobs",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_blobs_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "digest", name="pk_blobs"),
    )
    op.create_table(
        "organisations",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_organisations_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_organisations"),
        sa.UniqueConstraint("workspace_id", "name", name="uq_organisations_workspace_id_name"),
    )
    op.create_table(
        "settings",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("origin", KEY, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_settings_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", "version", name="pk_settings"),
    )
    op.create_table(
        "strategies",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_year", sa.BigInteger(), nullable=False),
        sa.Column("last_year", sa.BigInteger(), nullable=False),
        sa.Column("main_goal", sa.Text(), nullable=False),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_strategies_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_strategies"),
    )
    op.create_table(
        "targets",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("cpv", KEY, nullable=True),
        sa.Column("merged_into", KEY, nullable=True),
        sa.Column("blocked_until", sa.Date(), nullable=True),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_targets_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_targets"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_targets_workspace_id_key"),
    )
    op.create_table(
        "ballots",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("instance_id", ID, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("question", KEY, nullable=False),
        sa.Column("target_id", ID, nullable=True),
        sa.Column("item_digest", DIGEST, nullable=True),
        sa.Column("voters", JSON, nullable=False),
        sa.Column("eligible_hash", DIGEST, nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", KEY, nullable=True),
        sa.Column("result", KEY, nullable=True),
        sa.Column("amendment", KEY, nullable=True),
        sa.Column("tally", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_ballots_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_ballots"),
        sa.UniqueConstraint("workspace_id", "case_id", "ordinal", name="uq_ballots_workspace_id_case_id_ordinal"),
    )
    op.create_table(
        "bodies",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("established_at", MOMENT, nullable=False),
        sa.Column("dissolved_at", MOMENT, nullable=True),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_bodies_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_bodies_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_bodies"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_bodies_workspace_id_key"),
    )
    op.create_table(
        "documents",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", KEY, nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_documents_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "digest"],
            ["blobs.workspace_id", "blobs.digest"],
            name="fk_documents_workspace_id_digest",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_documents"),
    )
    op.create_index("ix_documents_workspace_id_case_id", "documents", ["workspace_id", "case_id"], unique=False)
    op.create_table(
        "goals",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("strategy_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "strategy_id"],
            ["strategies.workspace_id", "strategies.id"],
            name="fk_goals_workspace_id_strategy_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_goals"),
        sa.UniqueConstraint("workspace_id", "strategy_id", "number", name="uq_goals_workspace_id_strategy_id_number"),
    )
    op.create_table(
        "hearings",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("draft_digest", DIGEST, nullable=True),
        sa.Column("invited", JSON, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", KEY, nullable=True),
        sa.Column("answers", sa.BigInteger(), nullable=False),
        sa.Column("objections", sa.BigInteger(), nullable=False),
        sa.Column("objection_outcome", KEY, nullable=False),
        sa.Column("treatments", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "case_id"],
            ["cases.workspace_id", "cases.id"],
            name="fk_hearings_workspace_id_case_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_id"],
            ["targets.workspace_id", "targets.id"],
            name="fk_hearings_workspace_id_target_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_hearings"),
        sa.UniqueConstraint("workspace_id", "case_id", "ordinal", name="uq_hearings_workspace_id_case_id_ordinal"),
    )
    op.create_index("ix_hearings_workspace_id_version_id", "hearings", ["workspace_id", "version_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_to", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name="fk_memberships_workspace_id_organisation_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_memberships"),
    )
    op.create_index(
        "ix_memberships_workspace_id_organisation_id", "memberships", ["workspace_id", "organisation_id"], unique=False
    )
    op.create_table(
        "notices",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("version_number", sa.BigInteger(), nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_id"],
            ["targets.workspace_id", "targets.id"],
            name="fk_notices_workspace_id_target_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_notices"),
        sa.UniqueConstraint("workspace_id", "target_id", "ordinal", name="uq_notices_workspace_id_target_id_ordinal"),
    )
    op.create_table(
        "representatives",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_to", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name="fk_representatives_workspace_id_organisation_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_representatives_workspace_id_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_representatives"),
    )
    op.create_index(
        "ix_representatives_workspace_id_organisation_id",
        "representatives",
        ["workspace_id", "organisation_id"],
        unique=False,
    )
    op.create_index(
        "ix_representatives_workspace_id_person_id", "representatives", ["workspace_id", "person_id"], unique=False
    )
    op.create_table(
        "target_versions",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("status_at", MOMENT, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("requirements", JSON, nullable=False),
        sa.Column("digest", DIGEST, nullable=True),
        sa.Column("based_on", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("adopted_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("valid_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("supersedes", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "target_id"],
            ["targets.workspace_id", "targets.id"],
            name="fk_target_versions_workspace_id_target_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_target_versions"),
        sa.UniqueConstraint(
            "workspace_id", "target_id", "number", name="uq_target_versions_workspace_id_target_id_number"
        ),
        sa.UniqueConstraint(
            "workspace_id", "target_id", "ordinal", name="uq_target_versions_workspace_id_target_id_ordinal"
        ),
    )
    op.create_index(
        "ix_target_versions_workspace_id_case_id", "target_versions", ["workspace_id", "case_id"], unique=False
    )
    op.create_table(
        "hearing_responses",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("hearing_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", ID, nullable=True),
        sa.Column("respondent", sa.Text(), nullable=True),
        sa.Column("position", KEY, nullable=False),
        sa.Column("objection", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("points", JSON, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "hearing_id"],
            ["hearings.workspace_id", "hearings.id"],
            name="fk_hearing_responses_workspace_id_hearing_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_hearing_responses"),
        sa.UniqueConstraint(
            "workspace_id", "hearing_id", "ordinal", name="uq_hearing_responses_workspace_id_hearing_id_ordinal"
        ),
    )
    op.create_table(
        "measures",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("goal_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("strength", KEY, nullable=False),
        sa.Column("responsible", KEY, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", KEY, nullable=True),
        sa.Column("plan_origin", KEY, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("origin", KEY, nullable=True),
        sa.Column("origin_ref", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "goal_id"],
            ["goals.workspace_id", "goals.id"],
            name="fk_measures_workspace_id_goal_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_measures"),
        sa.UniqueConstraint("workspace_id", "goal_id", "number", name="uq_measures_workspace_id_goal_id_number"),
    )
    op.create_index("ix_measures_workspace_id_due_on", "measures", ["workspace_id", "due_on"], unique=False)
    op.create_table(
        "seats",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("body_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("competence", KEY, nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_to", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "body_id"],
            ["bodies.workspace_id", "bodies.id"],
            name="fk_seats_workspace_id_body_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "organisation_id"],
            ["organisations.workspace_id", "organisations.id"],
            name="fk_seats_workspace_id_organisation_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_seats"),
    )
    op.create_index("ix_seats_workspace_id_body_id", "seats", ["workspace_id", "body_id"], unique=False)
    op.create_table(
        "votes",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("ballot_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("choice", KEY, nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("cast_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ballot_id"],
            ["ballots.workspace_id", "ballots.id"],
            name="fk_votes_workspace_id_ballot_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "ballot_id", "organisation_id", name="pk_votes"),
    )
    op.create_table(
        "drafts",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["people.workspace_id", "people.id"],
            name="fk_drafts_workspace_id_person_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "task_id"],
            ["tasks.workspace_id", "tasks.id"],
            name="fk_drafts_workspace_id_task_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "task_id", "person_id", name="pk_drafts"),
    )
    op.create_table(
        "measure_reports",
        sa.Column("workspace_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("case_id", ID, nullable=True),
        sa.Column("before", KEY, nullable=True),
        sa.Column("after", KEY, nullable=False),
        sa.Column("light", KEY, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "measure_id"],
            ["measures.workspace_id", "measures.id"],
            name="fk_measure_reports_workspace_id_measure_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_measure_reports"),
        sa.UniqueConstraint(
            "workspace_id", "measure_id", "ordinal", name="uq_measure_reports_workspace_id_measure_id_ordinal"
        ),
    )
    op.add_column("cases", sa.Column("status", KEY, nullable=True))
    op.create_index("ix_cases_workspace_id_opened_at_id", "cases", ["workspace_id", "opened_at", "id"], unique=False)
    op.add_column("tasks", sa.Column("candidate_organisation_id", ID, nullable=True))
    op.drop_index("ix_tasks_inbox", table_name="tasks", sqlite_where=sa.text("state = 'open'"))
    op.create_index(
        "ix_tasks_inbox",
        "tasks",
        ["workspace_id", "role_key", "candidate_organisation_id", "queue_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
