"""What somebody answered, as it is shown afterwards: on the form of that day, sealed answers as sealed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.web import formats
from service.web.fields import Sheet, Words, kinds
from service.web.fields.members import Member, followed, members
from service.web.i18n import pgettext

SHORT = 12
"""So much of a commitment tells one from another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its label and its value in words. `sealed` is the commitment's beginning, `parts` those of a group."""

    label: Words
    value: Words | None = None
    sealed: str | None = None
    parts: tuple["Answer", ...] = ()


def told(form: Mapping[str, Any]) -> list[Answer]:
    """The answers of a step (queries.timeline.details), in the order of the form; without a form, by their names."""
    answers: Mapping[str, Any] = form["answers"]
    schema = form["schema"]
    if schema is None:
        return [_answer(Words(name), value) for name, value in answers.items()]
    sheet = Sheet(schema, form["ui"], form["schema_file"], form["ui_file"], form["texts"], form["source"])
    return list(_told(sheet, schema, "", answers, form["ui"]))


def _told(
    sheet: Sheet, schema: Mapping[str, Any], place: str, answers: Mapping[str, Any], ui: Mapping[str, Any]
) -> Iterator[Answer]:
    asked = members(sheet.schema, schema, place)
    wanted = [name for name in ui.get("ui:order", ()) if name in asked]
    for name in [*wanted, *(name for name in asked if name not in wanted)]:
        if name in answers:
            yield _of(sheet, asked[name], answers[name], ui.get(name, {}))
    yield from (_answer(Words(name), value) for name, value in answers.items() if name not in asked)


def _of(sheet: Sheet, member: Member, value: Any, ui: Mapping[str, Any]) -> Answer:
    label = sheet.in_schema(f"{member.place}/title", member.schema.get("title", member.name))
    if isinstance(value, list):
        items, where = followed(sheet.schema, member.schema.get("items", {}), f"{member.place}/items")
        inner = [_of(sheet, Member(str(number), items, where), it, ui) for number, it in enumerate(value, 1)]
        named = [Answer(Words(str(number)), it.value, it.sealed, it.parts) for number, it in enumerate(inner, 1)]
        return Answer(label, None if named else Words("–"), parts=tuple(named))
    if isinstance(value, Mapping) and "sealed" not in value:
        return Answer(label, parts=tuple(_told(sheet, member.schema, member.place, value, ui)))
    offered = kinds.options(sheet, member.schema, member.place, ui, {})
    chosen = next((option.label for answer, option in offered if answer == value), None)
    return Answer(label, chosen) if chosen else _answer(label, value, member.schema.get("format"))


def _answer(label: Words, value: Any, form: str | None = None) -> Answer:
    if isinstance(value, Mapping) and isinstance(value.get("sealed"), str):
        return Answer(label, sealed=value["sealed"][:SHORT])
    if isinstance(value, Mapping):
        return Answer(label, parts=tuple(_answer(Words(name), inner) for name, inner in value.items()))
    if isinstance(value, list):
        return Answer(label, parts=tuple(_answer(Words(str(number)), it) for number, it in enumerate(value, 1)))
    return Answer(label, Words(_said(value, form)))


def _said(value: Any, form: str | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, int | float):
        return formats.number(value)
    return formats.long_date(value) if form == "date" else str(value)
