"""Playing one scenario: its steps are applied as moves, and every difference to what it expects is one sentence."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from service.domain.disclosures import bare, revealed, spelled
from service.domain.errors import AnswersRefused, TaskNotWaiting
from service.engine import LiveCache, advance, calendar, feel, looking, same, values
from service.engine.shapes import (
    Advance,
    CaseState,
    Complete,
    Definition,
    Deliver,
    Due,
    InstanceEnded,
    InstanceState,
    Move,
    OpenedTask,
    OperationRequest,
    Ports,
    Start,
    TimerSet,
)
from service.forms.filling import NOTHING
from service.operations import REGISTRY
from service.queries.scenarios.library import Library
from service.queries.scenarios.reading import Scenario
from service.queries.scenarios.stand_ins import InTurn, NotForeseen, stand_in
from service.runtime import fitting

ROOT = "root"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a scenario went. `covered` holds (process id, id of a sequence flow or of an element that was passed)."""

    scenario: Scenario
    differences: tuple[str, ...]
    covered: frozenset[tuple[str, str]]


class Different(Exception):
    """What happened is not what the scenario says."""


def play(library: Library, scenario: Scenario) -> Outcome:
    """Play a scenario to its end, or to the first difference."""
    case = _Case(library, scenario)
    differences: list[str] = []
    try:
        case.play()
    except Different as difference:
        differences.append(str(difference))
    return Outcome(scenario, tuple(differences), frozenset(case.covered))


class _Case:
    """The one case of a scenario, kept as a caller with a database would keep it."""

    def __init__(self, library: Library, scenario: Scenario) -> None:
        self.library, self.scenario = library, scenario
        self.now = scenario.now
        self.state = CaseState("case")
        self.cache = LiveCache()
        self.operations, self.calls = InTurn(scenario.operations), InTurn(scenario.calls)
        self.stand_ins: dict[str, Definition] = {}
        self.processes: dict[str, tuple[str, str]] = {}
        self.tasks: dict[str, OpenedTask] = {}
        self.timers: dict[str, TimerSet] = {}
        self.ended: dict[str, InstanceEnded] = {}
        self.covered: set[tuple[str, str]] = set()
        self.sealed = 0
        self.values: dict[str, Any] = {}

    # --- steps -------------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Start, make every step, and compare the end. Raises `Different`."""
        self._move(Start(ROOT, self.library.in_force[self.scenario.process], dict(self.scenario.start)), "the start")
        for number, step in enumerate(self.scenario.steps, 1):
            if "complete" in step:
                self._complete(f"step {number}, {step['complete']}", step)
            elif "due" in step:
                self._due(f"step {number}, {step['due']}", step["due"])
            else:
                name = f"step {number}, {step['deliver']}"
                self._move(Deliver(step["deliver"], step.get("payload"), step.get("keys", {})), name)
            if "open" in step:
                self._compare_open(f"after step {number}", step["open"])
        self._compare_end()

    def _complete(self, place: str, step: Mapping[str, Any]) -> None:
        found = [task for task in self.tasks.values() if task.activity_id == step["complete"]]
        if "each" in step:
            if len(found) != len(step["each"]):
                raise Different(f"{place}: {len(found)} of it are open, and {len(step['each'])} answers are given.")
            pairs = list(zip(found, step["each"], strict=True))
        else:
            wanted = [task for task in found if "item" not in step or task.item_index == step["item"] - 1]
            if not wanted:
                raise Different(f"{place}: it is not open; open are {self._open() or 'none'}.")
            pairs = [(wanted[0], step.get("answers", {}))]
        for task, answers in pairs:
            try:
                taken = self._take(task, answers, step.get("reads", {}))
            except AnswersRefused as refusal:
                pointers = sorted({fault.pointer for fault in refusal.faults})
                if pointers != sorted(step.get("refused", [])):
                    raise Different(f"{place}: the form refuses {', '.join(pointers)}.") from None
                continue
            if "refused" in step:
                raise Different(f"{place}: the form takes these answers.")
            self._move(Complete(task.instance_id, task.id, taken), place)

    def _take(
        self, task: OpenedTask, answers: Mapping[str, Any], reads: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        """The answers as variables hold them; `reads` is what their form reads anew, by reading. Raises `AnswersRefused`."""
        if task.form is None:
            if answers:
                raise Different(f"{task.activity_id} has no form, and takes no answers.")
            return {}
        form = self.library.form(self.processes[task.instance_id][0], task.form)
        given = form.filled(answers, lambda name: self._known(task, name))
        seen = partial(self._unsealed, self._seen(task))
        around = fitting.Around(self._context(strict=False), seen, None, reading=lambda name, _: reads.get(name, {}))
        fitting.check(form, given, around)
        sealed, disclosures = form.seal(given, self._salt)
        self.values |= {it.commitment: json.loads(it.value) for it in disclosures}
        return sealed

    def _unsealed(self, value: Any) -> Any:
        """A value as an operation reads it: with what the forms sealed."""
        return spelled(revealed(value, self.values, {}))

    def _seen(self, task: OpenedTask) -> Mapping[str, Any]:
        """The variables that a task sees."""
        return self._at(self._states[task.instance_id], task.id)

    @property
    def _states(self) -> dict[str, InstanceState]:
        return {it.id: it for it in self.state.instances}

    def _at(self, state: InstanceState, task_id: str) -> Mapping[str, Any]:
        """The variables of an instance, as they are seen from one of its tasks."""
        return looking.variables(self._definition(*self.processes[state.id]), state.id, state.snapshot, task_id)

    def _known(self, task: OpenedTask, name: str) -> Any:
        """A variable of the part of the case that a task stands in, else of the one that called it, and so on."""
        states = self._states
        state, at = states.get(task.instance_id), task.id
        while state is not None:
            found = bare(revealed(self._at(state, at).get(name), self.values, {}))
            if found not in NOTHING:
                return found
            at = state.parent_task_id or ""
            state = states.get(state.parent_id or "")
        return None

    def _context(self, *, strict: bool) -> feel.Context:
        known = calendar(self.scenario.calendar)
        return feel.Context(self.now, ZoneInfo(known.zone), known, strict)

    def _salt(self) -> bytes:
        self.sealed += 1
        return hashlib.sha256(str(self.sealed).encode()).digest()

    def _due(self, place: str, activity: str) -> None:
        waiting = [timer for timer in self.timers.values() if timer.activity_id == activity]
        if not waiting:
            names = sorted({timer.activity_id for timer in self.timers.values()})
            raise Different(f"{place}: it does not wait; waiting are {', '.join(names) or 'none'}.")
        timer = min(waiting, key=lambda timer: timer.due_at)
        self.now = max(self.now, timer.due_at)
        self._move(Due(timer.instance_id, timer.id), place)

    # --- moving ------------------------------------------------------------------------------------------------------

    def _move(self, move: Move, place: str) -> None:
        try:
            result = advance(self.state, move, self._ports(), cache=self.cache)
        except NotForeseen as reason:
            raise Different(f"{place}: {reason}") from None
        except TaskNotWaiting:
            raise Different(f"{place}: nothing waits for it.") from None
        if result.incident is not None:
            fault = result.incident
            raise Different(f"{place}: an incident at {fault.activity_id or fault.instance_id}: {fault.message}")
        self._keep(move, result)

    def _ports(self) -> Ports:
        return Ports(
            now=self.now,
            calendar=calendar(self.scenario.calendar),
            definition=self._definition,
            bind=self._bind,
            operate=self._operate,
            decide=lambda key, caller: self.library.table(key, caller.bundle_digest),
        )

    def _definition(self, digest: str, key: str) -> Definition:
        return self.stand_ins.get(digest) or self.library.in_force[key]

    def _bind(self, key: str, _caller: Definition) -> Definition:
        if key not in self.calls:
            return self.library.in_force[key]
        found = stand_in(key, self.calls.next(key))
        return self.stand_ins.setdefault(found.bundle_digest, found)

    def _operate(self, request: OperationRequest) -> Any:
        refused = _refused(request)
        if refused:
            raise NotForeseen(f"the operation “{request.name}” {refused}.")
        answer = self.operations.next(request.name)
        if "evaluates" not in answer:
            return answer.get("returns")
        return values.to_rest(
            feel.parse(answer["evaluates"], ()).evaluate(self._unsealed(request.parameters), self._context(strict=True))
        )

    def _keep(self, move: Move, result: Advance) -> None:
        if isinstance(move, Start):
            self.processes[ROOT] = (move.definition.bundle_digest, move.definition.process_key)
        self.processes |= {bound.child_id: (bound.bundle_digest, bound.process_key) for bound in result.bound}
        states = {state.id: state for state in (*self.state.instances, *result.states)}
        for ended in result.ended:
            states.pop(ended.instance_id, None)
            self.ended[ended.instance_id] = ended
        self.state = CaseState(self.state.case_id, tuple(states.values()))
        for closed in result.closed:
            self.tasks.pop(closed.id, None)
        self.tasks |= {task.id: task for task in result.opened}
        for cleared in result.timers_cleared:
            self.timers.pop(cleared.id, None)
        self.timers |= {timer.id: timer for timer in result.timers_set}
        for passed in result.passed:
            process = self.processes[passed.instance_id][1]
            self.covered |= {(process, place) for place in (passed.activity_id, passed.flow) if place is not None}

    # --- comparing ---------------------------------------------------------------------------------------------------

    def _open(self) -> str:
        return ", ".join(sorted(task.activity_id for task in self.tasks.values()))

    def _compare_open(self, place: str, expected: list[str]) -> None:
        if sorted(expected) != sorted(task.activity_id for task in self.tasks.values()):
            raise Different(f"{place}: open are {self._open() or 'none'}, and not {', '.join(expected) or 'none'}.")

    def _compare_end(self) -> None:
        expect = self.scenario.expect
        if "open" in expect:
            self._compare_open("at the end", expect["open"])
        if "ended" not in expect:
            return
        ended = self.ended.get(ROOT)
        if ended is None:
            raise Different(f"at the end: the case still waits; open are {self._open() or 'none'}.")
        if ended.end_event != expect["ended"]:
            raise Different(f"at the end: it ended at {ended.end_event}, and not at {expect['ended']}.")
        for line in self._variables(ended, expect.get("variables", {})):
            raise Different(line)

    def _variables(self, ended: InstanceEnded, expected: Mapping[str, Any]) -> Iterator[str]:
        for name, value in expected.items():
            if name not in ended.variables:
                yield f"at the end: there is no {name}."
            elif not same(found := self._unsealed(ended.variables[name]), value):
                yield f"at the end: {name} is {found!r}, and not {value!r}."


def _refused(request: OperationRequest) -> str | None:
    """Why the service would not take a call: it has no such operation, or not with these parameters."""
    operation = REGISTRY.get(request.name)
    if operation is None:
        return "is none of the service's"
    wrong = operation.parameters.validate(dict(request.parameters))
    return f"does not take {json.dumps(wrong, ensure_ascii=False, sort_keys=True)}" if wrong else None
