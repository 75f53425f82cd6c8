"""The forms that are shipped can be drawn, sent and told apart: no field without a title, no condition unsaid."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import forms
from service.domain.errors import AnswersRefused
from service.web import fields, i18n
from service.web.fields.members import members
from tests.support.repository import ROOT

SHIPPED = sorted((ROOT / "forms").glob("*/*.schema.json"))


def sheet(file: Path) -> fields.Sheet:
    beside = file.with_name(file.name.replace(".schema.", ".ui."))
    ui = json.loads(beside.read_text()) if beside.exists() else {}
    return fields.Sheet(json.loads(file.read_text()), ui, file.name, beside.name)


def every(drawn: tuple[fields.Field, ...]) -> Iterator[fields.Field]:
    for field in drawn:
        yield field
        yield from every(field.fields)
        for row in field.rows:
            yield from every(row.fields)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_shipped_form_can_be_drawn(file):
    form = sheet(file)
    with pytest.raises(AnswersRefused) as refused, i18n.speaking("da"):
        forms.read(file.name, file.read_bytes()).validate({"unknown": 1})
    drawn = fields.draw(form, {}, refused.value.faults)
    for field in every(drawn.fields):
        assert str(field.label) != field.name.rpartition("/")[2], f"{field.name} has no title"
    for member in members(form.schema, form.schema, "").values():
        for condition in filter(None, [member.when, *member.needed_when]):
            assert condition.tests is not None, f"a page cannot say when {member.name} is asked"
