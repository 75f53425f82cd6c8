from tests.diagrams import Drawing, process
from tests.engine.checks.judging import elements, findings

RULE = "renamed-data"


def mapped(source: str, target: str) -> Drawing:
    """A task that is drawn to take the data object `source` as its data input `target`."""
    xml = (
        '<bpmn:userTask id="odd"><bpmn:ioSpecification><bpmn:dataInput id="in" name="' + target + '"/>'
        "<bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/>"
        "</bpmn:ioSpecification><bpmn:dataInputAssociation><bpmn:sourceRef>d_ref</bpmn:sourceRef>"
        "<bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation></bpmn:userTask>"
    )
    return process("p").start().end().data("d", source).raw(xml)


def test_a_task_that_takes_a_value_under_another_name_is_an_error() -> None:
    assert elements(RULE, mapped("report", "text")) == ["odd"]


def test_a_task_that_takes_it_under_its_own_name_is_no_finding() -> None:
    assert findings(RULE, mapped("report", "report")) == []


def test_what_an_editor_draws_between_a_task_and_a_data_object_is_no_finding() -> None:
    xml = (
        '<bpmn:userTask id="t"><bpmn:property id="place" name="__targetRef_placeholder"/>'
        "<bpmn:dataInputAssociation><bpmn:sourceRef>d_ref</bpmn:sourceRef><bpmn:targetRef>place</bpmn:targetRef>"
        "</bpmn:dataInputAssociation><bpmn:dataOutputAssociation><bpmn:targetRef>d_ref</bpmn:targetRef>"
        "</bpmn:dataOutputAssociation></bpmn:userTask>"
    )
    assert findings(RULE, process("p").start().end().data("d", "report").raw(xml)) == []
