"""What goes into a migration, and what comes out of it beside the new state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.engine.shapes import Definition, EventAwaited, OpenedTask


@dataclass(frozen=True, slots=True)
class Migrate:
    """An active instance that runs the bundle `before` goes on under another version of its process.

    `renamed` are the elements and flows that are called otherwise there: the id that they had → the one that they have.
    `reason` is what the journal tells of why; nothing depends on it.
    """

    instance_id: str
    before: str
    definition: "Definition"
    renamed: Mapping[str, str] = field(default_factory=dict)
    reason: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """What waited before a migration and waits after it, as the new version has it. The times of a task are none of it:
    they stay what they were. `idle` are the new events beside it, which count from the next time on."""

    tasks: "tuple[OpenedTask, ...]" = ()
    events: "tuple[EventAwaited, ...]" = ()
    idle: tuple[str, ...] = ()
