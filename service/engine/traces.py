"""Where the tokens of an instance stand, and which way they came: told from what a journal says they passed.

A step's *marks* are the elements that tokens passed, in order of time: `flow element`, or `element` alone where no
flow led there (a start, an event on an edge, a round that was called off); a leading `-` says that the token was
taken away there. `chosen` are the flows that gateways took in the step, as their evaluations recorded them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service.engine.migrating import Counterparts
from service.engine.model import Element, Process
from service.engine.shapes import ActivityPassed

Chosen = Mapping[str, Sequence[Sequence[str]]]
"""Gateway id → for each time that its conditions were asked, the flows it took."""

JOINS = frozenset({"parallelGateway", "inclusiveGateway"})
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def mark(passed: ActivityPassed) -> str:
    """How a journal writes that a token passed an element."""
    sign = "-" if passed.outcome == "cancelled" else ""
    return sign + (passed.activity_id if passed.flow is None else f"{passed.flow} {passed.activity_id}")


@dataclass(slots=True)
class Trace:
    """The way of one instance so far. `passed` counts elements and flows by id, `cancelled` elements.

    `tokens` are on their way along a flow, which is to say that they stand at its end.
    """

    process: Process
    passed: Counter[str] = field(default_factory=Counter)
    cancelled: Counter[str] = field(default_factory=Counter)
    tokens: Counter[str] = field(default_factory=Counter)

    def follow(self, marks: Iterable[str], chosen: Chosen) -> None:
        """Take in one step's marks, with what gateways chose in it."""
        elements = {element.id: element for element in self.process.elements}
        answers = {gateway: iter(taken) for gateway, taken in chosen.items()}
        used: dict[str, set[str]] = {}
        for text in marks:
            flow, _, element_id = text.removeprefix("-").rpartition(" ")
            if flow:
                self.tokens[flow] -= 1
            if text.startswith("-"):
                self.cancelled[element_id] += 1
                continue
            self.passed[element_id] += 1
            element = elements[element_id]
            if self._goes_on(element, flow, used):
                for way in self._ways(element, next(answers.get(element_id, iter(())), None)):
                    self.passed[way] += 1
                    self.tokens[way] += 1

    def copy(self) -> "Trace":
        """The same way, to be followed on without changing this one."""
        return Trace(self.process, self.passed.copy(), self.cancelled.copy(), self.tokens.copy())

    def standing(self) -> dict[str, int]:
        """How many tokens stand at each element, in the order of the file. An ended instance has none."""
        ends = {flow.id: flow.target for flow in self.process.flows}
        found: Counter[str] = Counter()
        for flow, count in self.tokens.items():
            found[ends[flow]] += count
        return {it.id: found[it.id] for it in self.process.elements if found[it.id] > 0}

    def under(self, parts: Counterparts) -> "Trace":
        """The same way, told of the version that the instance goes on under. What is not drawn there is not told."""
        found = Trace(parts.after)
        for counts, kept in ((self.passed, found.passed), (self.cancelled, found.cancelled)):
            for key, count in counts.items():
                other = parts.element(key)
                name = other.id if other is not None else parts.same_flow(key)
                if name is not None:
                    kept[name] += count
        for flow, count in self.tokens.items():
            way = parts.flow(flow)
            if way is not None and count:
                found.tokens[way] += count
        return found

    def _goes_on(self, element: Element, flow: str, used: dict[str, set[str]]) -> bool:
        """Whether a token leaves now. A join is passed once for each flow that it used, and sends tokens on once."""
        if element.kind not in JOINS or len(element.incoming) < 2:
            return True
        arrived = used.setdefault(element.id, set())
        first = not arrived or flow in arrived
        if first:
            arrived.clear()
        arrived.add(flow)
        return first

    def _ways(self, element: Element, taken: Sequence[str] | None) -> Sequence[str]:
        """The flows by which tokens leave. A gateway whose conditions were not asked takes those that have none."""
        if taken is not None or element.kind not in CHOOSING:
            return element.outgoing if taken is None else taken
        free = [flow for flow in element.outgoing if flow != element.default]
        if element.kind == "inclusiveGateway" and free:
            return free
        return [element.default] if element.default else free[:1]
