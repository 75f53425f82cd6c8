"""Diagrams that are sound: name → what is drawn."""

from tests.diagrams import after, condition, each, error, escalation, message, plain, repeat, signal
from tests.engine.soundness.drawings import Known, begun, block, sub

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
