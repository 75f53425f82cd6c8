"""What waits in a case: tasks for people, timers for their hour, incidents for help."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from service.domain.tasks import State
from service.store.tables.base import Base, Digest, Id, Key, belongs_to
from service.store.tables.shapes import holding, rows, texts

OPEN = text("state = 'open'")
CLAIMED = text("state = 'claimed'")
COMPLETED = text("state = 'completed'")
PENDING = text("resolved_at IS NULL")


class Task(Base):
    """A task for a person. `queue_at` is its place in an inbox: when it is due, or the end of time. `suspended_at` is
    its case's, while it waits. `closed_at`, of one that was completed, is when its answers were given. `about` is what its item is called, where the activity repeats over items with a name.
    `unsent` is read along where it is about to close: what people have put to it and not given; None where that was not
    read."""

    __tablename__ = "tasks"
    __table_args__ = (
        belongs_to("instances", instance_id="id"),
        Index(
            "ix_tasks_inbox",
            "workspace_id",
            "role_key",
            "candidate_organisation_id",
            "queue_at",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_tasks_mine",
            "workspace_id",
            "assignee_id",
            "queue_at",
            "id",
            sqlite_where=CLAIMED,
            postgresql_where=CLAIMED,
        ),
        Index(
            "ix_tasks_named",
            "workspace_id",
            "candidate_person_id",
            "queue_at",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_tasks_taken",
            "workspace_id",
            "role_key",
            "candidate_organisation_id",
            "queue_at",
            "id",
            sqlite_where=CLAIMED,
            postgresql_where=CLAIMED,
        ),
        Index(
            "ix_tasks_done",
            "workspace_id",
            "assignee_id",
            "closed_at",
            sqlite_where=COMPLETED,
            postgresql_where=COMPLETED,
        ),
        Index("ix_tasks_instance", "workspace_id", "instance_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    instance_id: Mapped[str] = mapped_column(Id)
    activity_id: Mapped[str] = mapped_column(Key)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(Key)
    state: Mapped[State] = mapped_column(Key)
    role_key: Mapped[str | None] = mapped_column(Key)
    role_label: Mapped[str | None]
    candidate_person_id: Mapped[str | None] = mapped_column(Id)
    candidate_organisation_id: Mapped[str | None] = mapped_column(Id)
    assignee_id: Mapped[str | None] = mapped_column(Id)
    on_behalf_of: Mapped[str | None] = mapped_column(Id)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    form: Mapped[str | None] = mapped_column(Key)
    ui_form: Mapped[str | None] = mapped_column(Key)
    instructions: Mapped[str | None]
    item_index: Mapped[int | None]
    about: Mapped[str | None]
    excludes: Mapped[list[str] | None] = mapped_column(info=texts())
    priority: Mapped[int]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    queue_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    unsent: Mapped[int | None] = query_expression()


class Timer(Base):
    """A timer that waits. It is gone when it has fired or was cleared; the journal remembers. `held`: it does not fire,
    for its firing is an incident, or its case is suspended."""

    __tablename__ = "timers"
    __table_args__ = (
        belongs_to("instances", instance_id="id"),
        Index(None, "workspace_id", "held", "due_at"),
        Index(None, "workspace_id", "instance_id"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Key, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    instance_id: Mapped[str] = mapped_column(Id)
    activity_id: Mapped[str] = mapped_column(Key)
    due_at: Mapped[datetime]
    held: Mapped[bool]


class Incident(Base):
    """A step that could not be made, with the move that waits for help. `target` is what the move was about.

    `said` is what the message is made of, so that a page can say it in another language. `known` are the names that the text at fault reads, with their values; `helps` is the help that the move was given
    and that has not sufficed; `tries` counts how often it was made, `tried_at` is the last time.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        belongs_to("cases", case_id="id"),
        Index(
            "uq_incidents_pending",
            "workspace_id",
            "case_id",
            "target",
            unique=True,
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
        Index(
            "ix_incidents_waiting",
            "workspace_id",
            "opened_at",
            "id",
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id)
    instance_id: Mapped[str] = mapped_column(Id)
    target: Mapped[str] = mapped_column(Key)
    activity_id: Mapped[str | None] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Key)
    message: Mapped[str]
    place: Mapped[str | None] = mapped_column(Key)
    expression: Mapped[str | None]
    text: Mapped[str | None]
    said: Mapped[dict[str, Any] | None] = mapped_column(info=holding())
    bundle_digest: Mapped[str | None] = mapped_column(Digest)
    process_key: Mapped[str | None] = mapped_column(Key)
    known: Mapped[list[dict[str, Any]] | None] = mapped_column(info=rows())
    move: Mapped[dict[str, Any]] = mapped_column(info=holding())
    moved_by: Mapped[dict[str, Any]] = mapped_column(info=holding())
    helps: Mapped[list[dict[str, Any]] | None] = mapped_column(info=rows())
    tries: Mapped[int]
    tried_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
