from tests.diagrams import Drawing, process
from tests.engine.checks.judging import beside, elements, findings, warned
from tests.engine.decisions.drawing import decision, file, given, text

RULE = "unknown-input"
FORMS = {"asked": {"properties": {"present": {"type": "number"}}}}


def _table(name: str) -> dict[str, bytes]:
    """A decision `quorum` that asks for an input of that name."""
    return {"quorum.dmn": file(given(name), decision("quorum", text(f"{name} > 5"), needs=[f"in-{name}"]))}


def _begun() -> Drawing:
    return process("p").start(form="asked")


def test_an_input_that_is_asked_for_before_is_no_finding() -> None:
    assert findings(RULE, _begun().rule("r", "quorum").end(), forms=FORMS, more=_table("present")) == []


def test_an_input_that_nothing_sets_is_refused_with_the_one_that_was_meant() -> None:
    (found,) = findings(RULE, _begun().rule("r", "quorum").end(), forms=FORMS, more=_table("presnet"))
    assert found.message == "'r' needs `presnet`, which nothing sets. Did you mean “present”?"


def test_an_input_that_is_set_behind_is_refused_with_the_place() -> None:
    drawing = _begun().rule("r", "quorum").script("s", "seats = 3").end()
    (found,) = findings(RULE, drawing, forms=FORMS, more=_table("seats"))
    assert found.message == "'r' needs `seats`, which 's' sets, and that never comes before. Set it earlier."


def test_what_a_called_process_names_as_its_inputs_is_looked_for_too() -> None:
    called = process("q").io(inputs=["present", "title"]).start().end()
    assert elements(RULE, _begun().call("c", "q").end(), called, forms=FORMS) == ["c"]
    assert elements(RULE, _begun().script("s", "title = 1").call("c", "q").end(), called, forms=FORMS) == []


def test_one_of_another_bundle_may_change_with_it() -> None:
    known = beside(process("q").io(inputs=["title"]).start().end())
    assert warned(RULE, _begun().call("c", "q").end(), forms=FORMS, **known) == ["c"]
