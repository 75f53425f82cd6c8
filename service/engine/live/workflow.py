"""The living workflow of one instance, and the scopes of its embedded sub-processes."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Self
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from service.engine.fences.depth import FlatTasks
from service.engine.fences.diagram_text import FeelEngine
from service.engine.live.task import LiveTask
from service.engine.live.thrown import Thrown
from service.engine.model import Element
from service.engine.nodes.scope import ScopeSpec

Outcome = Literal["completed", "cancelled"]


class Scope(FlatTasks):
    """What a process and an embedded sub-process have in common."""

    tasks: dict[UUID, LiveTask]
    task_tree: LiveTask
    completed: bool
    last_task: LiveTask | None
    top_workflow: "Live"

    def plant(self, variables: Mapping[str, Any]) -> None:
        """Make the first task, which keeps the variables that the scope began with."""
        self.task_tree = LiveTask(self, self.spec.start, state=TaskState.READY)
        self.task_tree.data = dict(variables)

    def _task_completed_notify(self, task: LiveTask) -> None:
        self.last_task = task
        if task.task_spec is self.spec.last:
            self.completed = True
            self.ended(task)

    def ended(self, task: LiveTask) -> None:
        """Called when the scope's last task is done."""

    def cancel(self, success: bool = False) -> list[LiveTask]:
        """Cancel every open task of the scope and close it."""
        self.success, self.completed = success, True
        tasks = [task for task in self.tasks.values() if task.is_open()]
        for task in tasks:
            task.cancel()
        return tasks


class Inner(Scope, BpmnSubWorkflow):
    """The scope of an embedded sub-process; it belongs to the task of its activity."""

    def __init__(self, spec: ScopeSpec, parent_task_id: UUID, top_workflow: "Live") -> None:
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)

    @property
    def activity(self) -> LiveTask:
        """The task of the sub-process in the scope around it."""
        return self.top_workflow.task(self.parent_task_id)

    def ended(self, task: LiveTask) -> None:
        """Hand the variables to the sub-process's task, and let that go on."""
        activity = self.activity
        activity.data = dict(task.data)
        del self.top_workflow.subprocesses[activity.id]
        activity._ready()

    def _task_removed_notify(self, task: LiveTask) -> None:
        """Nothing listens."""


class Live(Scope, BpmnWorkflow):
    """One instance in memory. It belongs to one step at a time and is thrown away when the step fails.

    `passed` collects what tokens went through in this step, in order. `thrown` are the errors and escalations that it
    did not catch, `calls` and `given_up` the tasks of call activities that began and were cancelled: what the case has
    to follow up. `bring` takes a message or signal to who waits for it; `keys` are the correlation values so far,
    `candidate` whom the call that began it is for.
    """

    subprocesses: dict[UUID, Inner]

    def __init__(self, instance_id: str, specs: Mapping[str, ScopeSpec], process_key: str) -> None:
        self.instance_id = instance_id
        self.counter = 0
        self.ready: deque[LiveTask] = deque()
        self.passed: list[tuple[str, Outcome, str | None]] = []
        self.thrown: list[Thrown] = []
        self.bring: Callable[[Thrown], None] = self.thrown.append
        self.calls: list[LiveTask] = []
        self.given_up: list[LiveTask] = []
        self._waiting: dict[int, LiveTask] = {}
        self.keys: dict[str, Any] = {}
        self.candidate: str | None = None
        self.outcome: str | None = None
        self.error_code: str | None = None
        self.end_event: str | None = None
        super().__init__(
            specs[process_key], subprocess_specs=dict(specs), script_engine=FeelEngine(), deserializing=True
        )

    @classmethod
    def start(
        cls, instance_id: str, specs: Mapping[str, ScopeSpec], process_key: str, variables: Mapping[str, Any]
    ) -> Self:
        """A new instance that stands before its start event."""
        live = cls(instance_id, specs, process_key)
        live.plant(variables)
        return live

    def next_number(self) -> int:
        """The next number in the order of creation."""
        self.counter += 1
        return self.counter

    def scopes(self) -> Iterator[Scope]:
        """The process and its open sub-processes, outermost first."""
        yield self
        yield from list(self.subprocesses.values())

    def all_tasks(self) -> Iterator[LiveTask]:
        """Every task of every scope."""
        for scope in self.scopes():
            yield from list(scope.tasks.values())

    def let_go(self) -> None:
        """The step is over: nothing of it is held."""
        self.bring = self.thrown.append

    def note_state(self, task: LiveTask) -> None:
        """A task has come into its state: who may run or waits is known without looking through all."""
        if task.state == TaskState.WAITING:
            self._waiting[task.number] = task
        else:
            self._waiting.pop(task.number, None)
        if task.state == TaskState.READY and not task.task_spec.manual:
            self.ready.append(task)

    def waiting(self) -> list[LiveTask]:
        """The tasks that wait for an event or for other tokens, oldest first."""
        return [self._waiting[number] for number in sorted(self._waiting)]

    def task(self, task_id: UUID) -> LiveTask:
        """The task with that id, in whichever scope. Raises `KeyError`."""
        for scope in self.scopes():
            if task_id in scope.tasks:
                return scope.tasks[task_id]
        raise KeyError(task_id)

    def ended(self, task: LiveTask) -> None:
        """Note how the instance ended; the case looks at it after the step."""
        self.outcome = self.outcome or "completed"

    def pass_element(self, element: Element | None, outcome: Outcome, flow: str | None) -> None:
        """Note that a token went through an element."""
        if element is not None:
            self.passed.append((element.id, outcome, flow))
