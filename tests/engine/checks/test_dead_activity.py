from tests.diagrams import error, process
from tests.engine.checks.judging import elements, findings, warned

RULE = "dead-activity"


def test_what_follows_a_part_that_always_ends_in_an_error_is_never_done() -> None:
    drawing = (
        process("p").start().sub("part").start("inside").user("a").end("bad", error("E")).close().user("after").end()
    )
    drawing.boundary("caught", "part", error("E")).end("over")
    assert elements(RULE, drawing) == ["after"]


def test_an_error_that_nothing_throws_never_comes() -> None:
    drawing = process("p").start().sub("part").start("inside").user("a").end("good").close().end()
    drawing.boundary("caught", "part", error("E")).end("over")
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element) == ("warning", "caught") and "nothing in 'part' throws it" in found.message
    assert found.trace == () and found.steps == ()


def test_an_error_that_is_thrown_inside_and_in_a_called_process_comes() -> None:
    part = process("p").start().sub("part").start("inside").user("a").exclusive("way").end("bad", error("E"), when="x")
    part.at("way").otherwise().end("good").close().end().boundary("caught", "part", error("E")).end("over")
    called = (
        process("q").start().user("b").exclusive("way").end("bad", error("E"), when="x").at("way").otherwise().end()
    )
    calls = process("r").start().call("call", "q").end().boundary("caught", "call", error("E")).end("over")
    wrong = process("s").start().call("call", "q").end().boundary("caught", "call", error("F")).end("over")
    assert warned(RULE, part) == []
    assert warned(RULE, called, calls) == []
    assert warned(RULE, called, wrong) == ["caught"]


def test_a_process_that_is_not_at_hand_may_come_back_in_any_way() -> None:
    calls = process("r").start().call("call", "elsewhere").end().boundary("caught", "call", error("E")).end("over")
    assert warned(RULE, calls) == []
