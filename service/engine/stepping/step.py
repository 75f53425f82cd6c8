"""One step of one case: apply a move, let every token move that can, start and end called processes."""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from service.domain.errors import CaseMovedOn, TaskNotWaiting
from service.domain.sentences import say
from service.engine.compiled import process_of
from service.engine.faults import Fault
from service.engine.feel import FeelFault
from service.engine.fences.diagram_text import FromOutside
from service.engine.fences.saving import load
from service.engine.fences.sharing import fresh
from service.engine.fences.stuck import moves
from service.engine.limits import DEEPEST_CALL, MOST_ROUNDS, MOST_RUNS
from service.engine.live.ids import derived_id
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Live
from service.engine.migrating import Carried, Counterparts, Migrate
from service.engine.migrating.fitting import idle
from service.engine.migrating.moving import moved
from service.engine.model import Process
from service.engine.nodes.events import BoundaryEvent
from service.engine.shapes import (
    CallBound,
    Cancel,
    CaseState,
    Complete,
    Definition,
    Deliver,
    Due,
    InstanceEnded,
    InstanceState,
    Move,
    Ports,
    Signal,
    Start,
)
from service.engine.stepping import handing, routing
from service.engine.stepping.cache import LiveCache, specs_of
from service.engine.stepping.helping import Help, helped
from service.engine.stepping.records import Records
from service.engine.stepping.waiting import Waiting, candidate, carried, waiting

EVERY = 50
"""Nodes that run between two looks at the clock of the machine."""


@dataclass(slots=True, eq=False)
class Entry:
    """One instance that the step looks at. `before` is what it waited for when the step began."""

    live: Live
    definition: Definition
    before: Waiting
    state: InstanceState | None
    parent_id: str | None
    parent_task_id: str | None
    touched: bool = False
    over: bool = False


class Step:
    """The instances of a case during one move. Whoever makes a step either finishes it or throws it away."""

    def __init__(self, case: CaseState, ports: Ports, cache: LiveCache) -> None:
        self.records = Records(case.case_id, ports)
        self.states = {state.id: state for state in case.instances}
        self.entries: dict[str, Entry] = {}
        self.cache = cache
        self.runs, self.began = 0, monotonic()
        self.visits: Counter[tuple[str, UUID | None, str]] = Counter()
        self.agenda: OrderedDict[str, Entry] = OrderedDict()
        self.carried = Carried()

    # --- the move ------------------------------------------------------------------------------------------------------

    def make(self, move: Move) -> None:
        """Apply a move and everything that follows from it. Raises `Fault`, or `TaskNotWaiting`."""
        move, self.records.helps = helped(move, lambda values: _taken(move, values))
        match move:
            case Start():
                self.start(move.instance_id, move.definition, _taken(move, dict(move.variables)))
            case Complete():
                entry = self.entry(move.instance_id)
                task = self._waiting(entry.before.people, move.task_id)
                handing.answered(task, _taken(move, dict(move.answers)))
                self._lend_a_hand()
                self.go_on(entry)
                task.run()
            case Due():
                entry = self.entry(move.instance_id)
                task = self._waiting(entry.before.timers, move.timer_id)
                self._lend_a_hand()
                self.go_on(entry)
                task.task_spec.fire(task)
            case Deliver():
                self._lend_a_hand()
                if not routing.deliver(self, "message", move.message, _taken(move, move.payload), dict(move.keys)):
                    raise TaskNotWaiting(task=move.message)
            case Signal():
                self._lend_a_hand()
                if not routing.deliver(self, "signal", move.signal, _taken(move, move.payload), {}):
                    raise TaskNotWaiting(task=move.signal)
            case Cancel():
                entry = self.entry(move.instance_id)
                if entry.parent_id is not None:  # its caller would wait for ever
                    raise TaskNotWaiting(task=move.instance_id)
                self.cancel(entry)
            case Migrate():
                self._migrate(self.entry(move.instance_id), move)
        self.run_to_wait_states()

    def _migrate(self, entry: Entry, move: Migrate) -> None:
        """Let an instance stand under another version where it stands: no token moves."""
        if entry.definition.bundle_digest != move.before:
            raise CaseMovedOn
        parts = Counterparts(_process(entry.definition), _process(move.definition), move.renamed)
        live = moved(entry.live, parts, specs_of(move.definition))
        anew = self._enter(live, move.definition, waiting(live), entry.state, entry.parent_id, entry.parent_task_id)
        anew.touched = True
        self.carried = carried(live, anew.before, idle(live, parts))

    def _lend_a_hand(self) -> None:
        """Help what stands where the move is helped; what comes there later is helped when it comes."""
        for (instance_id, activity), help_ in self.records.helps.items():
            if instance_id not in self.states:
                continue
            entry = self.entry(instance_id)
            for task in list(entry.live.all_tasks()):
                element = task.task_spec.element
                if activity is None or (element is not None and element.id == activity and task.is_open()):
                    self.records.keep(task, help_.values)
                    if help_.over and task.state == TaskState.WAITING and isinstance(task.task_spec, BoundaryEvent):
                        task.cancel()
            self.go_on(entry)

    def _waiting(self, among: Mapping[str, LiveTask], task_id: str) -> LiveTask:
        if task_id not in among:
            raise TaskNotWaiting(task=task_id)
        return among[task_id]

    # --- instances -----------------------------------------------------------------------------------------------------

    def entry(self, instance_id: str) -> Entry:
        """The instance, brought to life if it is not yet. Raises `TaskNotWaiting` where it is not active."""
        if instance_id in self.entries:
            return self.entries[instance_id]
        state = self.states.get(instance_id)
        if state is None:
            raise TaskNotWaiting(task=instance_id)
        definition = self._outside(self.records.ports.definition, state.bundle_digest, state.process_key)
        live = self.cache.take(state)
        if live is None:
            live = load(instance_id, specs_of(definition), state.process_key, state.snapshot)
        return self._enter(live, definition, waiting(live), state, state.parent_id, state.parent_task_id)

    def _enter(self, live: Live, definition: Definition, before: Waiting, *rest: Any) -> Entry:
        entry = Entry(live, definition, before, *rest)
        live.script_engine.records = self.records
        live.bring = partial(routing.bring, self, entry)
        self.records.definitions[live.instance_id] = definition
        self.entries[live.instance_id] = entry
        return entry

    def all_entries(self) -> list[Entry]:
        """Every active instance of the case, in the order in which they were started."""
        for instance_id in self.states:
            self.entry(instance_id)
        order = [*self.states, *(key for key in self.entries if key not in self.states)]
        return [self.entries[key] for key in order if not self.entries[key].over]

    def start(
        self, instance_id: str, definition: Definition, variables: dict[str, Any], caller: LiveTask | None = None
    ) -> Entry:
        """Start an instance; `caller` is the task of the call activity that waits for it."""
        variables |= self.records.helps.get((instance_id, None), Help()).values
        live = Live.start(instance_id, specs_of(definition), definition.process_key, variables)
        self.records.keep(live.task_tree, variables, at=caller)
        parent = None if caller is None else caller.workflow.top_workflow.instance_id
        task_id = None if caller is None else str(caller.id)
        entry = self._enter(live, definition, Waiting(), None, parent, task_id)
        self.go_on(entry)
        return entry

    def go_on(self, entry: Entry, *, first: bool = False) -> None:
        """Let the instance move before the step ends; a caller goes `first`, for it may give up other calls."""
        entry.touched = True
        self.agenda.setdefault(entry.live.instance_id, entry)
        if first:
            self.agenda.move_to_end(entry.live.instance_id, last=False)

    # --- moving --------------------------------------------------------------------------------------------------------

    def run_to_wait_states(self) -> None:
        """Let every instance move until all of them wait."""
        while self.agenda:
            _, entry = self.agenda.popitem(last=False)
            if not entry.over:
                self._run(entry.live)
                self._follow_up(entry)
        ended = any(entry.over for entry in self.entries.values())
        for entry in self.all_entries() if ended else list(self.entries.values()):
            if (entry.touched or ended) and not entry.over and not self._goes_on(entry):
                raise Fault(
                    "stuck",
                    None,
                    say("Nobody can move this case any more: what it waits for, such as a branch, cannot come."),
                    instance_id=entry.live.instance_id,
                )

    def _goes_on(self, entry: Entry) -> bool:
        """Whether something can still move the instance, or what it called."""
        return any(moves(one.live) for one in self._with_called(entry))

    def _with_called(self, entry: Entry) -> list[Entry]:
        """The instance and all that it called and waits for."""
        found = [entry]
        for one in found:
            children = [self.child_of(task) for task in waiting(one.live).calls.values()]
            found += [self.entry(child) for child in children if child is not None]
        return [one for one in found if not one.over]

    def _run(self, live: Live) -> None:
        while True:
            while live.ready:
                task = live.ready.popleft()
                if task.state == TaskState.READY:
                    self._count(live, task)
                    task.run()
            if live.completed or not any(
                task.state == TaskState.WAITING and getattr(task.task_spec, "fire_if_enabled", _never)(task)
                for task in live.waiting()
            ):
                return

    def _count(self, live: Live, task: LiveTask) -> None:
        """A token that comes to one node again and again goes round; many instances or items side by side do not."""
        self.runs += 1
        spec, kind, message = task.task_spec, None, ""
        if spec.item_of is None or spec.drawn.loop.kind == "standard":
            place = (live.instance_id, getattr(task.workflow, "parent_task_id", None), spec.name)
            self.visits[place] += 1
            if self.visits[place] > MOST_ROUNDS:
                kind = "endless"
                message = say(
                    "The diagram went round %(most)s times by itself. Put a task or a wait into the loop.",
                    most=MOST_ROUNDS,
                )
        patience = self.records.ports.patience
        if patience is not None and self.runs % EVERY == 0 and monotonic() - self.began > patience:
            kind = "too-long"
            message = say(
                "One step took more than %(most)s seconds and was not done. Try again, or let less begin at once.",
                most=f"{patience:g}",
            )
        if self.runs > MOST_RUNS:
            kind = "too-much-at-once"
            message = say(
                "One step ran %(most)s elements and was not done. "
                "Let fewer items begin at once, or put a task or a wait in between.",
                most=MOST_RUNS,
            )
        if kind is not None:
            element = None if spec.element is None else spec.element.id
            raise Fault(kind, element, message, instance_id=live.instance_id)

    def _follow_up(self, entry: Entry) -> None:
        """What an instance's move means for the others: errors and escalations, calls begun and given up, its end."""
        live = entry.live
        for thrown in live.thrown:
            routing.hand_up(self, entry, thrown)
        live.thrown.clear()
        for task in live.calls:
            if task.state == TaskState.READY:
                self._call(entry, task)
        live.calls.clear()
        if live.completed and not self._interrupted(entry):
            self._end(entry)
        self._give_up_calls(entry)

    def child_of(self, task: LiveTask) -> str | None:
        """The id of the active instance that the call's task waits for."""
        child = str(derived_id(task.workflow.top_workflow.instance_id, f"call {task.number}"))
        active = child in self.states or child in self.entries
        return child if active else None

    def _call(self, entry: Entry, task: LiveTask) -> None:
        element, caller = task.task_spec.element, entry.definition
        if self._depth(entry) >= DEEPEST_CALL:
            raise self._fault(
                task, "too-deep", say("Processes call one another more than %(most)s deep.", most=DEEPEST_CALL)
            )
        try:
            if element.properties.get("binding") == "deployment":
                called = self._outside(self.records.ports.definition, caller.bundle_digest, element.called)
            else:
                called = self._outside(self.records.ports.bind, element.called, caller)
        except LookupError:
            raise self._fault(
                task, "not-in-force", say("No version of “%(process)s” is in force.", process=element.called)
            ) from None
        child = str(derived_id(entry.live.instance_id, f"call {task.number}"))
        variables = handing.into(_process(called), task, self._fault)
        self.records.bound.append(
            CallBound(entry.live.instance_id, element.id, str(task.id), child, called.bundle_digest, called.process_key)
        )
        self.start(child, called, variables, task).live.candidate = candidate(task) or entry.live.candidate

    def _depth(self, entry: Entry) -> int:
        depth, parent = 0, entry.parent_id
        while parent is not None:
            depth += 1
            known = self.entries.get(parent) or self.states[parent]
            parent = known.parent_id
        return depth

    def _end(self, entry: Entry) -> None:
        live = entry.live
        entry.over, entry.touched = True, True
        outcome: Any = live.outcome or "completed"
        last = live.last_task if outcome in ("completed", "terminated") else None
        variables = {} if last is None else dict(last.data)
        self.records.ended.append(InstanceEnded(live.instance_id, outcome, variables, live.end_event, live.error_code))
        if entry.parent_id is not None and outcome in ("completed", "terminated"):
            parent = self.entry(entry.parent_id)
            task = parent.live.task(UUID(entry.parent_task_id))
            if task.state == TaskState.READY:
                handing.back(_process(entry.definition), live, variables, task)
                self.go_on(parent, first=True)
                task.run()

    def _interrupted(self, entry: Entry) -> bool:
        """Whether what an instance threw with its last token has ended the call that waits for it: then it was given up,
        and did not come to its end. An instance that an error has ended says so itself."""
        if entry.parent_id is None or entry.live.outcome == "error":
            return False
        call: LiveTask = self.entry(entry.parent_id).live.task(UUID(entry.parent_task_id))
        return bool(call.state != TaskState.READY)

    def _give_up_calls(self, entry: Entry) -> None:
        given_up = [self.child_of(task) for task in entry.live.given_up]
        entry.live.given_up.clear()
        for child_id in given_up:
            if child_id is not None and not self.entry(child_id).over:
                self.cancel(self.entry(child_id))

    def cancel(self, entry: Entry) -> None:
        """End an instance, and all that it called, from outside."""
        entry.touched = True
        entry.live.cancel()
        entry.live.outcome = "cancelled"
        self._end(entry)
        self._give_up_calls(entry)

    # --- help ------------------------------------------------------------------------------------------------------------

    def _outside(self, port: Any, *arguments: Any) -> Any:
        try:
            return port(*arguments)
        except LookupError:
            raise
        except Exception as error:
            raise FromOutside from error

    def _fault(self, task: LiveTask, kind: str, message: str) -> Fault:
        live = task.workflow.top_workflow
        return Fault(kind, task.task_spec.element.id, message, place="call", instance_id=live.instance_id)


def _taken(move: Move, value: Any) -> Any:
    """A value from outside, made fresh; what cannot rest in a variable is a fault."""
    try:
        return fresh(value)
    except FeelFault as reason:
        raise Fault("value", None, reason.message, instance_id=getattr(move, "instance_id", None)) from reason


def _never(_: LiveTask) -> bool:
    return False


def _process(definition: Definition) -> Process:
    return process_of(definition.compiled)[0]
