from tests.diagrams import process
from tests.engine.checks.judging import beside, findings, warned

RULE = "name-from-outside"


def test_what_only_a_program_could_bring_is_a_note_where_it_is_named_first() -> None:
    drawing = process("p").start().user("t", instructions="{{ title }}").script("s", "x = title").end()
    caller = process("far").start().call("c", "p").end()
    assert warned(RULE, drawing, **beside(caller)) == ["t"]
    (found,) = findings(RULE, drawing)
    assert "a case that is started on a page stops here" in found.message


def test_a_start_that_asks_a_declared_input_and_a_data_object_are_no_finding() -> None:
    form = {"properties": {"title": {"type": "string"}}}
    assert findings(RULE, process("p").start(form="f").script("s", "x = title").end(), forms={"f": form}) == []
    assert findings(RULE, process("p").io(inputs=["title"]).start().script("s", "x = title").end()) == []
    assert findings(RULE, process("p").data("d", "title").start().script("s", "x = title").end()) == []


def test_what_those_who_call_it_bring_is_no_finding() -> None:
    called = process("q").start().script("s", "x = title").end()
    caller = process("p").start().script("s", "title = 1").call("c", "q").end()
    assert findings(RULE, caller, called) == []
