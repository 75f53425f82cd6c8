import json
from typing import Any

from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "missing-text"


def _bundle(texts: Any) -> dict[str, bytes]:
    content = {"key": "p", "titles": {"da": "P", "nb": "P"}, "source_language": "da", "process": "p"}
    return {"bundle.json": json.dumps(content).encode(), "texts.nb.json": json.dumps(texts).encode()}


def test_a_label_without_a_text_is_told_in_its_language() -> None:
    drawing = process("p").start().user("one", name="Stem").user("two", name="Skriv").end()
    assert findings(RULE, drawing, more=_bundle({"one": "Stem", "two": "Skriv"})) == []
    (found,) = findings(RULE, drawing, more=_bundle({"one": "Stem"}))
    assert (found.level, found.element, found.file) == ("warning", "two", "texts.nb.json")


def test_a_file_of_texts_that_is_none_is_refused() -> None:
    (found,) = findings(RULE, process("p").start().end(), more=_bundle(["one"]))
    assert (found.level, found.file) == ("error", "texts.nb.json")
