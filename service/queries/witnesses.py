"""Witnesses: for whom a checkpoint waits, how one is reached, and what each has."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.witnesses import LogNotFound, due
from service.runtime.views import when
from service.store import people
from service.store import witnesses as store
from service.store.db import reading
from service.store.tables import Witness


def untold(now: datetime) -> list[str]:
    """The workspaces of which a witness is to be told of a checkpoint by now."""
    with reading() as session:
        found = {
            witness.workspace_id
            for witness, log in store.free(session)
            if due(log.signed_at, witness.sent_at, witness.minutes, now)
        }
        return sorted(found)


def listed(actor: Actor) -> list[dict[str, Any]]:
    """Those who are given checkpoints, and the size of the log that each has. For auditors and administrators; to others
    there is nothing: `LogNotFound`."""
    if not actor.audits:
        raise LogNotFound
    with reading() as session:
        found = store.active(session, actor.workspace_id)
        names = people.names(session, actor.workspace_id, {row.added_by for row in found})
        return [_view(row) | {"added_by": names.get(row.added_by)} for row in found]


def receiver(workspace_id: str, witness_id: str) -> tuple[str, bytes] | None:
    """The address of a witness, and the secret that notices to her are signed with; None: she gets nothing more."""
    with reading() as session:
        found = store.witness(session, workspace_id, witness_id)
        return None if found is None else (found.address, found.secret)


def _view(row: Witness) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "address": row.address,
        "minutes": row.minutes,
        "added_at": when(row.added_at),
        "size": row.size,
        "got_at": when(row.got_at),
        "under_way": row.message_id is not None,
    }
