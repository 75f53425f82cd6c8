"""Making the steps of a case again, one after the other, each held against what was written of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.errors import Conflict
from service.domain.journal import instant
from service.domain.misfits import MigrationRefused
from service.domain.sentences import Sentence, say
from service.engine import ENGINE, FIRST, LiveCache, advance, mark, state_hash
from service.engine.shapes import Advance, CaseState, InstanceEnded, InstanceState, Move
from service.queries.replay import moves
from service.queries.replay.comparing import Differs, NotReplayed, Place, apart
from service.queries.replay.originals import Originals
from service.queries.replay.outside import Outside
from service.queries.replay.recorded import Recorded, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Facts = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Walk:
    """A case on its way again: how it stands after the steps that were made, which of its instances have ended and how,
    and where it was told that tasks, timers and messages wait."""

    session: "Session"
    workspace_id: str
    case_id: str
    originals: Originals
    state: CaseState
    ended: dict[str, InstanceEnded] = field(default_factory=dict)
    count: int = 0
    places: dict[str, str] = field(default_factory=dict)
    _cache: LiveCache = field(default_factory=LiveCache)

    @classmethod
    def of(cls, session: "Session", workspace_id: str, case_id: str) -> "Walk":
        """A walk that stands before the first step of a case."""
        return cls(session, workspace_id, case_id, Originals(session, workspace_id), CaseState(case_id))

    def make(self, step: Recorded) -> Advance:
        """Make the next step. Raises `Differs` where it does not come out as it was written, and `NotReplayed` where it
        cannot be made: then the walk stands where it stood."""
        result = self._made(step)
        self.state, self.count = _after(self.state, result), self.count + 1
        self.ended |= {it.instance_id: it for it in result.ended}
        self.places |= {it.id: it.activity_id for it in result.opened}
        self.places |= {it.id: it.activity_id for it in result.timers_set}
        return result

    def _made(self, step: Recorded) -> Advance:
        try:
            return self._compared(step)
        except Differs as difference:
            then = step.cause["data"].get("engine", FIRST)
            if then == ENGINE:
                raise
            said = say(
                "it was made by version %(then)s of the engine, and this is version %(now)s", then=then, now=ENGINE
            )
            raise NotReplayed(said) from difference

    def _compared(self, step: Recorded) -> Advance:
        outside = Outside(self.session, self.workspace_id, step, self.originals)
        move, ports = self._read(step, outside)
        here = self.at(step)
        try:
            result = advance(self.state, move, ports, cache=self._cache)
        except MigrationRefused:
            raise Differs(say("the case does not fit the version that it was moved to then"), here) from None
        except Conflict:
            raise Differs(say("what was done then does not wait there"), here) from None
        if result.incident is not None:
            stuck = {"instance": result.incident.instance_id, "element": result.incident.activity_id}
            raise Differs(say("it cannot be made again: %(why)s", why=result.incident.message), stuck)
        _compare(result, step, outside, here)
        return result

    def _read(self, step: Recorded, outside: Outside) -> tuple[Move, Any]:
        try:
            move = moves.of_entry(step.cause, self.originals.definition)
            return moves.helped(move, step.followed), outside.ports()
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Differs(say("the entry does not tell what a step of its kind tells")) from None

    def hash(self) -> str:
        """The hash of the case where it stands now."""
        return state_hash(self.state.instances)

    def at(self, step: Recorded) -> Place:
        """Where a step was made: its instance, and what waited there."""
        data = step.cause["data"]
        element = self.places.get(data.get("task") or data.get("timer") or "")
        return {name: it for name, it in (("instance", data.get("instance")), ("element", element)) if it}


def _after(state: CaseState, result: Advance) -> CaseState:
    states: dict[str, InstanceState] = {it.id: it for it in (*state.instances, *result.states)}
    for ended in result.ended:
        states.pop(ended.instance_id, None)
    return CaseState(state.case_id, tuple(states.values()))


def _compare(result: Advance, step: Recorded, outside: Outside, here: Place) -> None:
    """Hold what a step came to against what was written of it. Raises `Differs` at the first difference."""
    said = step.cause["data"]
    _hold(
        say("other elements were passed than were written"),
        "passed",
        said.get("passed", {}),
        _passed(result),
        _of_trace,
    )
    for what, kind, found in (
        (say("other calls were bound than were written"), "call.bound", _bound(result)),
        (say("other evaluations came out than were written"), "evaluation.made", _evaluated(result)),
        (say("other messages were sent than were written"), "message.sent", _sent(result)),
        (say("other timers were set than were written"), "timer.set", _set(result)),
        (say("other tasks were opened than were written"), "task.opened", _opened(result)),
        (say("other parts ended than were written"), "instance.ended", _ended(result)),
    ):
        names = _NAMES[kind]
        written = [{name: it[name] for name in names if name in it} for it in step.of(kind)]
        _hold(what, kind, written, [{name: it[name] for name in names if it.get(name) is not None} for it in found],
              _of_facts)  # fmt: skip
    if outside.answered != len(step.of("operation.called")):
        called = step.of("operation.called")[outside.answered]
        place = {"instance": called["instance"], "element": called["activity"], "operation": called["operation"]}
        raise Differs(say("other operations were called than were written"), place, called["operation"], None)
    if result.state_hash != said["state"]:
        raise Differs(
            say("another state came of it than was written; of that one only the hash is known"),
            here,
            said["state"],
            result.state_hash,
        )


_NAMES = {
    "call.bound": ("instance", "activity", "task", "child", "bundle", "process"),
    "evaluation.made": ("instance", "activity", "of", "record"),
    "message.sent": ("instance", "activity", "message", "payload", "keys"),
    "timer.set": ("instance", "activity", "timer", "due_at"),
    "task.opened": ("instance", "activity", "task", "candidate", "due_at"),
    "instance.ended": ("instance", "outcome", "end_event", "code"),
}
"""What of a consequence follows from the step alone."""

Locate = Callable[[tuple[str | int, ...], Any], Place]


def _hold(what: Sentence, name: str, written: Any, found: Any, locate: Locate) -> None:
    other = apart(written, found)
    if other is not None:
        place = locate(other.path, written) or locate(other.path, found)
        raise Differs(what, place | {"path": f"/{name}{other.pointer}"}, other.written, other.found)


def _of_trace(path: tuple[str | int, ...], traces: Any) -> Place:
    """The place of a mark in the traces of instances."""
    instance = path[0]
    marks = traces.get(instance, ())
    place: Place = {"instance": instance}
    if len(path) > 1 and isinstance(path[1], int) and path[1] < len(marks):
        place["element"] = marks[path[1]].removeprefix("-").rpartition(" ")[2]
    return place


def _of_facts(path: tuple[str | int, ...], facts: Facts) -> Place:
    """The place of a fact in a list of them, and the variable that the rest of the way names."""
    if not isinstance(path[0], int) or path[0] >= len(facts):
        return {}
    fact = facts[path[0]]
    place: Place = {"instance": fact["instance"]}
    if "activity" in fact:
        place["element"] = fact["activity"]
    if len(path) > 1 and path[1] in ("record", "payload", "keys"):
        place["variable"] = str(path[-1])
    return place


def _passed(result: Advance) -> dict[str, list[str]]:
    trace: dict[str, list[str]] = {}
    for step in result.passed:
        trace.setdefault(step.instance_id, []).append(mark(step))
    return trace


def _bound(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.bound:
        yield {"instance": it.instance_id, "activity": it.activity_id, "task": it.task_id, "child": it.child_id,
               "bundle": it.bundle_digest, "process": it.process_key}  # fmt: skip


def _evaluated(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.evaluations:
        yield {"instance": it.instance_id, "activity": it.activity_id, "of": it.kind, "record": plain(it.record)}


def _sent(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.messages:
        said = plain({"payload": it.payload, "keys": dict(it.keys) or None})
        yield {"instance": it.instance_id, "activity": it.activity_id, "message": it.message, **said}


def _set(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.timers_set:
        yield {"instance": it.instance_id, "activity": it.activity_id, "timer": it.id, "due_at": instant(it.due_at)}


def _opened(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.opened:
        yield {"instance": it.instance_id, "activity": it.activity_id, "task": it.id, "candidate": it.candidate,
               "due_at": None if it.due_at is None else instant(it.due_at)}  # fmt: skip


def _ended(result: Advance) -> Iterable[Mapping[str, Any]]:
    for it in result.ended:
        yield {"instance": it.instance_id, "outcome": it.outcome, "end_event": it.end_event, "code": it.code}
