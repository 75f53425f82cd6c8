import pytest

from tests.diagrams import process
from tests.engine.checks.judging import elements, findings, warned

RULE = "ignored-attribute"
GROOVY = '<bpmn:conditionExpression language="groovy">true</bpmn:conditionExpression>'


def loop(attribute: str) -> str:
    """A repeated sub-process whose loop has an attribute."""
    inside = f'<bpmn:multiInstanceLoopCharacteristics id="loop" {attribute}/>'
    return f'<bpmn:subProcess id="odd">{inside}</bpmn:subProcess>'


@pytest.mark.parametrize(
    "xml",
    [
        '<bpmn:eventBasedGateway id="odd" eventGatewayType="Parallel"/>',
        '<bpmn:eventBasedGateway id="odd" instantiate="true"/>',
        '<bpmn:receiveTask id="odd" instantiate="1"/>',
        '<bpmn:receiveTask id="odd" operationRef="op"/>',
        '<bpmn:userTask id="odd" isForCompensation="true"/>',
        '<bpmn:startEvent id="odd" parallelMultiple="true"/>',
        '<bpmn:task id="odd" startQuantity="2"/>',
        '<bpmn:task id="odd" completionQuantity="0"/>',
        '<bpmn:boundaryEvent id="odd" attachedToRef="t" cancelActivity="yes"/>',
        '<bpmn:sequenceFlow id="odd" sourceRef="begin" targetRef="done" isImmediate="false"/>',
        '<bpmn:task id="odd"><bpmn:standardLoopCharacteristics id="loop" loopMaximum="many"/></bpmn:task>',
        '<bpmn:task id="odd" urgent="true"/>',
        loop('behavior="One" oneBehaviorEventRef="e"'),
        loop('behavior="None"'),
        loop('behavior="Complex"'),
        loop('isSequential="yes"'),
    ],
)
def test_what_an_attribute_asks_for_and_nobody_does_is_an_error_of_the_element(xml: str) -> None:
    assert set(elements(RULE, process("p").start().end().raw(xml))) == {"odd"}


@pytest.mark.parametrize(
    "xml",
    [
        '<bpmn:scriptTask id="odd" scriptFormat="javascript"><bpmn:script>a = 1</bpmn:script></bpmn:scriptTask>',
        '<bpmn:serviceTask id="odd" implementation="http://example.org/wsdl"/>',
        f"""<bpmn:sequenceFlow id="odd" sourceRef="begin" targetRef="done">{GROOVY}</bpmn:sequenceFlow>""",
    ],
)
def test_another_language_is_a_warning(xml: str) -> None:
    assert warned(RULE, process("p").start().end().raw(xml)) == ["odd"]


@pytest.mark.parametrize(
    "xml",
    [
        '<bpmn:eventBasedGateway id="g" eventGatewayType="Exclusive" instantiate="false" gatewayDirection="Diverging"/>',
        '<bpmn:userTask id="t" isForCompensation="false" implementation="##unspecified"/>',
        '<bpmn:userTask id="t" startQuantity="1" completionQuantity="1"/>',
        '<bpmn:scriptTask id="t" scriptFormat="application/feel"/>',
        '<bpmn:dataObject id="d" name="list" isCollection="true"/>',
        loop('behavior="All" isSequential="false"'),
    ],
)
def test_what_is_done_as_it_says_or_says_nothing_is_no_finding(xml: str) -> None:
    assert findings(RULE, process("p").start().end().raw(xml)) == []
