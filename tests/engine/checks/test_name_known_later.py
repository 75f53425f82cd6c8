import pytest

from tests.diagrams import Drawing, each, process
from tests.engine.checks.judging import beside, elements, findings

RULE = "name-known-later"
FORMS = {"asked": {"properties": {"members": {"type": "array"}}}}


def _begun() -> Drawing:
    return process("p").start(form="asked")


def test_what_is_set_before_is_no_finding() -> None:
    assert findings(RULE, _begun().script("a", "x = 1").script("b", "y = x").end(), forms=FORMS) == []


def test_what_is_only_set_behind_is_refused_with_the_place() -> None:
    (found,) = findings(RULE, _begun().script("a", "y = x").script("b", "x = 1").end(), forms=FORMS)
    assert (found.level, found.element, found.trace) == ("error", "a", ("a", "b"))
    assert found.message == "In the script stands `x`, which 'b' sets, and that never comes before. Set it earlier."


def test_a_line_of_a_script_knows_only_those_before_it() -> None:
    assert findings(RULE, _begun().script("a", "x = 1\ny = x").end(), forms=FORMS) == []
    assert elements(RULE, _begun().script("a", "y = x\nx = 1").end(), forms=FORMS) == ["a"]


def test_what_another_branch_sets_is_not_known_before_they_meet() -> None:
    drawing = _begun().parallel("f").script("a", "x = 1").parallel("j").script("last", "z = x").end()
    drawing = drawing.at("f").script("b", "y = x").to("j")
    assert elements(RULE, drawing, forms=FORMS) == ["b"]


def test_what_is_a_rounds_own_is_not_known_behind_it() -> None:
    drawing = _begun().user("t", loop=each("members", item="member")).script("s", "x = member").end()
    assert elements(RULE, drawing, forms=FORMS) == ["s"]


def test_beside_a_list_of_results_rounds_leave_nothing_else() -> None:
    def repeated(sequential: bool) -> Drawing:
        rounds = each("members", item="member", into="votes", result="vote", sequential=sequential)
        drawing = _begun().sub("inside", loop=rounds).start().script("u", "vote = 1\nnote = 2").end().close()
        return drawing.script("s", "x = note").end()

    assert elements(RULE, repeated(sequential=False), forms=FORMS) == ["s"]
    assert elements(RULE, repeated(sequential=True), forms=FORMS) == []


def test_where_a_program_or_a_caller_elsewhere_may_bring_it_it_may_be_there_before() -> None:
    drawing = process("p").start().script("s", "n = n + 1").end()
    assert findings(RULE, drawing) == []
    assert findings(RULE, drawing, **beside(process("far").start().call("c", "p").end())) == []


@pytest.mark.parametrize("drawing", [process("p").start(), _begun()])
def test_what_only_a_later_line_of_the_same_script_sets_is_refused(drawing: Drawing) -> None:
    (found,) = findings(RULE, drawing.script("s", "a = b + 1\nb = 2").end(), forms=FORMS)
    assert (found.element, found.level) == ("s", "error")
    assert found.message.endswith("which 's' sets itself, and only behind that. Set it earlier.")
    assert findings(RULE, process("p").start().script("s", "b = 2\na = b + 1").end()) == []
