"""What somebody answered, as it is shown afterwards: on the form of that day, what was sealed opened again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.disclosures import Broken, Erased, Opened, is_sealed
from service.queries.revealing import Name
from service.web import formats
from service.web.fields import Sheet, Words, kinds
from service.web.fields.members import Member, followed, members
from service.web.i18n import gettext, pgettext

NOTHING = Words("–")
SHORT = 40
"""Answers of no more signs stand beside their label; longer ones may have a heading."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its label and its value in words.

    `erasable`: it is kept where it can be erased; `erased` says when and why it was, or that what is kept is something
    else, or that it is not opened here. `parts` are those of a group, or the rows of a list (`rows`). `href` is where to fetch the document that it names.
    """

    label: Words
    value: Words | None = None
    erasable: bool = False
    erased: str | None = None
    href: str | None = None
    parts: tuple["Answer", ...] = ()
    rows: bool = False

    @property
    def table(self) -> "Table | None":
        """The rows of a list of groups side by side; None where it is no such list."""
        groups = self.rows and self.parts and all(row.parts and not row.rows for row in self.parts)
        return across(row.parts for row in self.parts) if groups else None

    @property
    def large(self) -> bool:
        """Whether it wants a heading of its own."""
        return bool(self.parts) or (self.value is not None and len(self.value.text) > SHORT)

    @property
    def may_go(self) -> bool:
        """Whether it, or a part of it, is kept where it can be erased."""
        return self.erasable or any(part.may_go for part in self.parts)

    @property
    def long(self) -> bool:
        """Whether it wants lines of its own."""
        return self.value is not None and (len(self.value.text) > 90 or "\n" in self.value.text)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a list of groups side by side: what every column is called, and a cell for each row and column."""

    columns: tuple[Words, ...]
    rows: tuple[tuple[Answer | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells answers given on one form; without a form, by their names.

    `names` are those of what answers hold the ids of, `document` gives the address of a document by its id. `blank`:
    fields that nobody answered are told too.
    """

    sheet: Sheet | None
    names: Mapping[str, Name] = field(default_factory=dict)
    document: Callable[[str], str] | None = None
    blank: bool = False

    def told(self, answers: Mapping[str, Any]) -> list[Answer]:
        """The answers in the order of the form."""
        found: Iterator[Answer]
        if self.sheet is None:
            found = (self._answer(Words(name), value) for name, value in answers.items())
        else:
            found = self._object(self.sheet, self.sheet.schema, "", answers, self.sheet.ui)
        return [it for it in found if self.blank or it.erased or it.parts or it.value != NOTHING]

    def _object(
        self, sheet: Sheet, schema: Mapping[str, Any], place: str, answers: Mapping[str, Any], ui: Mapping[str, Any]
    ) -> Iterator[Answer]:
        asked = members(sheet.schema, schema, place)
        wanted = [name for name in ui.get("ui:order", ()) if name in asked]
        for name in [*wanted, *(name for name in asked if name not in wanted)]:
            if name in answers and (self.blank or answers[name] is not None):
                yield self._member(sheet, asked[name], answers[name], ui.get(name, {}))
        yield from (self._answer(Words(name), value) for name, value in answers.items() if name not in asked)

    def _member(self, sheet: Sheet, member: Member, value: Any, ui: Mapping[str, Any]) -> Answer:
        label = sheet.in_schema(f"{member.place}/title", member.schema.get("title", member.name))
        if isinstance(value, Opened):
            return replace(self._member(sheet, member, value.value, ui), erasable=True)
        if isinstance(value, list):
            items, where = followed(sheet.schema, member.schema.get("items", {}), f"{member.place}/items")
            inner = [
                self._member(sheet, Member(str(number), items, where), it, ui.get("items", {}))
                for number, it in enumerate(value, 1)
            ]
            named = [replace(it, label=Words(str(number))) for number, it in enumerate(inner, 1)]
            return Answer(label, None if named else NOTHING, parts=tuple(named), rows=True)
        if isinstance(value, Mapping) and not is_sealed(value):
            return Answer(label, parts=tuple(self._object(sheet, member.schema, member.place, value, ui)))
        offered = kinds.options(sheet, member.schema, member.place, ui, {})
        chosen = next((option.label for answer, option in offered if answer == value), None)
        return Answer(label, chosen) if chosen else self._answer(label, value, member.schema.get("format"))

    def _answer(self, label: Words, value: Any, form: str | None = None) -> Answer:
        if isinstance(value, Opened):
            return replace(self._answer(label, value.value, form), erasable=True)
        if isinstance(value, Erased | Broken) or is_sealed(value):
            return Answer(label, erased=_gone(value))
        if isinstance(value, Mapping):
            return Answer(label, parts=tuple(self._answer(Words(name), inner) for name, inner in value.items()))
        if isinstance(value, list):
            parts = tuple(self._answer(Words(str(number)), it) for number, it in enumerate(value, 1))
            return Answer(label, None if parts else NOTHING, parts=parts, rows=True)
        known = self.names.get(value) if isinstance(value, str) else None
        if known is not None:
            href = self.document(value) if known.document and self.document else None
            return Answer(label, Words(known.text), href=href)
        return Answer(label, Words(_said(value, form)))


def called(sheet: Sheet, pointer: str) -> Words:
    """The field of a form at that pointer to an answer, by its title; one in a row with what the list is called and which
    row it is. Empty where the form has no such field."""
    schema, place = sheet.schema, ""
    said: list[str] = []
    for step in pointer.split("/")[1:]:
        if said and "items" in schema and step.isdecimal():
            schema, place = followed(sheet.schema, schema["items"], f"{place}/items")
            said[-1] = gettext("%(name)s, no. %(number)s", name=said[-1], number=int(step) + 1)
            continue
        known = members(sheet.schema, schema, place).get(step.replace("~1", "/").replace("~0", "~"))
        if known is None:
            return Words("")
        schema, place = known.schema, known.place
        title = sheet.in_schema(f"{place}/title", schema.get("title", known.name))
        said.append(title.text)
    return Words(": ".join(said), sheet.source if said and title.lang else None)


def across(rows: Iterable[Iterable[Answer]]) -> Table:
    """Answers of the same form side by side, each group of them in a row."""
    found = [{it.label.text: it for it in row if it.parts or it.erased or it.value != NOTHING} for row in rows]
    columns = {name: it.label for row in found for name, it in row.items()}
    return Table(tuple(columns.values()), tuple(tuple(row.get(name) for name in columns) for row in found))


def _gone(value: Any) -> str:
    """What stands in the place of a sealed value that is not shown."""
    if is_sealed(value):
        return gettext("There is an answer; it is sealed, and not opened here")
    if isinstance(value, Broken):
        return not_sealed()
    erased = value if isinstance(value, Erased) else Erased()
    if erased.at is None:
        return gettext("Erased")
    day = formats.long_date(erased.at)
    return gettext("Erased %(date)s: %(ground)s", date=day, ground=ground(erased.basis or "–"))


def not_sealed() -> str:
    """Where what is kept of a sealed value is not what was sealed."""
    return gettext("What is kept here is not what was sealed")


def ground(basis: str) -> str:
    """A legal ground of erasure, in words."""
    return {
        "gdpr-17-1-a": gettext("it is no longer needed"),
        "gdpr-17-1-b": gettext("consent was withdrawn"),
        "gdpr-17-1-c": gettext("the person objected"),
        "gdpr-17-1-d": gettext("it was unlawfully processed"),
        "gdpr-17-1-e": gettext("the law demands it"),
        "retention": gettext("the time for keeping it is over"),
    }.get(basis, basis)


def _said(value: Any, form: str | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, int | float):
        return formats.number(value)
    return formats.long_date(value) if form == "date" else str(value)
