"""The register of organisations: kinds, members, seats, and who acts for them."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.store import organisations as store
from service.store import people
from service.store.db import reading


def listed(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Every organisation of the actor's workspace at `now`, by name."""
    with reading() as session:
        members = store.members(session, actor.workspace_id, now)
        named = store.representatives(session, actor.workspace_id, now)
        names = people.names(session, actor.workspace_id, {row.person_id for row in named})
        return [
            {
                "id": row.id,
                "name": row.name,
                "kind": row.kind,
                "member": row.id in members,
                "representatives": [names[it.person_id] for it in named if it.organisation_id == row.id],
                "origin": row.origin,
                "origin_ref": row.origin_ref,
                "sample": row.origin == "sample",
            }
            for row in store.every(session, actor.workspace_id)
        ]


def bodies(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Every body of the actor's workspace and who sits in it at `now`."""
    with reading() as session:
        return [
            {
                "key": body.key,
                "kind": body.kind,
                "name": body.name,
                "case_id": body.case_id,
                "seats": [
                    {
                        "organisation": organisation.id,
                        "name": organisation.name,
                        "votes": seat.votes,
                        "lead": seat.lead,
                        "competence": seat.competence,
                    }
                    for seat, organisation in store.seated(session, actor.workspace_id, body.id, now)
                ],
            }
            for body in store.bodies(session, actor.workspace_id)
        ]
