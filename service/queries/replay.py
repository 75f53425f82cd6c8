"""Replaying a case: its moves are made again from the journal, and every state must have the hash that was written.

Nothing is asked of today: the moment, the version that a call was bound to, what an operation answered and which
decision table was used are those of the entries. What is compared: the state's hash, the elements that were passed,
the calls that were bound and the rules that fired, step by step, and where the case stands in the end.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import rfc8785

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound, Conflict, DefinitionNotFound
from service.domain.facts import Step
from service.domain.kinds import KINDS
from service.domain.mending_facts import ActivitySkipped, VariablesCorrected
from service.domain.misfits import MigrationRefused
from service.domain.sentences import Sentence, say
from service.engine import LiveCache, advance, mark
from service.engine.shapes import (
    Advance,
    CaseState,
    DecisionFile,
    Definition,
    InstanceState,
    Move,
    OperationRequest,
    Ports,
)
from service.runtime import calendars, decisions, definitions, mending
from service.runtime.moves import from_json
from service.store import cases, journal
from service.store.db import reading
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]
HELP = (VariablesCorrected.KIND, ActivitySkipped.KIND)
"""The facts behind a step that say what help its move was given."""


class Different(Exception):
    """What is replayed is not what was recorded; `said` is the sentence that says where."""

    def __init__(self, said: Sentence) -> None:
        self.said = said
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One step as the journal has it: the entry that moved the case, and those that followed from it, by kind."""

    cause: Entry
    followed: dict[str, list[Entry]]

    def of(self, kind: str) -> list[Entry]:
        """What the entries of a kind say, in order."""
        return [entry["data"] for entry in self.followed.get(kind, [])]


def case(actor: Actor, case_id: str) -> dict[str, Any]:
    """Replay a case. `ok` says whether all agrees; if not, `difference` is the first place where it does not: its number
    and the reason, a sentence of ours.

    Raises `CaseNotFound`.
    """
    with reading() as session:
        row = cases.case(session, actor.workspace_id, case_id)
        if row is None or not may_read(actor, case_id):
            raise CaseNotFound
        told = {"case": case_id, "entries": row.journal_seq, "head": row.journal_head, "state": row.state_hash}
        broken = journal.verify(session, row)
        if broken is not None:
            return told | {"ok": False, "steps": 0, "difference": {"seq": broken.seq, "reason": broken.reason}}
        return told | _replayed(session, row, journal.entries(session, *row.stream))


def again(session: "Session", row: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """The same of a case that is set up in a database of its own, by its entries: `ok`, `steps`, `difference`."""
    return _replayed(session, row, entries)


def _replayed(session: "Session", row: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    state, count, cache = CaseState(row.id), 0, LiveCache()
    seq, found = 0, row.state_hash
    try:
        for step in _steps(entries):
            seq = step.cause["seq"]
            result = _step(session, row.workspace_id, state, step, cache)
            state, found, count = _after(state, result), result.state_hash, count + 1
        if found != row.state_hash:
            raise Different(say("the case does not stand where its last step left it"))
    except Different as difference:
        reason = difference.said
    except MigrationRefused:
        reason = say("the case does not fit the version that it was moved to then")
    except Conflict:
        reason = say("what was done then does not wait there")
    except DefinitionNotFound as missing:
        reason = say("the process “%(key)s” of then is not deployed any more", key=missing.facts["key"])
    else:
        return {"ok": True, "steps": count, "difference": None}
    return {"ok": False, "steps": count, "difference": {"seq": seq, "reason": reason}}


def _steps(entries: Sequence[Entry]) -> Iterator[Recorded]:
    """The steps of a stream. An entry that is none belongs to the step before it."""
    step: Recorded | None = None
    for entry in entries:
        if issubclass(KINDS[entry["kind"], entry["v"]], Step):
            if step is not None:
                yield step
            step = Recorded(entry, {})
        elif step is not None:
            step.followed.setdefault(entry["kind"], []).append(entry)
    if step is not None:
        yield step


def _step(session: "Session", workspace_id: str, state: CaseState, step: Recorded, cache: LiveCache) -> Advance:
    outside = _Outside(session, workspace_id, step)
    result = advance(state, _helped(_move(step.cause, outside.definition), step), outside.ports(), cache=cache)
    said = step.cause["data"]
    if result.incident is not None:
        raise Different(say("it cannot be made again: %(why)s", why=result.incident.message))
    if result.state_hash != said["state"]:
        raise Different(
            say(
                "the state's hash is %(found)s, and %(written)s was written",
                found=result.state_hash,
                written=said["state"],
            )
        )
    agree = (
        (say("other elements were passed than were written"), _passed(result), said.get("passed", {})),
        (
            say("other calls were bound than were written"),
            [(it.child_id, it.bundle_digest, it.process_key) for it in result.bound],
            [(it["child"], it["bundle"], it["process"]) for it in step.of("call.bound")],
        ),
        (
            say("other evaluations came out than were written"),
            [(it.activity_id, _plain(it.record)) for it in result.evaluations],
            [(it["activity"], it["record"]) for it in step.of("evaluation.made")],
        ),
    )
    for what, found, expected in agree:
        if found != expected:
            raise Different(what)
    if outside.answered != len(step.of("operation.called")):
        raise Different(say("other operations were called than were written"))
    return result


def _passed(result: Advance) -> dict[str, list[str]]:
    trace: dict[str, list[str]] = {}
    for step in result.passed:
        trace.setdefault(step.instance_id, []).append(mark(step))
    return trace


def _plain(value: Mapping[str, Any]) -> Any:
    """A value as the journal gives it back."""
    return json.loads(rfc8785.dumps(dict(value)))


def _move(entry: Entry, definition: Any) -> Move:
    data, kind = entry["data"], entry["kind"]
    at = {"instance_id": data.get("instance")}
    moves: dict[str, dict[str, Any]] = {
        "instance.started": {
            "kind": "start",
            "bundle_digest": data.get("bundle"),
            "process_key": data.get("process"),
            "variables": data.get("variables", {}),
        },
        "task.completed": {"kind": "complete", "task_id": data.get("task"), "answers": data.get("answers", {})},
        "timer.fired": {"kind": "due", "timer_id": data.get("timer")},
        "message.delivered": {
            "kind": "deliver",
            "message": data.get("message"),
            "payload": data.get("payload"),
            "keys": data.get("keys", {}),
        },
        "signal.delivered": {"kind": "signal", "signal": data.get("signal"), "payload": data.get("payload")},
        "instance.cancelled": {"kind": "cancel"},
        "instance.migrated": {
            "kind": "migrate",
            "before": data.get("previous"),
            "bundle_digest": data.get("bundle"),
            "process_key": data.get("process"),
            "renamed": data.get("renamed", {}),
            "reason": {},
        },
    }
    return from_json(moves[kind] | at, definition)


def _helped(move: Move, step: Recorded) -> Move:
    """The move with the help that it was given, in the order in which that was told."""
    told = [it for kind in HELP for it in step.followed.get(kind, ())]
    for entry in sorted(told, key=lambda it: int(it["seq"])):
        move = mending.told(entry["kind"], entry["data"]).around(move)
    return move


def _after(state: CaseState, result: Advance) -> CaseState:
    states: dict[str, InstanceState] = {it.id: it for it in (*state.instances, *result.states)}
    for ended in result.ended:
        states.pop(ended.instance_id, None)
    return CaseState(state.case_id, tuple(states.values()))


@dataclass(slots=True)
class _Outside:
    """The outside world of one step, answered from what was recorded."""

    session: "Session"
    workspace_id: str
    step: Recorded
    answered: int = 0
    _bindings: list[Entry] = field(init=False)
    _decisions: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self._bindings = self.step.of("call.bound")
        self._decisions = [it["record"] for it in self.step.of("evaluation.made") if it["of"] == "decision"]

    def ports(self) -> Ports:
        """The engine's ports."""
        return Ports(
            now=datetime.fromisoformat(self.step.cause["at"]),
            calendar=calendars.of(self.session, self.workspace_id),
            definition=self.definition,
            bind=self.bind,
            operate=self.operate,
            decide=self.decide,
        )

    def definition(self, digest: str, process_key: str) -> Definition:
        """A deployed definition."""
        return definitions.by_digest(self.session, self.workspace_id, digest, process_key)

    def bind(self, process_key: str, _caller: Definition) -> Definition:
        """The version that the call was bound to then."""
        found = next((it for it in self._bindings if it["process"] == process_key), None)
        if found is None:
            raise Different(say("“%(key)s” is called, and was not", key=process_key))
        self._bindings.remove(found)
        return self.definition(found["bundle"], process_key)

    def operate(self, request: OperationRequest) -> Any:
        """What the operation answered then, if it is asked the same."""
        calls = self.step.of("operation.called")
        if self.answered == len(calls):
            raise Different(say("the operation “%(name)s” is called, and was not", name=request.name))
        recorded = calls[self.answered]
        asked = (request.activity_id, request.name, _plain(request.parameters))
        if asked != (recorded["activity"], recorded["operation"], recorded.get("parameters", {})):
            raise Different(say("the operation “%(name)s” is asked something else than it was", name=request.name))
        self.answered += 1
        return recorded.get("result")

    def decide(self, decision_key: str, _caller: Definition) -> DecisionFile:
        """The very file that was used then."""
        found = next((it for it in self._decisions if it["decision"] == decision_key), None)
        if found is None:
            raise Different(say("the decision “%(key)s” is asked, and was not", key=decision_key))
        self._decisions.remove(found)
        table = decisions.recorded(self.session, self.workspace_id, decision_key, found["digest"])
        if table is not None:
            return table
        raise Different(say("the table of the decision “%(key)s” is gone, or was changed since", key=decision_key))
