"""A case without a database: deploys drawings, applies moves, and keeps what the caller of the engine would keep."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from service.domain.calendars import Calendar
from service.engine.calendars import calendar
from service.engine.compiled import compile_process
from service.engine.migrating import Migrate
from service.engine.reading import read
from service.engine.shapes import (
    Advance,
    Cancel,
    CaseState,
    Complete,
    DecisionFile,
    Definition,
    Deliver,
    Due,
    Incident,
    InstanceEnded,
    Move,
    OpenedTask,
    OperationRequest,
    Ports,
    Start,
    TimerSet,
)
from service.engine.stepping.advance import advance
from service.engine.stepping.cache import LiveCache
from tests.diagrams import Drawing

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, nine o'clock in Copenhagen."""

Operations = Mapping[str, Callable[[OperationRequest], Any]]


@dataclass
class Case:
    """One case. `hot`: live objects are kept between moves; `compact`: finished history is dropped from them.

    `steps` holds every move that went through, with the clock's time and the state hash after it.
    """

    hot: bool = True
    compact: bool = True
    operations: Operations = field(default_factory=dict)
    tables: Mapping[str, bytes] = field(default_factory=dict)
    now: datetime = MORNING
    calendar: Calendar = field(default_factory=lambda: calendar("DK"))
    patience: float | None = None

    def __post_init__(self) -> None:
        self.state = CaseState("case")
        self.cache = LiveCache()
        self.deployed: dict[tuple[str, str], Definition] = {}
        self.in_force: dict[str, Definition] = {}
        self.tasks: dict[str, OpenedTask] = {}
        self.timers: dict[str, TimerSet] = {}
        self.ended: dict[str, InstanceEnded] = {}
        self.steps: list[tuple[Move, datetime, str]] = []
        self.advances: list[Advance] = []
        self.incident: Incident | None = None
        self.state_hash = ""

    # --- deploying -----------------------------------------------------------------------------------------------------

    def deploy(self, *drawings: Drawing, digest: str = "v1", tables: Mapping[str, bytes] | None = None) -> Self:
        """Put every process of the drawings into force as one bundle with this digest."""
        for drawing in drawings:
            diagram = read(drawing.bpmn(), f"{drawing.key}.bpmn")
            for process in diagram.processes:
                definition = Definition(digest, process.id, compile_process(diagram, process))
                self.deployed[digest, process.id] = self.in_force[process.id] = definition
        self.tables = {**self.tables, **(tables or {})}
        return self

    def ports(self) -> Ports:
        """The outside world of the next move."""
        return Ports(
            now=self.now,
            calendar=self.calendar,
            definition=lambda digest, key: self.deployed[digest, key],
            bind=lambda key, caller: self.in_force[key],
            operate=lambda request: self.operations[request.name](request),
            decide=lambda key, caller: DecisionFile(self.tables[key]),
            patience=self.patience,
        )

    # --- moving --------------------------------------------------------------------------------------------------------

    def move(self, move: Move) -> Advance:
        """Apply a move and keep its outcome, as a caller with a database would."""
        cache = self.cache if self.hot else LiveCache()
        outcome = advance(self.state, move, self.ports(), cache=cache, compact=self.compact)
        self.advances.append(outcome)
        self.incident = outcome.incident
        if outcome.incident is None:
            self._keep(outcome)
            if isinstance(move, Migrate):
                self._rename(move)
            self.steps.append((move, self.now, outcome.state_hash))
        return outcome

    def _keep(self, outcome: Advance) -> None:
        states = {state.id: state for state in self.state.instances}
        states.update({state.id: state for state in outcome.states})
        for ended in outcome.ended:
            states.pop(ended.instance_id, None)
            self.ended[ended.instance_id] = ended
        self.state = CaseState(self.state.case_id, tuple(states.values()))
        for closed in outcome.closed:
            del self.tasks[closed.id]
        self.tasks.update({task.id: task for task in outcome.opened})
        for cleared in outcome.timers_cleared:
            del self.timers[cleared.id]
        self.timers.update({timer.id: timer for timer in outcome.timers_set})
        for task in outcome.carried.tasks:
            kept = self.tasks[task.id]
            self.tasks[task.id] = replace(task, due_at=kept.due_at, follow_up_at=kept.follow_up_at)
        self.state_hash = outcome.state_hash

    def _rename(self, move: Migrate) -> None:
        for timer in [it for it in self.timers.values() if it.instance_id == move.instance_id]:
            named = move.renamed.get(timer.activity_id, timer.activity_id)
            self.timers[timer.id] = replace(timer, activity_id=named)

    def start(self, key: str, **variables: Any) -> Advance:
        """Start the process in force; its instance id is `root-<key>`, or a fresh one for a second."""
        instance_id = f"root-{key}" if f"root-{key}" not in self.ended else str(uuid.uuid5(uuid.NAMESPACE_OID, key))
        return self.move(Start(instance_id, self.in_force[key], variables))

    def do(self, activity: str, *, nth: int = 0, **answers: Any) -> Advance:
        """Complete the nth open task of an activity, oldest first."""
        task = [task for task in self.tasks.values() if task.activity_id == activity][nth]
        return self.move(Complete(task.instance_id, task.id, answers))

    def due(self, activity: str) -> Advance:
        """Move the clock to the next due time of a timer event, and let it come due."""
        timer = min((it for it in self.timers.values() if it.activity_id == activity), key=lambda it: it.due_at)
        self.now = max(self.now, timer.due_at)
        return self.move(Due(timer.instance_id, timer.id))

    def deliver(self, message: str, payload: Any = None, **keys: Any) -> Advance:
        """A message from outside."""
        return self.move(Deliver(message, payload, keys))

    def cancel(self, key: str) -> Advance:
        """Cancel a root instance."""
        return self.move(Cancel(f"root-{key}"))

    def wait(self, **duration: float) -> None:
        """Let time pass without anything coming due."""
        self.now += timedelta(**duration)

    # --- looking -------------------------------------------------------------------------------------------------------

    @property
    def open(self) -> list[str]:
        """The activity ids of the open tasks, sorted, one for each task."""
        return sorted(task.activity_id for task in self.tasks.values())

    @property
    def waiting_timers(self) -> list[tuple[str, datetime]]:
        """The waiting timers with their due times, sorted."""
        return sorted((timer.activity_id, timer.due_at) for timer in self.timers.values())
