import pytest

from tests.diagrams import each, process
from tests.engine.checks.judging import elements, findings

RULE = "unknown-property"


def test_properties_in_their_places_are_no_finding() -> None:
    drawing = (
        process("p")
        .start(properties={"formJsonSchemaFilename": "begin.schema.json"})
        .user("draft", properties={"candidateRole": "pogi.sec", "dueDate": "working days(5)", "status": "drafting"})
        .user("check", properties={"excludes": "draft", "priority": "80"})
        .user("vote", loop=each("members", item="m"), properties={"candidateFrom": "m.role", "ballot": "steering"})
        .call("hearing", "hearing", properties={"hearing": "trade", "binding": "deployment"})
        .call("ask", "statement", loop=each("members", item="m"), properties={"candidateFrom": "m.organisation"})
        .end()
    )
    assert findings(RULE, drawing) == []


@pytest.mark.parametrize(
    "properties",
    [
        {"candidatRole": "pogi.sec"},
        {"hearing": "trade"},
        {"ballot": "steering-group"},
        {"excludes": "nobody"},
        {"dueDate": " "},
    ],
)
def test_what_would_be_ignored_is_refused(properties: dict[str, str]) -> None:
    assert elements(RULE, process("p").start().user("t", properties=properties).end()) == ["t"]


def test_a_value_that_says_nothing_is_refused() -> None:
    assert elements(RULE, process("p").start().call("c", "q", properties={"binding": "newest"}).end()) == ["c"]
