"""Random processes made of blocks, as people draw them: sequences, choices, parallel branches, loops, sub-processes."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.diagrams import Drawing, after, message, process

LANES = ("Sekretariatet", "Styregruppen", "Arbejdsgruppen")
NAMES = ("Læs", "Udarbejd udkast", "Sammenfat høringssvar til styregruppen", "Beslutningsdygtighedskontrol")

Block = tuple[Any, ...]

leaves = st.tuples(st.sampled_from(["task", "catch", "timed"]), st.sampled_from(NAMES), st.sampled_from(LANES))


def _larger(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("sequence"), some),
        st.tuples(
            st.sampled_from(["exclusive", "parallel", "inclusive"]),
            st.lists(inner, min_size=2, max_size=4),
            st.sampled_from(LANES),
            st.booleans(),
        ),
        st.tuples(st.just("loop"), inner, st.sampled_from(LANES)),
        st.tuples(st.just("sub"), inner, st.sampled_from(LANES)),
    )


blocks = st.recursive(leaves, _larger, max_leaves=8)


@dataclass
class Growth:
    """A process grown from a block; the lanes are left out unless `laned`."""

    laned: bool
    drawing: Drawing = field(init=False)
    count: int = 0
    depth: int = 0

    def __post_init__(self):
        self.drawing = process("grown", name="Sag")

    def key(self, kind):
        self.count += 1
        return f"{kind}_{self.count}"

    def lane(self, name) -> dict[str, Any]:
        return {"lane": name} if self.laned and not self.depth else {}

    def grow(self, block):
        """Draw a block on from the cursor, and leave the cursor at its end."""
        getattr(self, block[0])(*block[1:])

    def task(self, name, lane):
        self.drawing.user(self.key("task"), name=name, **self.lane(lane))

    def catch(self, name, lane):
        self.drawing.catch(self.key("event"), message("svar"), name=name, **self.lane(lane))

    def timed(self, name, lane):
        task, event = self.key("task"), self.key("deadline")
        self.drawing.user(task, name=name, **self.lane(lane))
        self.drawing.boundary(event, task, after('"P7D"'), name="Frist", interrupting=False, **self.lane(lane))
        self.drawing.user(self.key("task"), name="Rykker", **self.lane(lane)).end(self.key("end"), **self.lane(lane))
        self.drawing.at(task)

    def sequence(self, parts):
        for part in parts:
            self.grow(part)

    def _branches(self, kind, parts, lane, shortcut):
        split, join = self.key("split"), self.key("join")
        name = "Hvilken vej?" if kind == "exclusiveGateway" else None
        self.drawing.node(kind, split, name=name, **self.lane(lane))
        self.drawing.node(kind, join, joined=False, **self.lane(lane))
        for number, part in enumerate(parts):
            self.drawing.at(split)
            if kind == "exclusiveGateway":
                self.drawing.when(f"choice = {number}")
            self.grow(part)
            self.drawing.to(join)
        if shortcut:
            self.drawing.at(split).to(join, name="Ingen")
        self.drawing.at(join)

    def exclusive(self, parts, lane, shortcut):
        self._branches("exclusiveGateway", parts, lane, shortcut)

    def parallel(self, parts, lane, shortcut):
        self._branches("parallelGateway", parts, lane, shortcut)

    def inclusive(self, parts, lane, shortcut):
        self._branches("inclusiveGateway", parts, lane, shortcut)

    def loop(self, part, lane):
        entry, way_out = self.key("entry"), self.key("enough")
        self.drawing.exclusive(entry, **self.lane(lane))
        self.grow(part)
        self.drawing.exclusive(way_out, name="Færdig?", **self.lane(lane)).otherwise().to(entry, name="Nej")

    def sub(self, part, lane):
        self.drawing.sub(self.key("sub"), name="Delforløb", **self.lane(lane))
        self.depth += 1
        self.drawing.start(self.key("start"))
        self.grow(part)
        self.drawing.end(self.key("end"))
        self.depth -= 1
        self.drawing.close()


def grown(block: Block, *, laned: bool) -> bytes:
    """The file of a process grown from a block, without a drawing."""
    growth = Growth(laned)
    growth.drawing.start("start", name="Begynd", **growth.lane(LANES[0]))
    growth.grow(block)
    growth.drawing.end("done", name="Afsluttet", **growth.lane(LANES[0]))
    return growth.drawing.bpmn(drawn=False)
