"""A decision that was recorded, asked of another version of its rule: an experiment. Nothing of it is kept, or counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.domain.sentences import Sentence
from service.engine import decisions, feel, same
from service.engine.decisions import DecisionFault, Definition
from service.queries import decisions as asking
from service.queries.decided.tables import Version
from service.queries.replay.recorded import plain
from service.runtime import calendars

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Tried:
    """What would have come out: the `record` that would have been written, None where the rule has no answer to what was
    recorded, and `fault` says why. `same`: it is what came out then."""

    record: Mapping[str, Any] | None
    same: bool
    fault: str | Sentence | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """One version of a rule, ready to be asked. It goes by the moment of each decision and by the working days as they are
    known now, and is as strict as in a case: what would have stopped there has no answer here."""

    session: "Session"
    workspace_id: str
    version: Version
    definition: Definition
    key: str

    @classmethod
    def of(cls, session: "Session", workspace_id: str, version: Version, key: str) -> "Experiment":
        """Raises `DecisionAltered`, `DecisionUnanswerable`."""
        definition = asking.definition_of(session, workspace_id, version.bundle, version.file, key)
        return cls(session, workspace_id, version, definition, key)

    def tried(self, record: Mapping[str, Any], at: str) -> Tried:
        """What this version says to the inputs of a record that was made at that moment."""
        days = calendars.of(self.session, self.workspace_id)
        context = feel.Context(datetime.fromisoformat(at), ZoneInfo(days.zone), days)
        try:
            found = plain(decisions.evaluate(self.definition, self.key, record["inputs"], context).record())
        except (feel.FeelError, DecisionFault) as error:
            return Tried(None, same=False, fault=error.message)
        return Tried(found, same=same(found["outputs"], record["outputs"]))
