"""What a decision asks for, as fields of a form, and what was written into them."""

import pytest

from service.domain.sentences import Sentence
from service.engine.decisions import DecisionFault, asking, load
from tests.engine.decisions.drawing import decision, file, given, table, text
from tests.engine.feel.asking import context

ITEMS = """
<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"new", "old"</text></allowedValues></itemDefinition>
<itemDefinition name="tShare"><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues></itemDefinition>
<itemDefinition name="tRules"><itemComponent name="sg"><itemComponent name="quorum"><typeRef>tShare</typeRef></itemComponent>
<itemComponent name="kind"><typeRef>tKind</typeRef></itemComponent></itemComponent></itemDefinition>
<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
"""
COLUMNS = table("UNIQUE", ["grade", "late: boolean"], [""], ["- | - => 1"], allowed={"grade": '"a", "b"'})
DATA = file(
    ITEMS,
    *(given(name, kind) for name, kind in (("rules", "tRules"), ("on", "date"), ("for", "dayTimeDuration"))),
    *(given(name, kind) for name, kind in (("numbers", "tNumbers"), ("grade", ""), ("late", ""), ("unasked", ""))),
    decision("points", COLUMNS, needs=["in-grade", "in-late"]),
    decision("all", text("points"), needs=["points", "in-rules", "in-on", "in-for", "in-numbers"]),
)


def read(**written: str) -> tuple[dict[str, object], dict[str, Sentence]]:
    named = {name.replace("__", "."): value for name, value in written.items()}
    return asking.inputs(asking.fields(load(DATA), "all"), named, context())


def test_every_input_that_is_needed_is_asked_for_by_its_type():
    assert [(field.name, field.kind, field.options) for field in asking.fields(load(DATA), "all")] == [
        ("grade", "choice", ('"a"', '"b"')),
        ("late", "boolean", ()),
        ("rules.sg.quorum", "number", ()),
        ("rules.sg.kind", "choice", ('"new"', '"old"')),
        ("on", "date", ()),
        ("for", "duration", ()),
        ("numbers", "feel", ()),
    ]
    with pytest.raises(DecisionFault):
        asking.fields(load(DATA), "none")


def test_what_is_written_becomes_inputs_and_what_is_empty_is_not_told():
    told, wrong = read(rules__sg__quorum="0,5", rules__sg__kind='"new"', late="false", numbers="[1, 2]", grade=" ")
    assert wrong == {}
    assert {name: asking.shown(value) for name, value in told.items()} == {
        "rules": '{sg: {kind: "new", quorum: 0.5}}',
        "late": "false",
        "numbers": "[1, 2]",
    }


def test_what_cannot_be_read_is_told_by_field():
    told, wrong = read(rules__sg__quorum="half", on="soon", numbers="[1,", late="maybe", **{"for": "P1D"})
    assert set(told) == {"for"}
    assert set(wrong) == {"rules.sg.quorum", "rules.sg.kind", "on", "numbers", "late"}
    assert "Nothing is called `x`" in read(numbers="[x]")[1]["numbers"]
