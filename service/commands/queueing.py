"""Keeping the queue as our tables have it."""

from service.runtime.command import Answer, Work, command
from service.store import queue


@command
def mend(work: Work) -> Answer:
    """Queue again what waits in our tables and is not in the queue. Nothing happens to any case, and nothing is recorded."""
    return {"queued": queue.mend(work.session, work.now)}
