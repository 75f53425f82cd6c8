"""Webhooks: who is told of what."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.tables import Webhook


def active(session: Session, workspace_id: str) -> Sequence[Webhook]:
    """Those that are told, in the order in which they were added."""
    statement = select(Webhook).where(Webhook.workspace_id == workspace_id, Webhook.removed_at.is_(None))
    return session.scalars(statement.order_by(Webhook.id)).all()


def webhook(session: Session, workspace_id: str, webhook_id: str) -> Webhook | None:
    """One that is told, or None."""
    found = session.get(Webhook, (workspace_id, webhook_id))
    return None if found is None or found.removed_at is not None else found


def addresses(session: Session, workspace_id: str, webhook_ids: Collection[str]) -> dict[str, str]:
    """Where those are or were, by id. Asks nothing when there are none."""
    if not webhook_ids:
        return {}
    statement = select(Webhook.id, Webhook.url).where(Webhook.workspace_id == workspace_id, Webhook.id.in_(webhook_ids))
    return {webhook_id: url for webhook_id, url in session.execute(statement)}
