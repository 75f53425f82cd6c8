"""Decision tables: which file answers a decision that a process asks for."""

from typing import TYPE_CHECKING

from service.engine.shapes import Definition
from service.store import definitions as store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def table(session: "Session", workspace_id: str, decision_key: str, caller: Definition) -> bytes:
    """The decision table file of that key: of the caller's own bundle, else of the bundle in force that has it.

    Raises LookupError when neither has it, which is an incident of the case that asked.
    """
    own = store.decision(session, workspace_id, decision_key, digest=caller.bundle_digest)
    found = own or store.decision(session, workspace_id, decision_key)
    if found is None:
        raise LookupError(decision_key)
    return found
