from tests.diagrams import process
from tests.engine.checks.judging import findings, warned

RULE = "lack-of-synchronisation"


def test_forked_ways_that_meet_without_a_join_are_doubted_at_what_is_done_twice() -> None:
    drawing = (
        process("p")
        .start()
        .parallel("fork")
        .user("a")
        .exclusive("meet")
        .user("c")
        .end()
        .at("fork")
        .user("b")
        .to("meet")
    )
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element) == ("warning", "c")
    assert set(found.trace) >= {"fork", "c"}


def test_forked_ways_that_meet_at_an_end_only_are_no_finding() -> None:
    drawing = process("p").start().parallel("fork").user("a").end().at("fork").user("b").to("done")
    assert warned(RULE, drawing) == []


def test_chosen_ways_that_meet_are_no_finding() -> None:
    drawing = process("p").start().exclusive("fork").user("a", when="x").exclusive("meet").user("c").end()
    drawing.at("fork").otherwise().user("b").to("meet")
    assert warned(RULE, drawing) == []
