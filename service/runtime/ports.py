"""What the engine asks for during a step, answered from the store and the operations of the service."""

from datetime import datetime

from service.domain.errors import DefinitionNotFound
from service.domain.journal import By
from service.engine import MOST_SECONDS
from service.engine.shapes import DecisionFile, Definition, Ports
from service.runtime import calendars, decisions, definitions
from service.runtime.command import Work
from service.runtime.operating import Operating


def engine_ports(work: Work, by: By, given_at: datetime | None = None) -> tuple[Ports, Operating]:
    """The engine's ports for one step of `work` as done by `by`, and the operations that it will have called. `given_at` is
    when what the step brings was given, where that was before."""
    session, workspace_id = work.session, work.workspace_id

    def definition(digest: str, process_key: str) -> Definition:
        return definitions.to_run(session, workspace_id, digest, process_key)

    def bind(process_key: str, _caller: Definition) -> Definition:
        try:
            found = definitions.in_force(session, workspace_id, process_key)
        except DefinitionNotFound as error:
            raise LookupError(process_key) from error
        return definition(found.bundle_digest, process_key)

    def decide(decision_key: str, caller: Definition) -> DecisionFile:
        return decisions.table(session, workspace_id, decision_key, caller)

    days = calendars.of(session, workspace_id)
    operating = Operating(work, by, days, given_at)
    ports = Ports(work.now, days, definition, bind, operating.call, decide, patience=MOST_SECONDS)
    return ports, operating
