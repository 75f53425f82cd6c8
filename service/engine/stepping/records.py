"""What a step writes down while it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from service.domain.sentences import say
from service.engine import feel
from service.engine.faults import Fault
from service.engine.fences.diagram_text import names_of
from service.engine.limits import MOST_STEPS, MOST_VARIABLES, MOST_WRITTEN, READING, mebibytes
from service.engine.shapes import (
    CallBound,
    Definition,
    Escalated,
    Evaluated,
    InstanceEnded,
    MessageOut,
    OperationCalled,
    Ports,
)
from service.engine.stepping.helping import Help
from service.engine.values import weight

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask

Read = TypeVar("Read")


@dataclass(slots=True)
class Records:
    """The lists that an `Advance` is made of, in order of time, and what the step may ask of the outside.

    `helps` is the help that the move is given, by instance and activity. `begun` counts the items that multi-instance
    activities began in the step, `bytes_written` the JSON that it wrote, `steps` what its texts and decisions cost.
    """

    case_id: str
    ports: Ports
    clock: feel.Context = field(init=False)
    helps: dict[tuple[str, str | None], Help] = field(default_factory=dict)
    begun: int = 0
    bytes_written: int = 0
    steps: int = 0
    texts: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    evaluations: list[Evaluated] = field(default_factory=list)
    calls: list[OperationCalled] = field(default_factory=list)
    bound: list[CallBound] = field(default_factory=list)
    ended: list[InstanceEnded] = field(default_factory=list)
    messages: list[MessageOut] = field(default_factory=list)
    escalated: list[Escalated] = field(default_factory=list)

    def __post_init__(self) -> None:
        calendar = self.ports.calendar
        self.clock = feel.Context(self.ports.now, ZoneInfo(calendar.zone), calendar, spent=self.spend)

    def definition_of(self, task: "LiveTask") -> Definition:
        """The definition that the task's instance runs."""
        return self.definitions[task.workflow.top_workflow.instance_id]

    def spend(self, steps: int) -> None:
        """So many steps of FEEL more; `worked` says where they are too many."""
        self.steps += steps

    def read(self, read: Callable[[str, frozenset[str]], Read], text: str, variables: Mapping[str, Any]) -> Read:
        """A text of the diagram, read: once in a step for the same `names_of`, and paid for. Raises `FeelSyntaxError`."""
        names = names_of(variables)
        key = (read, text, names)
        if key not in self.texts:
            self.texts[key] = read(text, names)
            self.spend(READING * len(text))
        self.spend(len(variables) >> 1)
        found: Read = self.texts[key]
        return found

    def worked(self, task: "LiveTask") -> None:
        """A text of the task was evaluated. Raises `Fault` where the step took too many steps of FEEL."""
        if self.steps > MOST_STEPS:
            message = say(
                "The expressions of one step took more than %(most)s steps of FEEL together. "
                "Let fewer items begin at once, or put a task or a wait in between.",
                most=MOST_STEPS,
            )
            raise _fault("too-much-at-once", message, task)

    def written(self, value: Any, task: "LiveTask | None" = None) -> Any:
        """The JSON value, which is about to be kept: counted first, so that nothing grows past its bound.

        Raises `Fault` where the step has written too much.
        """
        self.bytes_written += weight(value, MOST_WRITTEN)
        if self.bytes_written > MOST_WRITTEN:
            message = say(
                "One step wrote more than %(most)s of data. Begin fewer items, or keep less of it.",
                most=mebibytes(MOST_WRITTEN),
            )
            raise _fault("too-much-data", message, task)
        return value

    def keep(self, task: "LiveTask", found: Mapping[str, Any], *, at: "LiveTask | None" = None) -> None:
        """Put JSON values into a task's variables, which is laid to the task `at` (itself unless told).

        Raises `Fault` where they are too much, or too many.
        """
        at = task if at is None else at
        task.data.update(self.written(found, at))
        if len(task.data) > MOST_VARIABLES:
            message = say(
                "There are more than %(most)s variables. Keep them in lists or contexts.", most=MOST_VARIABLES
            )
            raise _fault("too-much-data", message, at)


def _fault(kind: str, message: str, task: "LiveTask | None") -> Fault:
    if task is None:
        return Fault(kind, None, message)
    element = task.task_spec.element
    place = None if element is None else element.id
    return Fault(kind, place, message, instance_id=task.workflow.top_workflow.instance_id)
