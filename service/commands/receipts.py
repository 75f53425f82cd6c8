"""Answers that were kept for whoever sends the same again."""

from service.domain.requests import KEPT
from service.runtime.command import Answer, Work, command
from service.store import receipts

MOST = 1000
"""How many are thrown away at once, so that nobody waits for it."""


@command
def forget(work: Work) -> Answer:
    """Throw away answers that have been kept for as long as was promised. They are no part of any case's history."""
    return {"forgotten": receipts.forget(work.session, work.workspace_id, work.now - KEPT, MOST)}
