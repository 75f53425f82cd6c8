import json

from tests.diagrams import process
from tests.engine.checks.judging import elements, findings

RULE = "form-missing"


def test_a_form_in_the_bundle_is_no_finding() -> None:
    assert findings(RULE, process("p").start().user("a", form="vote").end(), forms={"vote": {}}) == []


def test_a_form_that_is_not_there_is_told_at_its_task_and_in_the_manifest() -> None:
    assert elements(RULE, process("p").start().user("a", form="vote").end()) == ["a"]
    content = {"key": "p", "titles": {"en": "P"}, "source_language": "en", "process": "p", "forms": ["x.schema.json"]}
    manifest = {"bundle.json": json.dumps(content).encode()}
    assert [found.file for found in findings(RULE, process("p").start().end(), more=manifest)] == ["bundle.json"]
