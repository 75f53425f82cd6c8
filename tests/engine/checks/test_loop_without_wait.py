from tests.diagrams import Drawing, after, error, process, repeat
from tests.engine.checks.judging import elements, findings

RULE = "loop-without-wait"


def _loop_around(drawing: Drawing) -> Drawing:
    return drawing.exclusive("again").to("meet", when="n < 5").otherwise().end()


def test_a_loop_of_scripts_alone_is_refused_with_its_way_round() -> None:
    drawing = _loop_around(process("p").start().exclusive("meet").script("count", "n = n + 1"))
    (found,) = findings(RULE, drawing)
    assert (found.level, found.element) == ("error", "meet")
    assert found.trace == ("meet", "count", "again", "meet")


def test_a_loop_with_a_person_or_a_timer_in_it_is_no_finding() -> None:
    assert findings(RULE, _loop_around(process("p").start().exclusive("meet").user("draft"))) == []
    assert findings(RULE, _loop_around(process("p").start().exclusive("meet").catch("w", after('"P1D"')))) == []


def test_a_sub_process_waits_if_every_way_through_it_does() -> None:
    waiting = process("p").start().exclusive("meet").sub("s").start("i").user("a").end("o").close()
    assert elements(RULE, _loop_around(waiting)) == []
    rushing = process("p").start().exclusive("meet").sub("s").start("i").exclusive("maybe").user("a", when="x")
    rushing.end("o").at("maybe").otherwise().end("o2").close()
    assert elements(RULE, _loop_around(rushing)) == ["meet"]


def test_a_called_process_of_the_bundle_is_looked_into() -> None:
    caller = _loop_around(process("p").start().exclusive("meet").call("c", "q"))
    assert elements(RULE, caller, process("q").start().script("s", "x = 1").end()) == ["meet"]
    assert elements(RULE, caller, process("q").start().user("a").end()) == []
    assert elements(RULE, caller) == []


def test_an_error_thrown_inside_may_close_the_loop() -> None:
    drawing = process("p").start().exclusive("meet").sub("s").start("i").end("o", error("E")).close().end()
    assert elements(RULE, drawing.boundary("caught", "s", error("E")).to("meet")) == ["meet"]


def test_a_repeated_script_needs_a_maximum() -> None:
    assert elements(RULE, process("p").start().script("s", "n = n + 1", loop=repeat(condition="n < 5")).end()) == ["s"]
    assert elements(RULE, process("p").start().script("s", "n = n + 1", loop=repeat(maximum=5)).end()) == []
