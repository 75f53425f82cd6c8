"""A conditional event never sees a change."""

from tests.diagrams import condition, process
from tests.engine.fences.sides import on_both


@on_both(bare=[], ours=["late"])
def test_a_change_by_another_branch_is_seen(engine, expected):
    drawing = process("p").start().parallel("split").catch("wait", condition("n > 1")).user("late").end()
    drawing.at("split").user("ask").end("asked")
    case = engine().deploy(drawing)
    case.start("p", n=1)
    assert case.open == ["ask"]
    case.do("ask", n=2)
    assert case.open == expected


@on_both(bare=["second"], ours=["help", "second"])
def test_a_change_inside_a_sub_process_is_seen_on_its_edge(engine, expected):
    drawing = (
        process("p").start().sub("work").start("begin_work").user("first").user("second").end("worked").close().end()
    )
    drawing.boundary("edge", "work", condition("n > 1"), interrupting=False).user("help").end("helped")
    case = engine().deploy(drawing)
    case.start("p", n=1)
    assert case.open == ["first"]
    case.do("first", n=2)
    assert case.open == expected


@on_both(bare=["inner"], ours=["inner", "late"])
def test_a_change_outside_the_sub_process_that_it_stands_in_is_seen(engine, expected):
    drawing = process("p").start().parallel("split").sub("work").start("begin_work").parallel("in").user("inner")
    drawing.end("worked").at("in").catch("wait", condition("n > 1")).user("late").end("came").close().end("over")
    drawing.at("split").user("ask").user("more").end("asked")
    case = engine().deploy(drawing)
    case.start("p", n=1)
    case.do("ask", n=2)
    assert [it for it in case.open if it != "more"] == expected
