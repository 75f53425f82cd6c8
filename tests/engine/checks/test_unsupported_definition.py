from tests.diagrams import process
from tests.engine.checks.judging import warned

RULE = "unsupported-definition"


def _beside(xml: bytes) -> dict[str, bytes]:
    return {"q.bpmn": process("q").start().end().bpmn().replace(b"<bpmn:process", xml + b"<bpmn:process", 1)}


def test_what_stands_beside_the_processes_and_is_not_read_is_told_once() -> None:
    stores = b'<bpmn:dataStore id="one" name="A"/><bpmn:dataStore id="two" name="B"/>'
    assert warned(RULE, process("p").start().end(), more=_beside(stores)) == ["one"]


def test_messages_and_item_definitions_are_no_finding() -> None:
    quiet = b'<bpmn:itemDefinition id="i"/><bpmn:message id="m" name="M"/>'
    assert warned(RULE, process("p").start().end(), more=_beside(quiet)) == []
