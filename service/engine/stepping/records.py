"""What a step writes down while it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.engine import feel
from service.engine.faults import Fault
from service.engine.limits import MOST_VARIABLES, MOST_WRITTEN, mebibytes
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
from service.engine.values import weight

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


@dataclass(slots=True)
class Records:
    """The lists that an `Advance` is made of, in order of time, and what the step may ask of the outside.

    `begun` counts the items that multi-instance activities began in the step, `bytes_written` the JSON that it wrote.
    """

    case_id: str
    ports: Ports
    clock: feel.Context = field(init=False)
    begun: int = 0
    bytes_written: int = 0
    definitions: dict[str, Definition] = field(default_factory=dict)
    evaluations: list[Evaluated] = field(default_factory=list)
    calls: list[OperationCalled] = field(default_factory=list)
    bound: list[CallBound] = field(default_factory=list)
    ended: list[InstanceEnded] = field(default_factory=list)
    messages: list[MessageOut] = field(default_factory=list)
    escalated: list[Escalated] = field(default_factory=list)

    def __post_init__(self) -> None:
        calendar = self.ports.calendar
        self.clock = feel.Context(now=self.ports.now, zone=ZoneInfo(calendar.zone), calendar=calendar)

    def definition_of(self, task: "LiveTask") -> Definition:
        """The definition that the task's instance runs."""
        return self.definitions[task.workflow.top_workflow.instance_id]

    def written(self, value: Any, task: "LiveTask | None" = None) -> Any:
        """The JSON value, which is about to be kept: counted first, so that nothing grows past its bound.

        Raises `Fault` where the step has written too much.
        """
        self.bytes_written += weight(value, MOST_WRITTEN)
        if self.bytes_written > MOST_WRITTEN:
            message = (
                f"One step wrote more than {mebibytes(MOST_WRITTEN)} of data. Begin fewer items, or keep less of it."
            )
            raise _too_much(message, task)
        return value

    def keep(self, task: "LiveTask", found: Mapping[str, Any], *, at: "LiveTask | None" = None) -> None:
        """Put JSON values into a task's variables, which is laid to the task `at` (itself unless told).

        Raises `Fault` where they are too much, or too many.
        """
        at = task if at is None else at
        task.data.update(self.written(found, at))
        if len(task.data) > MOST_VARIABLES:
            raise _too_much(f"There are more than {MOST_VARIABLES:,} variables. Keep them in lists or contexts.", at)


def _too_much(message: str, task: "LiveTask | None") -> Fault:
    if task is None:
        return Fault("too-much-data", None, message)
    element = task.task_spec.element
    place = None if element is None else element.id
    return Fault("too-much-data", place, message, instance_id=task.workflow.top_workflow.instance_id)
