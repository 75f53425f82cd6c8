"""Hypothesis strategies: random cases. A case is a few processes that may call one another, and a walk through them.

Processes are block-structured, with jumps out of and back into loops, and arms that end on their own. BPMN leaves open
which of two tokens moves first; so that the game and the engine need not agree on that, whatever cuts others short
(error, terminate, escalation), or ends beside others, comes right after a person's task: then it moves alone.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from hypothesis import strategies as st

from tests.properties.plans import Event, Plan
from tests.properties.sketch import BEGINNING, CODES, LISTS, NUMBERS, ODD_VALUES, Sketch


@dataclass(frozen=True, repr=False)
class Step:
    """One step of a walk: which of the possible moves (counted round), with which answers, after how long."""

    pick: int
    numbers: tuple[int, ...]
    odd: Any
    rest: int

    def __repr__(self) -> str:
        return f"{self.pick}:{self.numbers}:{self.odd!r}+{self.rest}h"


@dataclass(frozen=True)
class RandomCase:
    """The processes (the first one is started) and the walk."""

    plans: tuple[Plan, ...]
    walk: tuple[Step, ...]


@st.composite
def cases(draw: st.DrawFn) -> RandomCase:
    """A case of one to three processes, and a walk of up to 24 moves."""
    plans: list[Plan] = []
    for key in ("inner", "middle", "outer")[-draw(st.integers(1, 3)) :]:
        plans.append(_Blocks(draw, key, tuple(plans)).plan())
    steps = st.builds(
        Step,
        pick=st.integers(0, 11),
        numbers=st.tuples(*[st.integers(0, 4)] * len(NUMBERS)),
        odd=st.sampled_from(ODD_VALUES),
        rest=st.sampled_from((0, 0, 0, 1, 5, 30)),
    )
    return RandomCase(tuple(reversed(plans)), tuple(draw(st.lists(steps, min_size=8, max_size=24))))


class _Blocks(Sketch):
    """One process, block by block."""

    def plan(self) -> Plan:
        """The finished process."""
        self.scope = self.key
        self.add("startEvent")
        self.blocks(4, least=2)
        self.add("endEvent")
        inputs = outputs = None
        if self.callable == () and self.chance(4):
            inputs = tuple(self.draw(st.sampled_from([(*BEGINNING,), (*NUMBERS, *LISTS, "people", "any")])))
            outputs = tuple(self.draw(st.sampled_from([("a", "noted"), ("b",), ("said",)])))
        return Plan(self.key, tuple(self.nodes), tuple(self.flows), inputs, outputs)

    def blocks(self, most: int, *, least: int = 1) -> None:
        """`least` to `most` blocks, one after another."""
        for _ in range(self.draw(st.integers(least, most))):
            self.block()

    def block(self) -> None:
        """Something that a token goes into and comes out of."""
        self.budget -= 1
        small = [self.user, self.user, self.script, self.wait, self.operation, self.repeated_script]
        large = [self.choice, self.parallel, self.inclusive, self.loop, self.sub, self.call, self.race, self.aside]
        if self.jumps:
            small.append(self.jump)
        self.draw(st.sampled_from(small + large * 2 if self.budget > 0 else small))()

    def user(self) -> None:
        """A person's task, maybe repeated, maybe with events on its edge."""
        repeats = self.repeats() if self.chance(4) else None
        task = self.add(
            self.draw(st.sampled_from(("userTask", "userTask", "manualTask"))), asks=self.ask(), repeats=repeats
        )
        if self.chance(3):
            self.edge(task, ())

    def person(self) -> None:
        """A plain task: what comes after it moves alone."""
        self.add("userTask", asks=self.ask())

    def script(self) -> None:
        """A script."""
        self.add("scriptTask", script=self.lines())

    def operation(self) -> None:
        """A service task."""
        self.add("serviceTask", script=self.lines()[:1])

    def repeated_script(self) -> None:
        """A script for every item."""
        self.add("scriptTask", script=self.lines(), repeats=self.repeats())

    def wait(self) -> None:
        """A timer or a message in the flow."""
        event = self.timer() if self.chance(2) else self.message()
        self.add("intermediateCatchEvent", event=event)

    def arm(self, gateway: str, writes: tuple[str, ...], *, jumps: bool = False) -> None:
        """Begin a way out of a gateway; the caller restores what it needs afterwards."""
        self.cursor, self.writes = gateway, writes
        if not jumps:
            self.jumps = ()

    def fork(self, kind: str, *, conditions: bool) -> None:
        """Several arms at once, that meet again."""
        writes, jumps = self.writes, self.jumps
        gateway = self.add(kind)
        join = self.later("inclusiveGateway" if kind == "inclusiveGateway" or self.chance(6) else kind)
        shares = self.arms(self.draw(st.integers(2, 3)))
        for number, share in enumerate(shares):
            self.arm(gateway, share)
            if conditions:
                self.default = number == len(shares) - 1 and self.chance(2)
                self.condition = None if self.default else self.truth()
            if self.chance(5):
                self.add("scriptTask", script=self.lines())
            else:
                self.blocks(2)
            self.to(join)
        self.cursor, self.writes, self.jumps = join, writes, jumps

    def parallel(self) -> None:
        """All arms."""
        self.fork("parallelGateway", conditions=False)

    def inclusive(self) -> None:
        """The arms whose condition holds."""
        self.fork("inclusiveGateway", conditions=True)

    def choice(self) -> None:
        """One arm of several; sometimes the diagram is wrong, and they meet in a join that waits for all."""
        gateway = self.add("exclusiveGateway")
        after = self.later("parallelGateway" if self.chance(12) else "exclusiveGateway")
        for last in (False, True):
            self.cursor = gateway
            self.default = last and not self.chance(6)
            self.condition = None if self.default else self.truth()
            if self.chance(4):
                self.to(after)
            else:
                self.blocks(2)
                self.to(after)
        self.cursor = after

    def loop(self) -> None:
        """Back to the beginning until a condition holds; a choice inside may leave, or begin again."""
        jumps = self.jumps
        head = self.add("exclusiveGateway")
        after = self.later("exclusiveGateway")
        self.person()
        self.jumps = (*jumps, after) if self.chance(2) else (head, after)
        if not self.chance(3):
            self.blocks(2)
        gateway = self.add("exclusiveGateway")
        self.condition = self.truth()
        self.to(after)
        self.cursor, self.default = gateway, True
        self.to(head)
        self.cursor, self.jumps = after, jumps

    def jump(self) -> None:
        """A choice to leave for elsewhere."""
        gateway = self.add("exclusiveGateway")
        self.condition = self.truth()
        self.to(self.draw(st.sampled_from(self.jumps)))
        self.cursor, self.default = gateway, True
        self.add("exclusiveGateway")

    def aside(self) -> None:
        """A fork of which one arm goes on, and the others end on their own."""
        gateway = self.add("parallelGateway")
        writes, jumps = self.writes, self.jumps
        for _ in range(self.draw(st.integers(1, 2))):
            self.arm(gateway, writes)
            if self.chance(2):
                self.blocks(2)
            self.person()
            self.own_end()
        self.arm(gateway, writes, jumps=True)
        self.jumps = jumps
        self.add("exclusiveGateway")

    def own_end(self) -> None:
        """An end of any kind, or none at all."""
        kinds: tuple[Literal["terminate", "error", "escalation"] | None, ...] = (
            None,
            "terminate",
            "error",
            "escalation",
        )
        event = self.draw(st.sampled_from((None, *kinds)))
        if event is not None:
            code = None if event == "terminate" else self.draw(st.sampled_from(CODES))
            self.add("endEvent", event=Event(event, code))
        elif self.chance(2):
            self.add("endEvent")

    def race(self) -> None:
        """A timer or a message, whichever comes first."""
        gateway = self.add("eventBasedGateway")
        after = self.later("exclusiveGateway")
        for event in (self.timer(), self.message()):
            self.cursor = gateway
            self.add("intermediateCatchEvent", event=event)
            if self.chance(2):
                self.script()
            self.to(after)
        self.cursor = after

    def sub(self) -> None:
        """A sub-process, maybe repeated, maybe with events on its edge."""
        outside, jumps, writes = self.scope, self.jumps, self.writes
        repeats = self.repeats() if self.chance(2) else None
        key = self.add("subProcess", repeats=repeats)
        self.scope, self.cursor, self.jumps = key, None, ()
        self.add("startEvent")
        if repeats is not None:
            self.person()
        self.blocks(2)
        throws: list[str] = []
        if self.chance(2):
            throws = self.throw()
        else:
            self.add("endEvent")
        self.scope, self.cursor, self.jumps, self.writes = outside, key, jumps, writes
        if throws or self.chance(3):
            self.edge(key, tuple(throws))

    def throw(self) -> list[str]:
        """A choice between a plain end and one that throws, or an escalation on the way; what may be thrown."""
        kind: Literal["error", "escalation"] = self.draw(st.sampled_from(("error", "escalation")))
        event = Event(kind, self.draw(st.sampled_from(CODES)))
        if kind == "escalation" and self.chance(2):
            self.person()
            self.add("intermediateThrowEvent", event=event)
            self.person()
            self.add("endEvent")
            return [kind]
        self.person()
        gateway = self.add("exclusiveGateway")
        self.condition = self.truth()
        self.add("endEvent", event=event)
        self.cursor, self.default = gateway, True
        self.add("endEvent")
        return [kind]

    def call(self) -> None:
        """A called process, maybe repeated, maybe with events on its edge."""
        if not self.callable:
            self.sub()
            return
        called = self.draw(st.sampled_from(self.callable))
        repeats = self.repeats() if self.chance(3) else None
        if repeats is not None and not _waits_first(called):
            repeats = replace(repeats, condition=None)
        key = self.add("callActivity", called=called.key, repeats=repeats)
        thrown = {node.event.kind for node in called.nodes if node.event is not None and node.kind == "endEvent"}
        if self.chance(2):
            self.edge(key, tuple(sorted(thrown - {"terminate"})))

    def edge(self, host: str, throws: tuple[str, ...]) -> None:
        """Events on the edge of an activity, with what follows them."""
        after = self.later("exclusiveGateway")
        self.to(after)
        writes, jumps = self.writes, self.jumps
        kinds = [*throws, *self.draw(st.lists(st.sampled_from(("timer", "timer", "message")), max_size=2))]
        for kind in kinds:
            self.writes, self.jumps = writes, jumps
            self.happens(host, kind, after)
        self.cursor, self.writes, self.jumps = after, writes, jumps

    def happens(self, host: str, kind: str, after: str) -> None:
        """One event on an edge."""
        interrupting = kind == "error" or self.chance(2)
        if kind == "timer":
            event = self.timer(cycle=not interrupting and self.chance(2))
        elif kind == "message":
            event = self.message()
        else:
            event = Event("error" if kind == "error" else "escalation", self.draw(st.sampled_from((*CODES, None))))
        self.add("boundaryEvent", event=event, edge_of=host, interrupting=interrupting)
        if not interrupting:
            self.jumps = ()
        if not interrupting or self.chance(2):
            self.person()
        if interrupting and not self.chance(4):
            self.to(after)
        elif not interrupting and self.chance(8):
            self.to(after)  # two tokens go on from here
        else:
            self.own_end_of_handler()

    def own_end_of_handler(self) -> None:
        """A handler's end: plain, or none drawn."""
        if self.chance(2):
            self.script()
        if self.chance(2):
            self.add("endEvent")


def _waits_first(plan: Plan) -> bool:
    """Whether a process begins with a person's task, so that of several called at once one moves at a time."""
    (flow,) = plan.leaving(plan.start(plan.key).id)
    first = plan.node(flow.target)
    return first.kind in ("userTask", "manualTask") and first.repeats is None
