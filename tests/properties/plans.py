"""What a random process is: nodes and flows in the order of the file, with expressions as trees.

Both readers of a plan start here and share nothing else: `drawn` makes a diagram of it for the engine, `token_game`
plays it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Self
from zoneinfo import ZoneInfo

from tests.properties.expressions import Expression

ZONE = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True, repr=False)
class Timer:
    """A moment, a time from now (`days` by the wall clock, `hours` by the stopwatch), or that again and again."""

    at: datetime | None = None
    days: int = 0
    hours: int = 0
    cycle: bool = False
    times: int | None = None

    def __repr__(self) -> str:
        return (
            f"at {self.at:%m-%dT%H}"
            if self.at
            else f"{self.days}d{self.hours}h" + (f" x{self.times}" if self.cycle else "")
        )

    def first(self, now: datetime) -> datetime:
        """When it is due first, if it begins to wait now."""
        return self.at or self.after(now)

    def after(self, moment: datetime) -> datetime:
        """So much later than a moment, in UTC."""
        wall = moment.astimezone(ZONE).replace(tzinfo=None) + timedelta(days=self.days)
        return wall.replace(tzinfo=ZONE).astimezone(UTC) + timedelta(hours=self.hours)


@dataclass(frozen=True, repr=False)
class Event:
    """What an event waits for or throws; `key` is a message's name or the code of an error or escalation."""

    kind: Literal["timer", "message", "error", "escalation", "terminate"]
    key: str | None = None
    timer: Timer | None = None
    variable: str | None = None

    def __repr__(self) -> str:
        return " ".join(str(part) for part in (self.kind, self.key, self.timer, self.variable) if part)


@dataclass(frozen=True, repr=False)
class Repeats:
    """How an activity repeats. Multi-instance: `over` is a collection or a number; a standard loop has neither."""

    kind: Literal["parallel", "sequential", "standard"]
    over: Expression | None = None
    item: str | None = None
    output: str | None = None
    results: str | None = None
    condition: Expression | None = None
    maximum: int | None = None
    test_before: bool = False

    def __repr__(self) -> str:
        over = f"over {self.over} ({self.output} to {self.results})" if self.over else f"{self.maximum} times"
        return f"{self.kind} {over} until or while {self.condition}{', tested before' if self.test_before else ''}"


class Fixed:
    """Never changes, and is therefore its own copy."""

    def __deepcopy__(self, _: object) -> Self:
        return self


@dataclass(frozen=True, repr=False)
class Node(Fixed):
    """A flow node. `kind` is its BPMN name, `scope` the id of the process or sub-process around it.

    `asks` are the variables that a person may answer with.
    """

    id: str
    kind: str
    scope: str
    asks: tuple[str, ...] = ()
    script: tuple[tuple[str, Expression], ...] = ()
    repeats: Repeats | None = None
    called: str | None = None
    event: Event | None = None
    edge_of: str | None = None
    interrupting: bool = True

    def __repr__(self) -> str:
        script = "; ".join(f"{name} = {value}" for name, value in self.script)
        where = f"on {self.edge_of}{'' if self.interrupting else ', not interrupting'}" if self.edge_of else ""
        parts = (self.id, f"in {self.scope}", where, script, self.called, self.event, self.repeats)
        return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True, repr=False)
class Flow:
    """A sequence flow; `default` is taken when no condition of its gateway holds."""

    id: str
    source: str
    target: str
    scope: str
    condition: Expression | None = None
    default: bool = False

    def __repr__(self) -> str:
        when = "otherwise" if self.default else f"when {self.condition}" if self.condition else ""
        return f"-> {self.target} {when}".rstrip()


@dataclass(frozen=True, repr=False)
class Plan(Fixed):
    """A process. `inputs` and `outputs` are what it declares, None where it declares nothing."""

    key: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    inputs: tuple[str, ...] | None = None
    outputs: tuple[str, ...] | None = None

    def __repr__(self) -> str:
        nodes = [f"  {' '.join(map(str, (node, *self.leaving(node.id))))}" for node in self.nodes]
        return "\n".join((f"\n{self.key}({self.inputs}) gives {self.outputs}:", *nodes))

    def node(self, key: str) -> Node:
        """The node with that id."""
        return next(node for node in self.nodes if node.id == key)

    def start(self, scope: str) -> Node:
        """The start event of a scope."""
        return next(node for node in self.nodes if node.scope == scope and node.kind == "startEvent")

    def edge(self, activity: str) -> tuple[Node, ...]:
        """The boundary events of an activity."""
        return tuple(node for node in self.nodes if node.edge_of == activity)

    def leaving(self, key: str) -> tuple[Flow, ...]:
        """The flows out of a node."""
        return tuple(flow for flow in self.flows if flow.source == key)

    def entering(self, key: str) -> tuple[Flow, ...]:
        """The flows into a node."""
        return tuple(flow for flow in self.flows if flow.target == key)
