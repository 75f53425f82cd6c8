"""Diagrams with faults, kind by kind: name → what is drawn, what is said of it, and at which elements."""

from tests.diagrams import after, error, escalation, message
from tests.engine.soundness.drawings import Known, begun, block, sub

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
