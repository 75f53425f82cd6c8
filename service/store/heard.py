"""Whether anybody would hear of what happens in a workspace: read along with a row that a step reads anyway."""

from sqlalchemy import ColumnElement, bindparam, case, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.store.tables import Mailbox, Webhook

WEBHOOKS, MAIL = 1, 2
"""There are webhooks · somebody wants mail at once. Both: their sum."""


def heard_in(workspace_id: InstrumentedAttribute[str] | ColumnElement[str]) -> ColumnElement[int]:
    """The sum of what there is in a workspace, as a column."""
    hooks = select(Webhook.id).where(Webhook.workspace_id == workspace_id, Webhook.removed_at.is_(None))
    mail = select(Mailbox.person_id).where(Mailbox.workspace_id == workspace_id, Mailbox.wish == "at-once")
    return case((hooks.exists(), WEBHOOKS), else_=0) + case((mail.exists(), MAIL), else_=0)


_HEARD = select(heard_in(bindparam("workspace", type_=Webhook.workspace_id.type)))


def heard(session: Session, workspace_id: str) -> int:
    """The sum of what there is, by a statement of its own."""
    return session.scalars(_HEARD, {"workspace": workspace_id}).one()
