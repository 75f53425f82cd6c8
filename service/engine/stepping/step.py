"""One step of one case: apply a move, let every token move that can, start and end called processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from service.domain.errors import TaskNotWaiting
from service.engine.compiled import process_of
from service.engine.faults import Fault
from service.engine.feel import FeelFault
from service.engine.fences.diagram_text import FromOutside
from service.engine.fences.saving import load
from service.engine.fences.sharing import fresh
from service.engine.fences.stuck import may_be_moved, moves
from service.engine.fences.true_as_one import same
from service.engine.live.ids import derived_id
from service.engine.live.task import LiveTask
from service.engine.live.workflow import Live
from service.engine.model import Process
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
    Start,
)
from service.engine.stepping import routing
from service.engine.stepping.cache import LiveCache, specs_of
from service.engine.stepping.records import Records
from service.engine.stepping.waiting import Waiting, waiting

MOST_RUNS = 5_000
"""Nodes that one move may run, over all instances: beyond it the diagram goes round by itself."""
DEEPEST_CALL = 20


@dataclass(slots=True)
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
        self.runs = 0
        self.agenda: list[Entry] = []

    # --- the move ------------------------------------------------------------------------------------------------------

    def make(self, move: Move) -> None:
        """Apply a move and everything that follows from it. Raises `Fault`, or `TaskNotWaiting`."""
        match move:
            case Start():
                self.start(move.instance_id, move.definition, _taken(move, dict(move.variables)))
            case Complete():
                entry = self.entry(move.instance_id)
                task = self._waiting(entry.before.people, move.task_id)
                answer(task, _taken(move, dict(move.answers)))
                self.go_on(entry)
                task.run()
            case Due():
                entry = self.entry(move.instance_id)
                task = self._waiting(entry.before.timers, move.timer_id)
                self.go_on(entry)
                task.task_spec.fire(task)
            case Deliver():
                if not routing.deliver(self, "message", move.message, _taken(move, move.payload), dict(move.keys)):
                    raise TaskNotWaiting(task=move.message)
            case Cancel():
                entry = self.entry(move.instance_id)
                if entry.parent_id is not None:  # its caller would wait for ever
                    raise TaskNotWaiting(task=move.instance_id)
                self.cancel(entry)
        self.settle()

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
        live = self.cache.take(instance_id, state.state_digest)
        if live is None:
            live = load(instance_id, specs_of(definition), state.process_key, state.snapshot)
        return self._enter(live, definition, waiting(live), state, state.parent_id, state.parent_task_id)

    def _enter(self, live: Live, definition: Definition, before: Waiting, *rest: Any) -> Entry:
        entry = Entry(live, definition, before, *rest)
        live.script_engine.records = self.records
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
        live = Live.start(instance_id, specs_of(definition), definition.process_key, variables)
        parent = None if caller is None else caller.workflow.top_workflow.instance_id
        task_id = None if caller is None else str(caller.id)
        entry = self._enter(live, definition, Waiting({}, {}, {}), None, parent, task_id)
        self.go_on(entry)
        return entry

    def go_on(self, entry: Entry, *, first: bool = False) -> None:
        """Let the instance move before the step ends; a caller goes `first`, for it may give up other calls."""
        entry.touched = True
        if first and entry in self.agenda:
            self.agenda.remove(entry)
        if entry not in self.agenda:
            self.agenda.insert(0 if first else len(self.agenda), entry)

    # --- moving --------------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let every instance move until all of them wait."""
        while self.agenda:
            entry = self.agenda.pop(0)
            if not entry.over:
                self._run(entry.live)
                self._follow_up(entry)
        ended = any(entry.over for entry in self.entries.values())
        for entry in self.all_entries() if ended else list(self.entries.values()):
            if (entry.touched or ended) and not entry.over and not self._goes_on(entry):
                raise Fault(
                    "stuck",
                    None,
                    "Nobody can move this case any more: what it waits for, a branch or a signal, cannot come.",
                    instance_id=entry.live.instance_id,
                )

    def _goes_on(self, entry: Entry) -> bool:
        """Whether something can still move the instance: itself, what it called, or a signal from another."""
        own = self._with_called(entry)
        if any(moves(one.live) for one in own):
            return True
        signalled = any(may_be_moved(one.live) for one in own)
        return signalled and any(moves(other.live) for other in self.all_entries() if other not in own)

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
                    self.runs += 1
                    if self.runs > MOST_RUNS:
                        raise Fault(
                            "endless",
                            task.task_spec.bpmn_id,
                            f"The diagram ran {MOST_RUNS} steps by itself. Put a task or a wait into the loop.",
                            instance_id=live.instance_id,
                        )
                    task.run()
            if live.completed or not any(
                task.state == TaskState.WAITING and getattr(task.task_spec, "settle", _never)(task)
                for task in live.all_tasks()
            ):
                return

    def _follow_up(self, entry: Entry) -> None:
        """What an instance's move means for the others: messages, calls begun and given up, its end."""
        live = entry.live
        for thrown in live.thrown:
            routing.route(self, entry, thrown)
        live.thrown.clear()
        for task in waiting(live).calls.values():
            if self.child_of(task) is None:
                self._call(entry, task)
        if live.completed:
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
            raise self._fault(task, "too-deep", f"Processes call one another more than {DEEPEST_CALL} deep.")
        try:
            if element.properties.get("binding") == "deployment":
                called = self._outside(self.records.ports.definition, caller.bundle_digest, element.called)
            else:
                called = self._outside(self.records.ports.bind, element.called, caller)
        except LookupError:
            raise self._fault(task, "not-in-force", f"No version of “{element.called}” is in force.") from None
        child = str(derived_id(entry.live.instance_id, f"call {task.number}"))
        variables = _given(_process(called), task, self._fault)
        self.records.bound.append(
            CallBound(entry.live.instance_id, element.id, str(task.id), child, called.bundle_digest, called.process_key)
        )
        self.start(child, called, variables, task)

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
                answer(task, _returned(_process(entry.definition), live, variables))
                self.go_on(parent, first=True)
                task.run()

    def _give_up_calls(self, entry: Entry) -> None:
        open_calls = set() if entry.over else set(waiting(entry.live).calls)
        for child_id in [*self.states, *list(self.entries)]:
            child = self.entries.get(child_id) or self.states[child_id]
            if child.parent_id == entry.live.instance_id and child.parent_task_id not in open_calls:
                found = self.entry(child_id)
                if not found.over:
                    self.cancel(found)

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


def answer(task: LiveTask, answers: dict[str, Any]) -> None:
    """Give a task what came back, under the one name that the author chose, if any. An item's result is the answer of
    that name, or all the answers (decision 11)."""
    element = task.task_spec.element
    if element.variable is not None and element.kind == "userTask":
        answers = {element.variable: answers}
    loop = element.loop
    if task.task_spec.item_of is not None and loop.output is not None and loop.output not in answers:
        answers = {loop.output: answers}
    task.data.update(answers)


def _never(_: LiveTask) -> bool:
    return False


def _process(definition: Definition) -> Process:
    return process_of(definition.compiled)[0]


def _given(process: Process, task: LiveTask, fault: Any) -> dict[str, Any]:
    """What goes into a call: all variables, or the inputs that the called process names."""
    if process.inputs is None:
        return dict(task.data)
    missing = [name for name in process.inputs if name not in task.data]
    if missing:
        raise fault(task, "input-missing", f"“{process.id}” needs “{missing[0]}”, which this case does not have.")
    return {name: task.data[name] for name in process.inputs}


def _returned(process: Process, live: Live, variables: dict[str, Any]) -> dict[str, Any]:
    """What comes out of a call: the outputs that the called process names, else the names that it changed."""
    if process.outputs is None:
        before = live.task_tree.data
        return {k: v for k, v in variables.items() if k not in before or not same(v, before[k])}
    missing = [name for name in process.outputs if name not in variables]
    if missing:
        raise Fault(
            "output-missing",
            None,
            f"“{process.id}” ended without its output “{missing[0]}”.",
            instance_id=live.instance_id,
        )
    return {name: variables[name] for name in process.outputs}
