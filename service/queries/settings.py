"""The settings of a workspace, each with where its value comes from."""

from datetime import datetime
from typing import Any

from service.domain import settings as rules
from service.domain.actors import Actor
from service.runtime.views import when
from service.store import settings as store
from service.store.db import reading


def listed(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Every setting of the actor's workspace at `now`, in the order of their definitions.

    An `analogue` or `standard` value is ours, and is never shown as the body's own rule.
    """
    definitions = rules.known(actor.workspace_id)
    with reading() as session:
        values = store.values(session, actor.workspace_id, definitions, now)
    return [
        {
            "key": key,
            "kind": it.kind,
            "unit": it.unit,
            "choices": list(it.choices),
            "value": values[key].value,
            "version": values[key].version,
            "origin": values[key].origin,
            "reference": values[key].reference,
            "default": it.default,
        }
        for key, it in definitions.items()
    ]


def history(actor: Actor, key: str) -> list[dict[str, Any]]:
    """What was changed about a setting, the oldest first. Raises `SettingUnknown`."""
    rules.definition(actor.workspace_id, key)
    with reading() as session:
        return [
            {
                "version": row.version,
                "value": row.value,
                "reference": row.reference,
                "valid_from": when(row.valid_from),
                "changed_by": row.changed_by,
                "changed_at": when(row.changed_at),
            }
            for row in store.history(session, actor.workspace_id, key)
        ]
