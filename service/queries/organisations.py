"""The register of organisations: kinds, members, seats, and who acts for them."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.errors import PersonNotFound
from service.runtime.views import when
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


def held(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Every organisation by name, with all that it holds, held or will hold: `memberships`, `seats`, `representations`.

    Each has its id, from when to when, `state` (over, now or ahead) and why it ended. For who administers the
    workspace; to others it is not there: `PersonNotFound`.
    """
    if not actor.administers:
        raise PersonNotFound
    with reading() as session:
        here = actor.workspace_id
        acting = store.all_representatives(session, here)
        names = people.names(session, here, {row.person_id for row in acting})
        members, seats = store.memberships(session, here), store.all_seats(session, here)
        return [
            {
                "id": row.id,
                "name": row.name,
                "kind": row.kind,
                "sample": row.origin == "sample",
                "memberships": [timed(it, now) for it in members if it.organisation_id == row.id],
                "seats": [
                    timed(it, now) | {"body": body.name, "votes": it.votes}
                    for it, body in seats
                    if it.organisation_id == row.id
                ],
                "representations": [
                    timed(it, now) | {"person": names[it.person_id]} for it in acting if it.organisation_id == row.id
                ],
            }
            for row in store.every(session, here)
        ]


def timed(row: Any, now: datetime) -> dict[str, Any]:
    """What holds for a time: from when to when, whether that is over, now or ahead, and why it ended."""
    over = row.valid_to is not None and row.valid_to <= now
    return {
        "id": row.id,
        "valid_from": when(row.valid_from),
        "valid_to": when(row.valid_to),
        "state": "over" if over else "ahead" if row.valid_from > now else "now",
        "end_reason": row.end_reason,
    }


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
