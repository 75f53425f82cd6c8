"""Hypothesis strategies: small processes with flows drawn anyhow, so that most of them are wrong somewhere.

A way back leads to a person's task, and what cuts others short comes after one: so a step of the case ends, and which of
two tokens moves first is nothing that the diagram leaves to chance.
"""

from hypothesis import strategies as st

from tests.properties import expressions as ex
from tests.properties.plans import Event, Flow, Node, Plan, Timer

KEY = "p"
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


class _Sketch:
    """One process under construction."""

    def __init__(self, draw: st.DrawFn, inclusive: bool) -> None:
        self.draw = draw
        self.gateways = GATEWAYS if inclusive else GATEWAYS[:2]
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []

    def scope(self, key: str, size: int, depth: int) -> None:
        """The nodes of a scope, and its flows."""
        kinds = [self.kind(depth) for _ in range(size)]
        if key != KEY:  # what takes no time cannot be interrupted
            kinds[0] = "userTask"
        own = [self.add(kind, key) for kind in ("startEvent", *kinds)]
        ends = [self.add("endEvent", key) for _ in range(self.draw(st.integers(1, 2)))]
        if self.draw(st.integers(0, 5)) == 0:
            ends.append(self.add("userTask", key))
            self.to(ends[-1], self.add("endEvent", key, event=Event("terminate")), key)
        for place, node in enumerate(own):
            ahead = [*own[place + 1 :], *ends]
            first = key != KEY and place == 0
            self.lead(node, key, ahead[:1] if first else ahead, [it for it in own[1:place] if it.kind == "userTask"])
            if node.kind == "subProcess":
                self.scope(node.id, self.draw(st.integers(1, 3)), depth - 1)
            if node.kind in ("userTask", "subProcess") and self.draw(st.integers(0, 4)) == 0:
                self.edge(node, key, ahead)

    def kind(self, depth: int) -> str:
        """What kind of node comes next."""
        roll = self.draw(st.integers(0, 9))
        if roll == 0 and depth:
            return "subProcess"
        return "userTask" if roll <= 3 else self.draw(st.sampled_from(self.gateways))

    def edge(self, host: Node, key: str, ahead: list[Node]) -> None:
        """A timer on the edge of an activity."""
        event, interrupts = Event("timer", timer=Timer(hours=1)), self.draw(st.booleans())
        found = self.add("boundaryEvent", key, event=event, edge_of=host.id, interrupting=interrupts)
        self.to(found, self.draw(st.sampled_from(ahead)), key)

    def lead(self, node: Node, key: str, ahead: list[Node], back: list[Node]) -> None:
        """One or two ways on from a node."""
        several = node.kind in GATEWAYS and self.draw(st.integers(0, 3)) > 0
        for number in range(2 if several else 1):
            leads_back = back and node.kind in GATEWAYS and self.draw(st.integers(0, 3)) == 0
            target = self.draw(st.sampled_from(back if leads_back else ahead[: 3 if several else 2]))
            conditional = several and node.kind != "parallelGateway" and number == 0
            self.to(node, target, key, conditional=conditional, default=several and number == 1)

    def add(self, kind: str, scope: str, **more: object) -> Node:
        """A node."""
        node = Node(f"{kind[:4]}_{len(self.nodes)}", kind, scope, **more)  # type: ignore[arg-type]  # its own fields
        self.nodes.append(node)
        return node

    def to(self, source: Node, target: Node, scope: str, *, conditional: bool = False, default: bool = False) -> None:
        """A flow."""
        condition = ex.less(ex.name("a"), ex.constant(1)) if conditional else None
        default = default and source.kind in ("exclusiveGateway", "inclusiveGateway")
        self.flows.append(Flow(f"f{len(self.flows)}", source.id, target.id, scope, condition, default))


@st.composite
def small_plans(draw: st.DrawFn, *, inclusive: bool = True) -> Plan:
    """A process of a few nodes, some of them sub-processes."""
    sketch = _Sketch(draw, inclusive)
    sketch.scope(KEY, draw(st.integers(2, 7)), 1)
    return Plan(KEY, tuple(sketch.nodes), tuple(sketch.flows))
