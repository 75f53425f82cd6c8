"""Tasks that wait for nobody: no person holds their role, or none does who acts for the organisation that they are for."""

from datetime import datetime
from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.queries import bundled
from service.store import candidates
from service.store.db import reading

SHOWN = 5
"""So many are named to who can help; the others come up as these are mended."""


def listed(actor: Actor, language: str, now: datetime) -> list[dict[str, Any]]:
    """Those of the workspace, the most urgent first, for who administers it or looks after its processes: each with its
    `title`, `role`, `organisation` and `case_id`. Empty for everybody else, and nothing is asked then."""
    if not (actor.administers or actor.owns_processes):
        return []
    with reading() as session:
        found = candidates.for_nobody(session, actor.workspace_id, now)
        mine = [it for it in found if may_read(actor, it[0].case_id)]
        return [
            {
                "title": bundled.texts(session, task.workspace_id, task.bundle_digest, language).of(
                    task.activity_id, task.name
                ),
                "role": role,
                "organisation": organisation,
                "case_id": task.case_id,
            }
            for task, role, organisation in mine[:SHOWN]
        ]
