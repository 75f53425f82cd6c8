import pytest

from tests.diagrams import process
from tests.engine.checks.judging import elements, findings

RULE = "said-twice"


@pytest.mark.parametrize(
    "inside",
    [
        '<bpmn:standardLoopCharacteristics id="one"/><bpmn:multiInstanceLoopCharacteristics id="two"/>',
        "<bpmn:script>a = 1</bpmn:script><bpmn:script>b = 2</bpmn:script>",
    ],
)
def test_of_two_that_say_the_same_thing_one_is_an_error(inside: str) -> None:
    xml = f'<bpmn:scriptTask id="odd">{inside}</bpmn:scriptTask>'
    assert elements(RULE, process("p").start().end().raw(xml)) == ["odd"]


def test_a_timer_with_two_times_is_an_error() -> None:
    times = "<bpmn:timeDate>today()</bpmn:timeDate><bpmn:timeDuration>duration(1)</bpmn:timeDuration>"
    xml = (
        f'<bpmn:intermediateCatchEvent id="odd"><bpmn:timerEventDefinition id="t">{times}</bpmn:timerEventDefinition>'
        "</bpmn:intermediateCatchEvent>"
    )
    assert elements(RULE, process("p").start().end().raw(xml)) == ["odd"]


def test_what_is_said_once_is_no_finding() -> None:
    assert findings(RULE, process("p").start().script("t", "a = 1").end()) == []
