from tests.diagrams import Drawing, each, process
from tests.engine.checks.judging import findings, warned

RULE = "parallel-writes"


def _both(first: str, second: str) -> Drawing:
    drawing = process("p").start().parallel("fork").script("a", first).parallel("join").end()
    return drawing.at("fork").script("b", second).to("join")


def test_branches_with_names_of_their_own_are_no_finding() -> None:
    assert findings(RULE, _both("x = 1", "y = 1")) == []


def test_two_branches_that_set_one_name_are_told_with_the_fork() -> None:
    (found,) = findings(RULE, _both("x = 1", "x = 2"))
    assert (found.level, found.element, found.trace) == ("warning", "b", ("fork", "a", "b"))


def test_lists_that_both_append_to_are_put_together() -> None:
    assert findings(RULE, _both("x = append(x, 1)", "x = append( x, 2)")) == []


def test_fields_of_forms_results_and_gathered_answers_count() -> None:
    drawing = process("p").start().parallel("fork").user("a", form="vote").parallel("join").end()
    drawing.at("fork").service("b", "ballots.open", result="choice").to("join")
    assert warned(RULE, drawing, forms={"vote": {"properties": {"choice": {"type": "string"}}}}) == ["b"]
    many = each("members", item="m", into="votes")
    drawing = process("p").start().parallel("fork").user("a", loop=many).parallel("join").end()
    assert warned(RULE, drawing.at("fork").user("b", loop=many).to("join")) == ["b"]


def test_what_follows_the_join_is_no_branch() -> None:
    drawing = process("p").start().parallel("fork").script("a", "x = 1").parallel("join").script("c", "x = 2").end()
    assert findings(RULE, drawing.at("fork").user("b").to("join")) == []


def test_branches_of_a_loop_are_told_apart() -> None:
    drawing = process("p").start().exclusive("meet").parallel("fork").script("a", "x = 1").parallel("join")
    drawing.exclusive("good").to("meet", when="again").otherwise().end()
    assert findings(RULE, drawing.at("fork").user("b").to("join")) == []
