"""What was put into force, when and by whom, and what runs of it."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from service.store.definitions import read
from service.store.tables import Bundle, BundleFile, Decision, Definition, Deployment, Incident, Instance

ACTIVE = "active"


def newest_of_all(session: Session, workspace_id: str) -> Sequence[Deployment]:
    """The last deployment of every bundle, by the bundle's key."""
    later = aliased(Deployment)
    newer = (
        select(later.id)
        .where(
            later.workspace_id == Deployment.workspace_id,
            later.bundle_key == Deployment.bundle_key,
            later.number > Deployment.number,
        )
        .exists()
    )
    statement = select(Deployment).where(Deployment.workspace_id == workspace_id, ~newer)
    return session.scalars(statement.order_by(Deployment.bundle_key)).all()


def of_key(session: Session, workspace_id: str, bundle_key: str) -> Sequence[Deployment]:
    """Every deployment of a bundle, the newest first."""
    statement = select(Deployment).where(Deployment.workspace_id == workspace_id, Deployment.bundle_key == bundle_key)
    return session.scalars(statement.order_by(Deployment.number.desc())).all()


def running(session: Session, workspace_id: str) -> dict[str, int]:
    """How many active instances each bundle has, by its digest."""
    statement = (
        select(Instance.bundle_digest, func.count())
        .where(Instance.workspace_id == workspace_id, Instance.status == ACTIVE)
        .group_by(Instance.bundle_digest)
    )
    return {digest: count for digest, count in session.execute(statement)}


def troubled(session: Session, workspace_id: str) -> dict[str, int]:
    """How many unresolved incidents there are in instances of each bundle, by its digest."""
    of_instance = (Instance.workspace_id == Incident.workspace_id) & (Instance.id == Incident.instance_id)
    statement = (
        select(Instance.bundle_digest, func.count())
        .join(Incident, of_instance)
        .where(Incident.workspace_id == workspace_id, Incident.resolved_at.is_(None))
        .group_by(Instance.bundle_digest)
    )
    return {digest: count for digest, count in session.execute(statement)}


def files(session: Session, workspace_id: str, digest: str) -> dict[str, bytes]:
    """Every file of a bundle that can be read, by name in order."""
    statement = (
        select(BundleFile.name, BundleFile.content)
        .where(BundleFile.workspace_id == workspace_id, BundleFile.bundle_digest == digest)
        .order_by(BundleFile.name)
    )
    found = ((name, read(content, "bundle_files", "content")) for name, content in session.execute(statement))
    return {name: content for name, content in found if content is not None}


def process_keys(session: Session, workspace_id: str, digest: str) -> Sequence[str]:
    """The processes of a bundle, by key."""
    statement = (
        select(Definition.process_key)
        .where(Definition.workspace_id == workspace_id, Definition.bundle_digest == digest)
        .order_by(Definition.process_key)
    )
    return session.scalars(statement).all()


def decision_keys(session: Session, workspace_id: str) -> frozenset[str]:
    """Every decision that was ever in force."""
    deployed = (Deployment.workspace_id == Decision.workspace_id) & (Deployment.bundle_digest == Decision.bundle_digest)
    statement = select(Decision.decision_key).join(Deployment, deployed)
    return frozenset(session.scalars(statement.where(Decision.workspace_id == workspace_id)))


def bundles_with(session: Session, workspace_id: str, decision_key: str) -> Sequence[str]:
    """The digests of the bundles that hold a decision."""
    statement = select(Decision.bundle_digest).where(
        Decision.workspace_id == workspace_id, Decision.decision_key == decision_key
    )
    return session.scalars(statement.order_by(Decision.bundle_digest)).all()


def bundle_key(session: Session, workspace_id: str, digest: str) -> str | None:
    """The key of a bundle; None for one that was never deployed here."""
    bundle = session.get(Bundle, (workspace_id, digest))
    return None if bundle is None else bundle.key


def newest_decisions(session: Session, workspace_id: str) -> Sequence[tuple[str, str, str]]:
    """The decisions of the last deployment of every bundle: key, digest of the bundle, file."""
    digests = [row.bundle_digest for row in newest_of_all(session, workspace_id)]
    statement = select(Decision.decision_key, Decision.bundle_digest, Decision.file).where(
        Decision.workspace_id == workspace_id, Decision.bundle_digest.in_(digests)
    )
    return [(key, digest, name) for key, digest, name in session.execute(statement.order_by(Decision.decision_key))]
