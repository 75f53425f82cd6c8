from typing import Any

import pytest

from tests.diagrams import process
from tests.engine.checks.judging import findings

RULE = "form-unreadable"


def _findings(form: Any = None, data: bytes | None = None) -> list[str | None]:
    drawing = process("p").start().user("a", form="vote").end()
    more = {} if data is None else {"vote.schema.json": data}
    return [found.file for found in findings(RULE, drawing, forms={"vote": form}, more=more)]


def test_a_form_that_refers_to_itself_is_no_finding() -> None:
    assert _findings({"$defs": {"n": {"type": "number"}}, "properties": {"n": {"$ref": "#/$defs/n"}}}) == []


@pytest.mark.parametrize(
    "data", [b"{", b"[]", b"\xff", b'{"properties": ' + b"[" * 60 + b"]" * 60 + b"}", b"[" * 100_000, b"1" * 300_000]
)
def test_forms_that_cannot_be_used_are_refused(data: bytes) -> None:
    assert _findings(data=data) == ["vote.schema.json"]


@pytest.mark.parametrize("name", ["typename", "_kept", "x" * 201, "a\x00b"])
def test_a_field_that_nobody_could_answer_is_refused(name: str) -> None:
    assert _findings({"properties": {name: {"type": "string"}}}) == ["vote.schema.json"]
    inner = {"type": "array", "items": {"type": "object", "properties": {name: {"type": "string"}}}}
    assert _findings({"properties": {"rows": inner}}) == ["vote.schema.json"]


def test_a_field_may_be_called_as_words_of_schemas_are() -> None:
    assert _findings({"properties": {"properties": {"type": "string", "const": {"_": 1}}}}) == []


def test_a_reference_to_another_place_is_refused() -> None:
    assert _findings({"properties": {"n": {"$ref": "https://example.org/n.json"}}}) == ["vote.schema.json"]
