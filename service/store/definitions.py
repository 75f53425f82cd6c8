"""Bundles, their files, and the processes in force."""

from collections.abc import Collection, Sequence

import zstandard
from sqlalchemy import select
from sqlalchemy.orm import Session, with_expression

from service.domain.unreadable import Cell, meet
from service.store.heard import heard_in
from service.store.tables import Bundle, BundleFile, Decision, Definition, Deployment, InForce, Instance

_HEARD = with_expression(InForce.heard, heard_in(InForce.workspace_id))


def pack(content: bytes) -> bytes:
    """Compress what is kept for ever and read seldom."""
    return zstandard.compress(content, 10)


def unpack(content: bytes) -> bytes:
    """The bytes that `pack` was given."""
    return zstandard.decompress(content)


def intact(content: bytes) -> bytes | None:
    """The same; None for what nobody has packed."""
    try:
        return unpack(content)
    except zstandard.ZstdError:
        return None


def read(content: bytes, table: str, column: str) -> bytes | None:
    """The same of what lies in that column; None where nobody has packed it, and who reads the page is told."""
    found = intact(content)
    if found is None:
        meet(Cell(table, column, content))
    return found


def has(session: Session, workspace_id: str, digest: str) -> bool:
    """Whether the workspace knows that bundle already."""
    return session.get(Bundle, (workspace_id, digest)) is not None


def compiled(session: Session, workspace_id: str, digest: str, process_key: str) -> bytes | None:
    """A process as the engine compiled it when its bundle was deployed; what lies there, where that was not packed."""
    packed = session.scalar(
        select(Definition.compiled).where(
            Definition.workspace_id == workspace_id,
            Definition.bundle_digest == digest,
            Definition.process_key == process_key,
        )
    )
    return None if packed is None else intact(packed) or packed


def file(session: Session, workspace_id: str, digest: str, name: str) -> bytes | None:
    """One file of a bundle."""
    packed = session.scalar(
        select(BundleFile.content).where(
            BundleFile.workspace_id == workspace_id, BundleFile.bundle_digest == digest, BundleFile.name == name
        )
    )
    return None if packed is None else read(packed, "bundle_files", "content")


def decision(session: Session, workspace_id: str, key: str, *, digest: str | None = None) -> tuple[str, str] | None:
    """Where the decision of that key stands, as digest and file: in that bundle, or else in the one deployed last."""
    statement = select(Decision.bundle_digest, Decision.file).where(
        Decision.workspace_id == workspace_id, Decision.decision_key == key
    )
    if digest is not None:
        statement = statement.where(Decision.bundle_digest == digest)
    else:
        deployed = (Deployment.workspace_id == Decision.workspace_id) & (
            Deployment.bundle_digest == Decision.bundle_digest
        )
        statement = statement.join(Deployment, deployed).order_by(Deployment.deployed_at.desc(), Deployment.id.desc())
    found = session.execute(statement.limit(1)).first()
    return None if found is None else (found.bundle_digest, found.file)


def decisions(session: Session, workspace_id: str, key: str) -> Sequence[tuple[str, str]]:
    """Every place where the decision of that key was ever deployed, as digest and file."""
    statement = select(Decision.bundle_digest, Decision.file).where(
        Decision.workspace_id == workspace_id, Decision.decision_key == key
    )
    rows = session.execute(statement.order_by(Decision.bundle_digest))
    return [(row.bundle_digest, row.file) for row in rows]


def in_force(session: Session, workspace_id: str, process_key: str) -> InForce | None:
    """The version of a process that a start or a call takes now."""
    statement = select(InForce).options(_HEARD)
    return session.scalar(statement.where(InForce.workspace_id == workspace_id, InForce.process_key == process_key))


def start_of(session: Session, workspace_id: str, bundle_key: str) -> InForce | None:
    """The version in force of the process with which a bundle begins, by the bundle's key."""
    return session.scalar(
        select(InForce)
        .options(_HEARD)
        .join(Bundle, (Bundle.workspace_id == InForce.workspace_id) & (Bundle.digest == InForce.bundle_digest))
        .where(
            InForce.workspace_id == workspace_id,
            InForce.bundle_key == bundle_key,
            InForce.process_key == Bundle.start_process,
        )
    )


def all_in_force(session: Session, workspace_id: str) -> Sequence[InForce]:
    """Every process in force, by key."""
    statement = select(InForce).where(InForce.workspace_id == workspace_id).order_by(InForce.process_key)
    return session.scalars(statement).all()


def running(session: Session, workspace_id: str) -> Sequence[tuple[str, str]]:
    """The (digest of the bundle, process key) of every version of which an instance runs."""
    statement = select(Instance.bundle_digest, Instance.process_key).where(
        Instance.workspace_id == workspace_id, Instance.status == "active"
    )
    return [(digest, key) for digest, key in session.execute(statement.distinct())]


def owners(session: Session, workspace_id: str, process_keys: Collection[str]) -> dict[str, InForce]:
    """The versions in force of those processes, by key."""
    statement = select(InForce).where(InForce.workspace_id == workspace_id, InForce.process_key.in_(process_keys))
    return {row.process_key: row for row in session.scalars(statement)}


def withdraw(session: Session, workspace_id: str, bundle_key: str, kept: Collection[str]) -> None:
    """Take processes out of force that a bundle's newest version no longer has."""
    statement = select(InForce).where(InForce.workspace_id == workspace_id, InForce.bundle_key == bundle_key)
    for row in session.scalars(statement):
        if row.process_key not in kept:
            session.delete(row)


def deployments(session: Session, workspace_id: str) -> Sequence[Deployment]:
    """Every deployment of a workspace, each key's in their order."""
    statement = select(Deployment).where(Deployment.workspace_id == workspace_id)
    return session.scalars(statement.order_by(Deployment.bundle_key, Deployment.number)).all()


def newest(session: Session, workspace_id: str, bundle_key: str) -> Deployment | None:
    """The last deployment of a bundle's key."""
    statement = (
        select(Deployment)
        .where(Deployment.workspace_id == workspace_id, Deployment.bundle_key == bundle_key)
        .order_by(Deployment.number.desc())
        .limit(1)
    )
    return session.scalar(statement)
