"""What a step writes down while it goes."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from service.engine import feel
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

if TYPE_CHECKING:
    from service.engine.live.task import LiveTask


@dataclass(slots=True)
class Records:
    """The lists that an `Advance` is made of, in order of time, and what the step may ask of the outside.

    `begun` counts the items that multi-instance activities began in the step.
    """

    case_id: str
    ports: Ports
    clock: feel.Context = field(init=False)
    begun: int = 0
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
