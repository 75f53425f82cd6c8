"""What stands in the service just now: for its metrics, and for who administers a workspace."""

from datetime import datetime

from service.domain.actors import Actor
from service.domain.errors import NotFound
from service.store import queue
from service.store import watch as store
from service.store.db import reading
from service.store.queue import Crew
from service.store.watch import MOST, Standing

__all__ = ["MOST", "Crew", "Standing", "everywhere", "in_workspace"]


def everywhere(now: datetime) -> tuple[Standing, Crew | None]:
    """What stands in every workspace, and who works at the queue; None where there is no queue."""
    with reading() as session:
        return store.standing(session, now), queue.crew(session)


def in_workspace(actor: Actor, now: datetime) -> tuple[Standing, Crew | None]:
    """What stands in the actor's workspace, and who works for all. To whoever does not administer it there is nothing:
    `NotFound`."""
    if not actor.administers:
        raise NotFound
    with reading() as session:
        return store.standing(session, now, actor.workspace_id), queue.crew(session)
