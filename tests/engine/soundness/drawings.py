"""Diagrams with known verdicts: name → what is drawn, what is said of it, and at which elements.

Drawn as short as they can be: `ways` forks at the cursor into chains of tasks.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.diagrams import Drawing, after, condition, each, error, escalation, message, plain, process, repeat, signal


class Known(NamedTuple):
    """A diagram, the faults (kind → elements) that it has, and no others."""

    draw: Callable[[], Drawing]
    faults: Mapping[str, tuple[str, ...]] = {}


def begun() -> Drawing:
    """A process with a start event."""
    return process("p").start()


def block(split: str, join: str, *, ways: int = 2, tasks: int = 1, drawing: Drawing | None = None) -> Drawing:
    """Ways of tasks between two gateways of those kinds, and an end."""
    drawing = (drawing or begun()).node(f"{split}Gateway", "split")
    choosing = split in ("exclusive", "inclusive")
    for way in range(ways):
        drawing.at("split")
        if choosing and way == ways - 1:
            drawing.otherwise()
        for place in range(tasks):
            drawing.user(f"t{way}{place}", when="x" if choosing and place == 0 and way < ways - 1 else None)
        drawing = drawing.to("join") if way else drawing.node(f"{join}Gateway", "join")
    return drawing.at("join").end("done")


def sub(*, inside: Callable[[Drawing], Drawing] | None = None) -> Drawing:
    """A process with a sub-process, and the cursor on it."""
    drawing = begun().sub("part").start("inside").user("work")
    return (drawing.end("in") if inside is None else inside(drawing)).close()


SOUND: dict[str, Known] = {
    "a row": Known(lambda: begun().user("a").script("b", "x = 1").end()),
    "a choice": Known(lambda: block("exclusive", "exclusive")),
    "a fork": Known(lambda: block("parallel", "parallel")),
    "ten ways of five tasks": Known(lambda: block("parallel", "parallel", ways=10, tasks=5)),
    "ten ways, any of them": Known(lambda: block("inclusive", "inclusive", ways=10, tasks=5)),
    "a fork that an inclusive gateway joins": Known(lambda: block("parallel", "inclusive", ways=3)),
    "a choice that an inclusive gateway joins": Known(lambda: block("exclusive", "inclusive", ways=3)),
    "ways that end one by one": Known(
        lambda: begun().parallel("f").user("a").end("x").at("f").user("b").end("y").at("f").end("z")
    ),
    "a loop": Known(lambda: begun().exclusive("m").user("a").exclusive("g").end(when="x").at("g").otherwise().to("m")),
    "a loop around a fork": Known(
        lambda: (
            begun()
            .exclusive("m")
            .parallel("f")
            .user("a")
            .parallel("j")
            .exclusive("g")
            .end(when="x")
            .at("g")
            .otherwise()
            .to("m")
            .at("f")
            .user("b")
            .to("j")
        )
    ),
    "a fork inside a choice": Known(
        lambda: (
            begun()
            .exclusive("g")
            .parallel("f", when="x")
            .user("a")
            .parallel("j")
            .exclusive("m")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .at("g")
            .otherwise()
            .user("c")
            .to("m")
        )
    ),
    "forks that cross": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .parallel("f2")
            .user("c")
            .parallel("j2")
            .parallel("j")
            .end()
            .at("f")
            .user("b")
            .to("j2")
            .at("f2")
            .user("d")
            .to("j")
        )
    ),
    "the first of two events": Known(
        lambda: (
            begun().first_of("g").catch("m", message("M")).exclusive("e").end().at("g").catch("t", after("x")).to("e")
        )
    ),
    "events of every kind": Known(
        lambda: (
            begun()
            .catch("t", after("x"))
            .catch("c", condition("x"))
            .catch("s", signal("S"))
            .throw("m", message("M"))
            .throw("e", escalation("E"))
            .end("done", signal("S"))
        )
    ),
    "a deadline that ends a task": Known(
        lambda: begun().user("a").exclusive("m").end().boundary("late", "a", after("x")).user("b").to("m")
    ),
    "a reminder": Known(
        lambda: begun().user("a").end().boundary("slow", "a", after("x"), interrupting=False).user("b").end("said")
    ),
    "a reminder in a loop": Known(
        lambda: (
            begun()
            .exclusive("m")
            .user("a")
            .exclusive("g")
            .end(when="x")
            .at("g")
            .otherwise()
            .to("m")
            .boundary("slow", "a", after("x"), interrupting=False)
            .user("b")
            .end("said")
        )
    ),
    "a sub-process": Known(lambda: sub().end()),
    "a sub-process in a sub-process": Known(
        lambda: begun().sub("o").start("s1").sub("i").start("s2").user("a").end("e2").close().end("e1").close().end()
    ),
    "an error that is caught": Known(
        lambda: (
            sub(inside=lambda it: it.exclusive("g").end("bad", error("E"), when="x").at("g").otherwise().end("in"))
            .end()
            .boundary("caught", "part", error("E"))
            .end("over")
        )
    ),
    "an error that ends the process": Known(
        lambda: begun().exclusive("g").end("bad", error("E"), when="x").at("g").otherwise().end("good")
    ),
    "an escalation that is heard": Known(
        lambda: (
            sub(inside=lambda it: it.throw("up", escalation("E")).user("more").end("in"))
            .end()
            .boundary("heard", "part", escalation("E"), interrupting=False)
            .user("b")
            .end("said")
        )
    ),
    "a terminating end": Known(
        lambda: begun().parallel("f").user("a").end("all", plain("terminate")).at("f").user("b").end("own")
    ),
    "a terminating end in a sub-process": Known(
        lambda: sub(
            inside=lambda it: (
                it.parallel("f")
                .user("a")
                .end("all", plain("terminate"))
                .at("f")
                .user("b")
                .parallel("j")
                .end("in")
                .at("f")
                .user("c")
                .to("j")
            )
        ).end()
    ),
    "an end for what waits at a join": Known(
        lambda: (
            begun()
            .parallel("f")
            .exclusive("g")
            .parallel("j", when="x")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .at("g")
            .otherwise()
            .end("all", plain("terminate"))
        )
    ),
    "a task for each": Known(lambda: begun().user("a", loop=each("xs", item="y")).end()),
    "a sub-process for each, perhaps none": Known(
        lambda: begun().sub("part", loop=each("xs", item="y")).start("s").user("a").end("in").close().end()
    ),
    "a task again and again": Known(lambda: begun().user("a", loop=repeat(condition="x")).end()),
    "a call of what is elsewhere": Known(
        lambda: begun().call("c", "q").end().boundary("bad", "c", error("E")).user("mend").end("over")
    ),
    "a call of itself": Known(
        lambda: begun().exclusive("g").call("c", "p", when="x").end().at("g").otherwise().end("none")
    ),
    "two joins one after another": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .parallel("j")
            .parallel("k")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .at("f")
            .user("c")
            .to("k")
        )
    ),
    "an end drawn nowhere": Known(lambda: begun().exclusive("g").user("a", when="x").at("g").otherwise().user("b")),
}

DEADLOCKS: dict[str, Known] = {
    "a choice that meets in a join": Known(lambda: block("exclusive", "parallel"), {"deadlock": ("join",)}),
    "any of several that meet in a join": Known(lambda: block("inclusive", "parallel"), {"deadlock": ("join",)}),
    "the first of events into a join": Known(
        lambda: (
            begun().first_of("g").catch("m", message("M")).parallel("j").end().at("g").catch("t", after("x")).to("j")
        ),
        {"deadlock": ("j",)},
    ),
    "a deadline that leads past a join": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .parallel("j")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .boundary("late", "b", after("x"))
            .end("out")
        ),
        {"deadlock": ("j",)},
    ),
    "a reminder that a join waits for": Known(
        lambda: begun().user("a").parallel("j").end().boundary("slow", "a", after("x"), interrupting=False).to("j"),
        {"deadlock": ("j",)},
    ),
    "a way that turns off before the join": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .parallel("j")
            .end()
            .at("f")
            .exclusive("g")
            .to("j", when="x")
            .otherwise()
            .end("out")
        ),
        {"deadlock": ("j",)},
    ),
    "inside a sub-process": Known(
        lambda: sub(
            inside=lambda it: it.exclusive("g").parallel("j", when="x").end("in").at("g").otherwise().to("j")
        ).end(),
        {"deadlock": ("j",)},
    ),
    "two forks that wait for each other": Known(
        lambda: (
            begun()
            .parallel("f")
            .parallel("j")
            .user("a")
            .parallel("s")
            .end()
            .at("s")
            .to("k")
            .at("f")
            .parallel("k")
            .user("b")
            .parallel("s2")
            .end("other")
            .at("s2")
            .to("j")
        ),
        {"deadlock": ("j",)},
    ),
    "two inclusive joins that wait for each other": Known(
        lambda: (
            begun()
            .parallel("f")
            .inclusive("i")
            .parallel("s")
            .user("a")
            .end()
            .at("f")
            .inclusive("k")
            .parallel("s2")
            .user("b")
            .end("other")
            .at("s")
            .to("k")
            .at("s2")
            .to("i")
        ),
        {"deadlock": ("i",)},
    ),
    "a loop into a join": Known(
        lambda: begun().parallel("j").user("a").exclusive("g").to("j", when="x").otherwise().end(),
        {"deadlock": ("j",)},
    ),
}

LEFT_BEHIND: dict[str, Known] = {
    "three ways, two of which meet": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .exclusive("m")
            .parallel("j")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .at("f")
            .user("c")
            .to("m")
        ),
        {"left-behind": ("j",)},
    ),
    "a reminder that comes back to a join": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .exclusive("m")
            .parallel("j")
            .end()
            .at("f")
            .user("b")
            .to("j")
            .boundary("slow", "a", after("x"), interrupting=False)
            .user("c")
            .to("m")
        ),
        {"left-behind": ("j",)},
    ),
}

LIVELOCKS: dict[str, Known] = {
    "a loop without a way out": Known(
        lambda: begun().exclusive("m").user("a").exclusive("g").user("b", when="x").to("m").at("g").otherwise().to("m"),
        {"livelock": ("b",)},
    ),
    "a choice that may lead into a ring": Known(
        lambda: begun().exclusive("g").end(when="x").at("g").otherwise().exclusive("m").user("a").user("b").to("m"),
        {"livelock": ("a",)},
    ),
    "one way of a fork goes round": Known(
        lambda: begun().parallel("f").user("c").end().at("f").exclusive("m").user("a").to("m"), {"livelock": ("a",)}
    ),
}

DEAD: dict[str, Known] = {
    "what follows a part that always fails": Known(
        lambda: (
            sub(inside=lambda it: it.end("bad", error("E")))
            .user("next")
            .end()
            .boundary("c", "part", error("E"))
            .end("over")
        ),
        {"dead": ("next",)},
    ),
    "an error that is not thrown": Known(
        lambda: sub().end().boundary("caught", "part", error("E")).user("mend").end("over"), {"dead": ("caught",)}
    ),
    "an error of another code": Known(
        lambda: (
            sub(inside=lambda it: it.exclusive("g").end("bad", error("E"), when="x").at("g").otherwise().end("in"))
            .end()
            .boundary("other", "part", error("F"))
            .end("over")
        ),
        {"dead": ("other",)},
    ),
    "an error on the edge of a task": Known(
        lambda: begun().user("a").end().boundary("caught", "a", error("E")).end("over"), {"dead": ("caught",)}
    ),
    "an escalation that is not thrown": Known(
        lambda: sub().end().boundary("heard", "part", escalation("E")).end("over"), {"dead": ("heard",)}
    ),
}

UNBOUNDED: dict[str, Known] = {
    "a fork that leads back": Known(
        lambda: begun().exclusive("m").user("a").parallel("f").user("b").end().at("f").to("m"), {"unbounded": ("b",)}
    ),
    "a loop that leaves one at a join": Known(
        lambda: (
            begun()
            .exclusive("m")
            .user("a")
            .exclusive("g")
            .parallel("f", when="x")
            .user("b")
            .parallel("j")
            .end()
            .at("f")
            .to("m")
            .at("g")
            .otherwise()
            .to("j")
        ),
        {"deadlock": ("j",), "unbounded": ("j",)},
    ),
}

UNSYNCHRONISED: dict[str, Known] = {
    "a fork that meets in a choice": Known(
        lambda: begun().parallel("f").user("a").exclusive("m").user("c").end().at("f").user("b").to("m"),
        {"unsynchronised": ("c",)},
    ),
    "a fork that meets in a task": Known(
        lambda: begun().parallel("f").user("a").user("c").end().at("f").user("b").to("c"), {"unsynchronised": ("c",)}
    ),
    "any of several that meet in a choice": Known(
        lambda: (
            begun()
            .inclusive("f")
            .user("a", when="x")
            .exclusive("m")
            .user("c")
            .end()
            .at("f")
            .otherwise()
            .user("b")
            .to("m")
        ),
        {},
    ),
    "some of several that meet in a choice": Known(
        lambda: (
            begun()
            .inclusive("f")
            .user("a", when="x")
            .exclusive("m")
            .user("c")
            .end()
            .at("f")
            .user("b", when="y")
            .to("m")
        ),
        {"unsynchronised": ("c",)},
    ),
    "a reminder that goes on as the case": Known(
        lambda: (
            begun()
            .user("a")
            .exclusive("m")
            .user("c")
            .end()
            .boundary("slow", "a", after("x"), interrupting=False)
            .to("m")
        ),
        {"unsynchronised": ("c",)},
    ),
    "a sub-process twice": Known(
        lambda: (
            begun()
            .parallel("f")
            .user("a")
            .exclusive("m")
            .sub("part")
            .start("s")
            .user("c")
            .end("in")
            .close()
            .end()
            .at("f")
            .user("b")
            .to("m")
        ),
        {"unsynchronised": ("part",)},
    ),
}

ALL = SOUND | DEADLOCKS | LEFT_BEHIND | LIVELOCKS | DEAD | UNBOUNDED | UNSYNCHRONISED
