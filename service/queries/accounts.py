"""Who a token stands for."""

from datetime import datetime

from service.domain.actors import Actor
from service.store import people
from service.store.db import reading


def bearer(prefix: str, now: datetime) -> tuple[str, Actor] | None:
    """The hash of the token with that prefix and the actor it stands for; None when no such token counts at `now`."""
    with reading() as session:
        return people.bearer(session, prefix, now)
