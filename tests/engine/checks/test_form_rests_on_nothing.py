from typing import Any

from tests.diagrams import Drawing, each, process
from tests.engine.checks.judging import findings

RULE = "form-rests-on-nothing"
DRAFT = {"type": "object", "properties": {"text": {"type": "string"}, "note": {"type": "string"}}}


def _said(drawing: Drawing, form: dict[str, Any], **known: Any) -> list[tuple[str, str | None]]:
    found = findings(RULE, drawing, forms={"draft": DRAFT, "vote": form}, **known)
    assert {it.level for it in found} <= {"warning"}
    return [(it.message.split("`")[1], it.file) for it in found]


def _drawing() -> Drawing:
    return (
        process("p")
        .start()
        .user("draft", form="draft")
        .script("count", 'counted = "x"')
        .user("vote", form="vote", loop=each("voters", item="voter", into="votes", result="vote_cast"))
        .end()
    )


def test_a_name_that_nothing_writes_is_told_with_the_file() -> None:
    form = {
        "x-shows": ["text", {"name": "remark", "unless": {"text": ["x"]}}],
        "properties": {"why": {"type": "string", "x-from": ["reason", "note"]}},
    }
    assert _said(_drawing(), form, written=()) == [("remark", "vote.schema.json"), ("reason", "vote.schema.json")]


def test_forms_scripts_rounds_and_other_bundles_write() -> None:
    form = {
        "x-shows": ["text", "counted", "voter", "votes", "base"],
        "properties": {"why": {"x-from": "base.requirements"}},
    }
    assert _said(_drawing(), form, written={"base"}) == []


def test_nothing_is_said_where_nobody_knows_what_others_write() -> None:
    assert _said(_drawing(), {"x-shows": ["remark"]}) == []


def test_what_a_form_reads_anew_need_not_be_written_but_what_it_reads_about_must() -> None:
    form = {"x-now": {"standing": {"targets.read": "target"}}, "x-beside": {"name": "standing.made_in", "label": "Se:"}}
    assert _said(_drawing(), form, written={"target"}) == []
    assert _said(_drawing(), form, written=()) == [("target", "vote.schema.json")]
