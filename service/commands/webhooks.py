"""Who outside is told of what happens in a workspace."""

from collections.abc import Sequence

from service.domain.addresses import REASONS
from service.domain.events import EVENTS
from service.domain.outgoing import shown
from service.domain.outgoing_errors import AddressRefused, EventKindUnknown, WebhookNotFound
from service.domain.outgoing_facts import WebhookAdded, WebhookRemoved
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import webhooks as store
from service.store.tables import Webhook


@command
def add(work: Work, url: str, kinds: Sequence[str] = ()) -> Answer:
    """Tell a receiver of events of those kinds, or of all there are, from now on.

    Gives its id, and the secret that its notices are signed with, as Standard Webhooks writes it: it is shown this once. Raises
    `AddressRefused`, `EventKindUnknown`.
    """
    work.actor.must_administer()
    if work.ports.http is None:
        raise AddressRefused(url=url[:200], why="off", reason=REASONS["off"])
    work.ports.http.check(url)
    wanted = sorted(set(kinds) or EVENTS)
    for kind in wanted:
        if kind not in EVENTS:
            raise EventKindUnknown(kind=kind[:100], known=", ".join(sorted(EVENTS)))
    workspace = owner(work)
    row = Webhook(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        url=url,
        secret=work.ports.salt(),
        kinds=wanted,
        added_by=work.actor.by().actor,
        added_at=work.now,
    )
    work.session.add(row)
    work.record(workspace, [WebhookAdded(webhook=row.id, kinds=tuple(wanted))])
    return {"id": row.id, "secret": shown(row.secret)}


@command
def remove(work: Work, webhook_id: str) -> Answer:
    """Tell a receiver of nothing more. What waits for it already is not sent. Raises `WebhookNotFound`."""
    work.actor.must_administer()
    workspace = owner(work)
    row = store.webhook(work.session, work.workspace_id, webhook_id)
    if row is None:
        raise WebhookNotFound
    row.removed_at, row.secret = work.now, b""
    work.record(workspace, [WebhookRemoved(webhook=row.id)])
    return {"id": row.id}
