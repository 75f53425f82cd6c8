"""The journal given away as an event log: that it was."""

from service.domain.history_facts import HistoryExported
from service.domain.witnesses import LogNotFound
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner


@command
def exported(work: Work, fact: HistoryExported) -> Answer:
    """Keep that the journal was written to a file, and which part of it. Raises `LogNotFound` for who may not have it."""
    if not work.actor.audits:
        raise LogNotFound
    work.record(owner(work), [fact])
    return {"digest": fact.digest}
