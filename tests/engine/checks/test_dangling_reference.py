from tests.diagrams import message, process, signal
from tests.engine.checks.judging import elements, findings, warned

RULE = "dangling-reference"


def test_references_that_lead_somewhere_are_no_finding() -> None:
    drawing = process("p").start().user("a", lane="Clerk").catch("w", message("Reply")).throw("t", signal("S")).end()
    assert findings(RULE, drawing) == []


def test_flows_to_and_from_nowhere_are_refused() -> None:
    drawing = process("p").start().user("a").to("gone", flow="lost").end().at("ghost").to("a", flow="haunt")
    assert elements(RULE, drawing) == ["lost", "haunt"]


def test_a_default_flow_of_another_gateway_is_refused() -> None:
    drawing = process("p").start().exclusive("g", default="Flow_begin_g").end()
    assert elements(RULE, drawing) == ["g"]


def test_events_that_refer_to_nothing_are_refused() -> None:
    lost = '<bpmn:endEvent id="lost"><bpmn:errorEventDefinition errorRef="gone"/></bpmn:endEvent>'
    nameless = '<bpmn:endEvent id="nameless"><bpmn:messageEventDefinition/></bpmn:endEvent>'
    assert elements(RULE, process("p").start().end().raw(lost).raw(nameless)) == ["lost", "nameless"]


def test_a_lane_that_names_what_is_not_there_is_a_warning() -> None:
    lanes = (
        '<bpmn:laneSet><bpmn:lane id="lane" name="Clerk"><bpmn:flowNodeRef>gone</bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:laneSet>"
    )
    assert warned(RULE, process("p").raw(lanes).start().end()) == ["lane"]
