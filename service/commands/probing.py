"""Whether the database takes anything."""

from service.runtime.command import Answer, Work, command
from service.store import db


@command
def write(work: Work) -> Answer:
    """Write what stands there already. Raises what any command raises where the database takes nothing."""
    db.probe(work.session)
    return {}
