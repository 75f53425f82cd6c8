"""Who has a part in a workspace, and the roles that each holds, held or will hold."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.errors import PersonNotFound
from service.queries.organisations import timed
from service.store import holdings, people
from service.store.db import reading


def role_labels(actor: Actor) -> dict[str, str]:
    """What the actor's workspace calls each of its roles, by key."""
    with reading() as session:
        return people.roles(session, actor.workspace_id)


def listed(actor: Actor, now: datetime) -> dict[str, Any]:
    """The people of the workspace with their roles, and the roles that nobody holds at `now`.

    For who administers it; to others it is not there: `PersonNotFound`.
    """
    if not actor.administers:
        raise PersonNotFound
    with reading() as session:
        roles = people.roles(session, actor.workspace_id)
        found: dict[str, dict[str, Any]] = {}
        held: set[str] = set()
        for person, account, holding in holdings.every(session, actor.workspace_id):
            told = found.setdefault(person.id, {"id": person.id, "name": person.name, "account": account, "roles": []})
            if holding is None:
                continue
            shown = timed(holding, now)
            if shown["state"] == "now":
                held.add(holding.role_key)
            label = roles.get(holding.role_key, holding.role_key)
            told["roles"].append(shown | {"key": holding.role_key, "label": label, "case_id": holding.case_id})
        return {
            "people": list(found.values()),
            "roles": roles,
            "vacant": [label for key, label in roles.items() if key not in held],
        }
