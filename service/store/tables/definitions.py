"""What was deployed: bundles by digest, their files, their compiled processes, and what is in force."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from service.store.tables.base import Base, Digest, Id, Key, belongs_to


class Bundle(Base):
    """Named files that belong together, known by their digest; never changed."""

    __tablename__ = "bundles"

    workspace_id: Mapped[str] = mapped_column(Id, ForeignKey("workspaces.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    start_process: Mapped[str | None] = mapped_column(Key)


class BundleFile(Base):
    """One file of a bundle, zstd-compressed."""

    __tablename__ = "bundle_files"
    __table_args__ = (belongs_to("bundles", bundle_digest="digest"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    bundle_digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    name: Mapped[str] = mapped_column(Key, primary_key=True)
    content: Mapped[bytes]


class Definition(Base):
    """One process of a bundle as the engine compiled it on the day it was deployed, zstd-compressed."""

    __tablename__ = "definitions"
    __table_args__ = (belongs_to("bundles", bundle_digest="digest"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    bundle_digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    process_key: Mapped[str] = mapped_column(Key, primary_key=True)
    compiled: Mapped[bytes]


class Decision(Base):
    """A decision of a bundle, and the file of the bundle that it stands in."""

    __tablename__ = "decisions"
    __table_args__ = (belongs_to("bundle_files", bundle_digest="bundle_digest", file="name"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    decision_key: Mapped[str] = mapped_column(Key, primary_key=True)
    bundle_digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    file: Mapped[str] = mapped_column(Key)


class Deployment(Base):
    """One act of putting a bundle into force: the how-manieth of its key, by whom, who approved it, and why."""

    __tablename__ = "deployments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "bundle_key", "number"),
        belongs_to("bundles", bundle_digest="digest"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    bundle_key: Mapped[str] = mapped_column(Key)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    number: Mapped[int]
    note: Mapped[str]
    deployed_by: Mapped[str] = mapped_column(Id)
    deployed_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(Id)


class ProposedDeployment(Base):
    """A bundle that waits for a second person's approval before it is put into force: one of each key at a time.

    `replaces` is the digest of the version that was in force when it was proposed, none where there was none.
    """

    __tablename__ = "proposed_deployments"
    __table_args__ = (
        UniqueConstraint("workspace_id", "bundle_key"),
        belongs_to("bundles", bundle_digest="digest"),
    )

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    bundle_key: Mapped[str] = mapped_column(Key)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    replaces: Mapped[str | None] = mapped_column(Digest)
    create_roles: Mapped[bool]
    note: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(Id)
    proposed_at: Mapped[datetime]


class InForce(Base):
    """The version of a process that a new instance takes now. Running instances stay on theirs.

    `heard` is read along: whether anybody would hear of the case that begins (`store.heard`).
    """

    __tablename__ = "in_force"
    __table_args__ = (belongs_to("definitions", bundle_digest="bundle_digest", process_key="process_key"),)

    workspace_id: Mapped[str] = mapped_column(Id, primary_key=True)
    process_key: Mapped[str] = mapped_column(Key, primary_key=True)
    bundle_digest: Mapped[str] = mapped_column(Digest)
    bundle_key: Mapped[str] = mapped_column(Key)
    version: Mapped[int]
    deployed_at: Mapped[datetime]
    heard: Mapped[int | None] = query_expression()
