"""The pen that draws random processes, and the words that it fills in: conditions, scripts, events, repetitions."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.engine.case import MORNING
from tests.properties import expressions as ex
from tests.properties.expressions import Expression
from tests.properties.plans import Event, Flow, Node, Plan, Repeats, Timer

NUMBERS = ("a", "b", "c", "d")
LISTS = ("noted", "told")
BEGINNING: dict[str, Any] = {
    "a": 0,
    "b": 1,
    "c": 2,
    "d": 3,
    "noted": [],
    "told": [7],
    "people": ["x", "y", "z"],
    "any": 0,
}
"""What every case starts with. Nothing reads `any`, so that it may hold anything."""

ODD_VALUES = (
    0,
    1,
    True,
    False,
    1.0,
    None,
    "",
    "1",
    0.5,
    [1.0],
    [1],
    {"typename": "x", "a": [1, {"b": 2.0}]},
    {"": 0},
    "æ\u0000",
)
CODES = ("one", "two")
HAND_BACK = "values.hand_back"
"""An operation that gives back its parameter `value`."""


@dataclass
class Sketch:
    """One process while it grows. `cursor` is the node that the next one is joined to, `writes` what may be changed
    here, `jumps` the gateways that a choice here may lead to."""

    draw: st.DrawFn
    key: str
    callable: tuple[Plan, ...]
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    cursor: str | None = None
    scope: str = ""
    writes: tuple[str, ...] = (*NUMBERS, *LISTS, "any")
    jumps: tuple[str, ...] = ()
    budget: int = 14
    condition: Expression | None = None
    default: bool = False

    # --- the pen -------------------------------------------------------------------------------------------------------

    def chance(self, one_in: int) -> bool:
        """Whether it so happens."""
        return self.draw(st.integers(1, one_in)) == one_in

    def add(self, kind: str, **more: Any) -> str:
        """A node, joined to the one at the cursor."""
        key = f"{self.key}_{kind}_{len(self.nodes)}"
        self.nodes.append(Node(key, kind, self.scope, **more))
        if self.cursor is not None and kind not in ("startEvent", "boundaryEvent"):
            self.to(key)
        self.cursor = key
        return key

    def to(self, target: str) -> None:
        """A flow from the cursor."""
        assert self.cursor is not None
        key = f"{self.key}_flow_{len(self.flows)}"
        self.flows.append(Flow(key, self.cursor, target, self.scope, self.condition, self.default))
        self.condition, self.default = None, False

    def later(self, kind: str) -> str:
        """A node that flows may lead to already; the cursor stays."""
        cursor, self.cursor = self.cursor, None
        key = self.add(kind)
        self.cursor = cursor
        return key

    # --- the words -----------------------------------------------------------------------------------------------------

    def ask(self) -> tuple[str, ...]:
        """The variables that a person may answer with here."""
        free = [name for name in self.writes if name not in LISTS]
        return tuple(self.draw(st.lists(st.sampled_from([*free, "said"]), max_size=2, unique=True)))

    def lines(self) -> tuple[tuple[str, Expression], ...]:
        """One or two assignments."""
        names = [name for name in self.writes if name != "any"]
        chosen = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
        return tuple((name, self.assigned(name)) for name in chosen)

    def assigned(self, name: str) -> Expression:
        """What a script gives a variable of that name."""
        number = self.number()
        if name in LISTS:
            return ex.listed(number) if self.chance(8) else ex.appended(ex.name(name), number)
        return number if self.chance(2) else ex.plus(ex.name(name), number)

    def number(self) -> Expression:
        """A number, or a variable that holds one."""
        return self.draw(st.sampled_from([ex.constant(1), ex.constant(2), *map(ex.name, NUMBERS)]))

    def truth(self) -> Expression:
        """A condition, which depends on something: none that is always true or always false is ever put into force."""
        size = ex.count(ex.name(self.draw(st.sampled_from(LISTS))))
        left = size if self.chance(4) else ex.name(self.draw(st.sampled_from(NUMBERS)))
        return self.draw(st.sampled_from((ex.less, ex.at_least)))(left, self.number())

    def timer(self, *, cycle: bool = False) -> Event:
        """A timer event."""
        hours = self.draw(st.integers(1, 5))
        if cycle:
            times = self.draw(st.sampled_from((None, 1, 2, 3)))
            return Event("timer", timer=Timer(hours=hours, cycle=True, times=times))
        at = MORNING + timedelta(hours=hours * 7)
        timers = (Timer(hours=hours), Timer(days=hours % 3 + 1), Timer(at=at))
        return Event("timer", timer=self.draw(st.sampled_from(timers)))

    def message(self) -> Event:
        """A message event; no other waits for a message of that name."""
        variable = "any" if "any" in self.writes and self.chance(2) else None
        return Event("message", key=f"{self.key}_message_{len(self.nodes)}", variable=variable)

    def arms(self, number: int) -> list[tuple[str, ...]]:
        """What each of several arms may change: mostly different things, lists always."""
        if self.chance(10):
            return [self.writes] * number
        single = [name for name in self.writes if name not in LISTS]
        owners = self.draw(st.lists(st.integers(0, number - 1), min_size=len(single), max_size=len(single)))
        return [
            (*(name for name, owner in zip(single, owners, strict=True) if owner == arm), *LISTS)
            for arm in range(number)
        ]

    def repeats(self) -> Repeats:
        """How an activity repeats."""
        kind: Any = self.draw(st.sampled_from(("parallel", "parallel", "sequential", "standard")))
        if kind == "standard":
            condition = self.truth() if self.chance(2) else None
            return Repeats(kind, condition=condition, maximum=self.draw(st.integers(1, 3)), test_before=self.chance(2))
        gathered = not self.chance(4)
        over = self.draw(st.sampled_from((ex.name("people"), ex.name("people"), ex.constant(2), ex.constant(0))))
        condition = ex.at_least(ex.name("numberOfCompletedInstances"), ex.constant(2)) if self.chance(3) else None
        if gathered and self.chance(3):
            condition = ex.at_least(ex.count(ex.name("answers")), ex.constant(2))
        return Repeats(
            kind,
            over=over,
            item="person" if over.feel == "people" else None,
            output="said" if gathered else None,
            results="answers" if gathered else None,
            condition=condition,
        )
