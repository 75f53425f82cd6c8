"""`advance`: the one door through which a case moves."""

import logging
from dataclasses import replace
from hashlib import sha256
from traceback import extract_tb
from typing import TypedDict

import orjson
from SpiffWorkflow.util.task import TaskState

from service.domain.errors import MandatError
from service.domain.misfits import MigrationRefused, Misfit
from service.domain.sentences import say
from service.engine.faults import Fault
from service.engine.fences.compaction import forget
from service.engine.fences.diagram_text import FromOutside
from service.engine.fences.saving import save
from service.engine.migrating.shapes import Migrate
from service.engine.shapes import (
    ActivityPassed,
    Advance,
    CaseState,
    ClosedTask,
    EventAwaited,
    EventLeft,
    Incident,
    InstanceState,
    Move,
    OpenedTask,
    Ports,
    TimerCleared,
    TimerSet,
    bare,
)
from service.engine.stepping.cache import LiveCache
from service.engine.stepping.step import Entry, Step
from service.engine.stepping.waiting import awaited, opened, timer_set, waiting


class Changes(TypedDict):
    """The fields of an `Advance` that are differences between before and after."""

    opened: list[OpenedTask]
    closed: list[ClosedTask]
    timers_set: list[TimerSet]
    timers_cleared: list[TimerCleared]
    awaited: list[EventAwaited]
    left: list[EventLeft]


log = logging.getLogger("mandat.engine")

SORRY = say("Mandat itself failed at this step. Nothing is lost: the answers are kept. Tell whoever runs this service.")
CACHE = LiveCache()
"""The process's live instances."""


def advance(
    case: CaseState, move: Move, ports: Ports, *, cache: LiveCache | None = None, compact: bool = True
) -> Advance:
    """Apply one move to a case and let everything move that can.

    A fault of a diagram or its data comes back as `Advance.incident`, and then nothing has changed. Raises
    `TaskNotWaiting` where the named task, timer or event does not wait, `MigrationRefused` where an instance does not
    fit into another version, and lets errors of the ports through.
    `cache` keeps live instances between steps (the process's own by default); `compact` drops finished history from
    the living objects, which changes neither the states nor their digests.
    """
    step = Step(case, ports, CACHE if cache is None else cache)
    try:
        step.make(move)
        return _outcome(step, case, compact)
    except Fault as fault:
        return _failed(fault, case, move, step)
    except FromOutside as passed:
        assert passed.__cause__ is not None
        raise passed.__cause__ from None
    except MandatError:
        raise
    except Exception as bug:  # noqa: BLE001 - whatever it is, a case must not be lost by it
        _log(bug)
        return _failed(Fault("internal", None, SORRY), case, move, step)


def state_hash(states: "tuple[InstanceState, ...] | list[InstanceState]") -> str:
    """SHA-256, as hex, over a case's active instances, in any order: id, what version it runs, and state digest."""
    rows = sorted([state.id, state.bundle_digest, state.process_key, state.state_digest] for state in states)
    return sha256(orjson.dumps(rows)).hexdigest()


def _failed(fault: Fault, case: CaseState, move: Move, step: Step) -> Advance:
    """A migration that cannot be made is refused: there is nothing in it that could be tried again later."""
    if isinstance(move, Migrate):
        place = fault.element or ""
        raise MigrationRefused([Misfit(place, place, fault.message)]) from fault
    return Advance(state_hash=state_hash(case.instances), incident=_incident(fault, move, step))


def _log(bug: Exception) -> None:
    """Where it happened, without what the exception says: that may hold a case's values."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(bug.__traceback__)]
    log.error("the engine failed with %s at %s", type(bug).__name__, " < ".join(reversed(places)))


def _incident(fault: Fault, move: Move, step: Step) -> Incident:
    meant = bare(move)
    instance_id = fault.instance_id or str(getattr(meant, "instance_id", ""))
    entry = step.entries.get(instance_id)
    runs = entry.definition if entry else step.states.get(instance_id) or getattr(meant, "definition", None)
    return Incident(
        instance_id,
        fault.element,
        fault.kind,
        fault.message,
        fault.place,
        fault.expression,
        fault.known,
        None if runs is None else runs.bundle_digest,
        None if runs is None else runs.process_key,
        fault.text,
    )


def _outcome(step: Step, case: CaseState, compact: bool) -> Advance:
    records = step.records
    touched = [entry for entry in step.entries.values() if entry.touched]
    changes: Changes = {
        "opened": [],
        "closed": [],
        "timers_set": [],
        "timers_cleared": [],
        "awaited": [],
        "left": [],
    }
    passed: list[ActivityPassed] = []
    states: list[InstanceState] = []
    live_ones: list[tuple[InstanceState, Entry]] = []
    for entry in touched:
        _difference(entry, changes)
        live = entry.live
        passed += [ActivityPassed(live.instance_id, *went) for went in live.passed]
        live.passed.clear()
        if not entry.over:
            state = _rest(entry)
            states.append(state)
            if compact:
                for scope in live.scopes():
                    forget(scope)
            live_ones.append((state, entry))
    over = {entry.live.instance_id for entry in touched if entry.over}
    moved = {state.id: state for state in states}
    active = [moved.pop(state.id, state) for state in case.instances if state.id not in over] + list(moved.values())
    for entry in step.entries.values():
        if not entry.touched and entry.state is not None:
            step.cache.put(entry.state, entry.live)
    for state, entry in live_ones:
        step.cache.put(state, entry.live)
    return Advance(
        states=tuple(states),
        ended=tuple(records.ended),
        opened=tuple(changes["opened"]),
        closed=tuple(changes["closed"]),
        timers_set=tuple(changes["timers_set"]),
        timers_cleared=tuple(changes["timers_cleared"]),
        awaited=tuple(changes["awaited"]),
        left=tuple(changes["left"]),
        messages=tuple(records.messages),
        evaluations=tuple(records.evaluations),
        calls=tuple(records.calls),
        bound=tuple(records.bound),
        passed=tuple(passed),
        escalated=tuple(records.escalated),
        carried=step.carried,
        state_hash=state_hash(active),
    )


def _rest(entry: Entry) -> InstanceState:
    snapshot, digest = save(entry.live)
    if entry.state is not None:
        return replace(
            entry.state,
            bundle_digest=entry.definition.bundle_digest,
            version=entry.state.version + 1,
            state_digest=digest,
            snapshot=snapshot,
        )
    return InstanceState(
        entry.live.instance_id,
        entry.definition.bundle_digest,
        entry.definition.process_key,
        1,
        digest,
        snapshot,
        entry.parent_id,
        entry.parent_task_id,
    )


def _difference(entry: Entry, changes: Changes) -> None:
    """Tasks, timers and awaited events that the step opened and closed."""
    live, before = entry.live, entry.before
    after = waiting(live)
    if entry.over:
        after.people.clear()
        after.timers.clear()
        after.events.clear()
    for task_id, task in after.people.items():
        if task_id not in before.people:
            changes["opened"].append(opened(live, task))
    for task_id, task in before.people.items():
        if task_id not in after.people:
            done = task.has_state(TaskState.COMPLETED)
            changes["closed"].append(ClosedTask(task_id, live.instance_id, "completed" if done else "cancelled"))
    for timer_id, task in after.timers.items():
        if timer_id not in before.timers:
            changes["timers_set"].append(timer_set(live, task))
    for timer_id in before.timers:
        if timer_id not in after.timers:
            changes["timers_cleared"].append(TimerCleared(timer_id, live.instance_id))
    now, then = after.events.keys(), before.events.keys()
    changes["awaited"] += [awaited(live, task) for event_id, task in after.events.items() if event_id not in then]
    changes["left"] += [EventLeft(event_id, live.instance_id) for event_id in before.events if event_id not in now]
