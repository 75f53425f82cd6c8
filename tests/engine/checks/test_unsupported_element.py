import pytest

from tests.diagrams import after, process
from tests.engine.checks.judging import elements, findings, warned

RULE = "unsupported-element"


def test_what_the_engine_runs_is_no_finding() -> None:
    drawing = process("p").start().user("a").sub("s").start().manual("b").end().close().call("c", "other").end()
    assert findings(RULE, drawing) == []


@pytest.mark.parametrize(
    "kind", ["complexGateway", "adHocSubProcess", "transaction", "choreographyTask", "implicitThrowEvent"]
)
def test_kinds_that_cannot_be_run_are_refused_by_name(kind: str) -> None:
    drawing = process("p").start().node(kind, "strange").end()
    assert elements(RULE, drawing) == ["strange"]


def test_an_event_sub_process_is_refused_rather_than_left_to_run_beside() -> None:
    drawing = process("p").start().user("a").end().event_sub("late").start("tick", after('"P1D"')).end().close()
    assert elements(RULE, drawing) == ["late"]


@pytest.mark.parametrize(
    "xml",
    [
        '<bpmn:dataStoreReference id="odd" dataStoreRef="x"/>',
        '<bpmn:endEvent id="odd"><bpmn:eventDefinitionRef>x</bpmn:eventDefinitionRef></bpmn:endEvent>',
        '<bpmn:callConversation id="odd"/>',
        '<bpmn:userTask id="odd"><bpmn:rendering id="inside"/></bpmn:userTask>',
        '<bpmn:startEvent id="odd"><bpmn:dataOutput id="inside" name="reply"/></bpmn:startEvent>',
    ],
)
def test_what_would_be_passed_over_is_an_error(xml: str) -> None:
    assert elements(RULE, process("p").start().end().raw(xml)) == ["odd"]


def test_people_named_in_bpmns_own_words_are_a_warning_once() -> None:
    xml = (
        '<bpmn:userTask id="t"><bpmn:potentialOwner id="owner"><bpmn:resourceAssignmentExpression>'
        "<bpmn:formalExpression>clerk</bpmn:formalExpression></bpmn:resourceAssignmentExpression>"
        "</bpmn:potentialOwner></bpmn:userTask>"
    )
    assert warned(RULE, process("p").start().end().raw(xml)) == ["t"]


def test_in_a_process_that_is_not_executable_it_is_a_warning() -> None:
    drawing = process("p", executable=False).start().node("complexGateway", "strange").end()
    assert (elements(RULE, drawing), warned(RULE, drawing)) == ([], ["strange"])
