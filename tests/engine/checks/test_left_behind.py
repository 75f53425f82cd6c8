from tests.diagrams import plain, process
from tests.engine.checks.judging import findings

RULE = "left-behind"


def test_what_waits_on_behind_the_end_is_refused() -> None:
    """Of three ways two meet; the third is led to one of the same two."""
    drawing = process("p").start().parallel("fork").user("a").exclusive("two").parallel("both").end()
    drawing.at("fork").user("b").to("both").at("fork").user("c").to("two")
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element) == ("error", "both")
    assert "done" in found.trace and found.trace[-1] == "both"


def test_an_end_that_ends_all_leaves_nothing() -> None:
    drawing = (
        process("p")
        .start()
        .parallel("fork")
        .user("a")
        .exclusive("two")
        .parallel("both")
        .end("done", plain("terminate"))
    )
    drawing.at("fork").user("b").to("both").at("fork").user("c").to("two")
    assert findings(RULE, drawing) == []
