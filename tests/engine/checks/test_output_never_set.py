from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings

RULE = "output-never-set"


def _giving(output: str) -> Drawing:
    return process("p").io(inputs=["title"], outputs=[output]).start().script("s", "verdict = title").end()


def test_an_output_that_is_set_or_goes_through_is_no_finding() -> None:
    assert findings(RULE, _giving("verdict")) == []
    assert findings(RULE, _giving("title")) == []


def test_one_that_nothing_sets_is_refused_at_the_process() -> None:
    (found,) = findings(RULE, _giving("verdcit"))
    assert (found.element, found.level) == ("p", "error")
    assert found.message == "The process hands back `verdcit`, which nothing sets. Did you mean “verdict”?"
    assert elements(RULE, _giving("reasons")) == ["p"]


def test_behind_what_nobody_knows_it_may_have_been_set() -> None:
    drawing = process("p").io(outputs=["x"]).start().call("c", "nowhere").end()
    assert findings(RULE, drawing, in_force={"nowhere": []}) == []
