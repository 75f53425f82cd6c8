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
