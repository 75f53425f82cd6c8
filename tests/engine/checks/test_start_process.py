import json

from tests.diagrams import process
from tests.engine.checks.judging import findings, warned

RULE = "start-process"


def _manifest(**more: str) -> dict[str, bytes]:
    return {"bundle.json": json.dumps({"key": "k", "titles": {"en": "K"}, "source_language": "en"} | more).encode()}


def test_a_manifest_names_a_process_of_the_bundle() -> None:
    drawing = process("p").start().end()
    assert findings(RULE, drawing, more=_manifest(process="p")) == []
    assert [found.file for found in findings(RULE, drawing, more=_manifest(process="q"))] == ["bundle.json"]
    assert [found.level for found in findings(RULE, drawing, more=_manifest())] == ["error"]


def test_a_sketch_alone_is_a_warning() -> None:
    assert warned(RULE, process("p", executable=False).start().end()) == ["p"]
