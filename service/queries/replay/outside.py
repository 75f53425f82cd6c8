"""The outside world of one step, answered from what was recorded of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.sentences import say
from service.engine.shapes import DecisionFile, Definition, OperationRequest, Ports
from service.queries.replay.comparing import Differs, NotReplayed, apart
from service.queries.replay.originals import Originals
from service.queries.replay.recorded import Recorded, plain
from service.runtime import calendars, decisions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]


@dataclass(slots=True)
class Outside:
    """What the engine asks of the outside in one step. `answered` counts the operations that it called."""

    session: "Session"
    workspace_id: str
    step: Recorded
    originals: Originals
    answered: int = 0
    _bindings: list[Entry] = field(init=False)
    _decisions: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self._bindings = self.step.of("call.bound")
        self._decisions = [it for it in self.step.of("evaluation.made") if it["of"] == "decision"]

    def ports(self) -> Ports:
        """The engine's ports. Raises `ValueError` where the entry has no time."""
        return Ports(
            now=datetime.fromisoformat(self.step.cause["at"]),
            calendar=calendars.of(self.session, self.workspace_id),
            definition=self.originals.definition,
            bind=self.bind,
            operate=self.operate,
            decide=self.decide,
        )

    def bind(self, process_key: str, _caller: Definition) -> Definition:
        """The version that the call was bound to then."""
        found = next((it for it in self._bindings if it["process"] == process_key), None)
        if found is None:
            called = {"process": process_key}
            raise Differs(say("“%(key)s” is called, and was not", key=process_key), called, None, process_key)
        self._bindings.remove(found)
        return self.originals.definition(found["bundle"], process_key)

    def operate(self, request: OperationRequest) -> Any:
        """What the operation answered then, if it is asked the same."""
        place = {"instance": request.instance_id, "element": request.activity_id, "operation": request.name}
        calls = self.step.of("operation.called")
        if self.answered == len(calls):
            said = say("the operation “%(name)s” is called, and was not", name=request.name)
            raise Differs(said, place, None, request.name)
        recorded = calls[self.answered]
        there = [recorded["activity"], recorded["operation"], recorded.get("parameters", {})]
        other = apart(there, [request.activity_id, request.name, plain(request.parameters)])
        if other is not None:
            said = say("the operation “%(name)s” is asked something else than it was", name=request.name)
            name = {"variable": str(other.path[1])} if len(other.path) > 1 else {}
            raise Differs(said, place | name | {"path": other.pointer}, other.written, other.found)
        self.answered += 1
        return recorded.get("result")

    def decide(self, decision_key: str, _caller: Definition) -> DecisionFile:
        """The very file that was used then."""
        found = next((it for it in self._decisions if it["record"]["decision"] == decision_key), None)
        if found is None:
            said = say("the decision “%(key)s” is asked, and was not", key=decision_key)
            raise Differs(said, {"decision": decision_key}, None, decision_key)
        self._decisions.remove(found)
        digest = found["record"]["digest"]
        table = decisions.recorded(self.session, self.workspace_id, decision_key, digest)
        if table is not None:
            return table
        there = decisions.digests(self.session, self.workspace_id, decision_key)
        if not there:
            raise NotReplayed(say("the table of the decision “%(key)s” is not deployed any more", key=decision_key))
        raise Differs(
            say("the table of the decision “%(key)s” was changed since; its digest is none of those", key=decision_key),
            {"instance": found["instance"], "element": found["activity"], "decision": decision_key},
            digest,
            ", ".join(there),
        )
