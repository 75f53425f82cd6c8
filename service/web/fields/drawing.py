"""From a form, what has been answered and what is wrong with it, to fields that a template can draw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from service.domain.errors import Fault
from service.forms import lettering
from service.forms.conditions import conditions, told
from service.forms.filling import DIFFERS
from service.forms.pointers import escape
from service.web import formats
from service.web.fields import inputs, kinds, sentences
from service.web.fields.members import Member, followed, members
from service.web.fields.model import Drawn, Field, Kind, Option, Problem, Row, Sheet, Words
from service.web.fields.saying import Saying, switch
from service.web.fields.tidying import tidy
from service.web.i18n import gettext

Answers = Mapping[str, Any]
DEEPEST = 8
"""Levels of objects and lists that are drawn; a form that refers to itself ends there."""

LINE = 80
"""Characters of a row that a sentence names it by."""

MOST_EMPTY = 20
"""Empty rows with which a list begins, however many it must have in the end."""


def draw(
    sheet: Sheet,
    values: Answers | None = None,
    faults: Iterable[Fault] = (),
    *,
    data: Answers | None = None,
    focus: str | None = None,
    prefix: str = "f",
    files: Mapping[str, str] | None = None,
) -> Drawn:
    """The form's fields with these answers and the faults found in them.

    `values` None: nothing has been answered yet, so what the sheet begins with and defaults stand in. `data` are the case's variables, for lists of
    answers that come from there (`optionsFrom`). `focus` is the pointer at which the cursor belongs, `prefix` begins
    every id, so that a page can hold two forms. `files` are the names of kept files, by what the answers say of them.
    """
    drawing = _Drawing(sheet, values is None, data or {}, list(faults), focus, prefix, files or {})
    known = sheet.begin if values is None else values
    fields = drawing.object(sheet.schema, "", tidy(sheet.ui), "", "", known, 0)
    return Drawn(fields, drawing.problems(fields))


class _Drawing:
    """One form, while it is drawn."""

    def __init__(
        self,
        sheet: Sheet,
        fresh: bool,
        data: Answers,
        faults: list[Fault],
        focus: str | None,
        prefix: str,
        files: Mapping[str, str],
    ) -> None:
        self.sheet, self.fresh, self.data, self.focus, self.prefix = sheet, fresh, data, focus, prefix
        self.files = files
        self.faults = sorted(faults, key=_weight)

    # Every method here is told where it is: in the schema (place), in the ui file (ui_place), in the answers (at).

    def object(
        self, schema: Answers, place: str, ui: Answers, ui_place: str, at: str, values: Any, depth: int
    ) -> tuple[Field, ...]:
        """The fields of an object, in the order that `ui:order` gives."""
        values = values if isinstance(values, Mapping) else {}
        known = members(self.sheet.schema, schema, place)
        drawn = []
        for name in _ordered(list(known), ui.get("ui:order", ())):
            member, inner = known[name], ui.get(name, {})
            alike = DIFFERS in known[name].schema and name not in self.sheet.changes
            if alike or kinds.setting(inner, "widget") == "hidden":
                continue
            field = self.field(member, inner, f"{ui_place}/{escape(name)}", f"{at}/{escape(name)}", values, depth)
            drawn.append(self._when(field, member, Saying(self.sheet, known, self.data, ui), values, at))
        return tuple(drawn)

    def field(self, member: Member, ui: Answers, ui_place: str, at: str, beside: Answers, depth: int) -> Field:
        """One field of an object whose answers are `beside`."""
        schema, kind = member.schema, kinds.kind_of(member.schema, ui)
        value = beside.get(member.name, schema.get("default") if self.fresh else None)
        title = ui.get("ui:title")
        label = (
            self.sheet.in_ui(f"{ui_place}/ui:title", title)
            if title
            else self.sheet.in_schema(f"{member.place}/title", schema.get("title", member.name))
        )
        base = Field(
            kind=kind,
            name=at,
            id=self._id(at),
            label=label,
            help=self._help(schema, member.place, ui, ui_place),
            notes=tuple(sentences.limits(kind, schema)),
            required=self._optional(at) if kind == "list" and member.may_be_empty else _required(member, beside),
            error=self._error(at, kind, member, value),
            sealed=kinds.seals(schema, kind),
            autofocus=self.focus == at and kind not in ("list", "group"),
            outline=kinds.setting(ui, "widget") == "outline",
        )
        return self._filled(base, member, ui, ui_place, value, depth)

    def _filled(self, base: Field, member: Member, ui: Answers, ui_place: str, value: Any, depth: int) -> Field:
        schema, place = member.schema, member.place
        match base.kind:
            case "radio" | "select" | "checkboxes":
                return replace(base, options=self._options(schema, place, ui, value))
            case "group" if depth < DEEPEST:
                return replace(base, fields=self.object(schema, place, ui, ui_place, base.name, value, depth + 1))
            case "list" if depth < DEEPEST:
                return self._list(base, member, ui, ui_place, value, depth + 1)
            case "boolean":
                return replace(base, value="true" if value is True else "")
            case "number" | "text" | "textarea" | "date" | "datetime":
                return inputs.filled(base, schema, value, kinds.setting(ui, "rows"))
            case _:
                changes = self.sheet.changes.get(member.name)
                if changes is not None:
                    shown = formats.listing(changes.letters)
                else:
                    shown = self.files.get(str(value), "") if base.kind == "file" else self._fixed(schema, place, value)
                return replace(base, value=shown, changes=changes)

    def _list(self, base: Field, member: Member, ui: Answers, ui_place: str, value: Any, depth: int) -> Field:
        """A list of rows; one that must not be empty begins with an empty row."""
        items, place = followed(self.sheet.schema, member.schema.get("items", {}), f"{member.place}/items")
        least, most = member.schema.get("minItems", 0), member.schema.get("maxItems")
        given = list(value) if isinstance(value, list) else []
        blank: Any = {} if kinds.type_of(items) == "object" else ""
        missing = min(least, MOST_EMPTY) - len(given)
        rows, ui_items = [], ui.get("items", {})
        for number, item in enumerate([*given, *[blank] * missing]):
            at = f"{base.name}/{number}"
            if kinds.type_of(items) == "object":
                fields = self.object(items, place, ui_items, f"{ui_place}/items", at, item, depth)
            else:
                label = Words(gettext("%(name)s, no. %(number)s", name=base.label.text, number=number + 1))
                entry = Member(str(number), items, place, required=True)
                field = self.field(entry, ui_items, f"{ui_place}/items", at, {str(number): item}, depth)
                fields = (replace(field, label=label),)
            rows.append(Row(number + 1, _focused(fields, self.focus == at), f"remove {at}"))
        full = most is not None and len(rows) >= most
        here = self.focus == base.name
        return replace(base, rows=tuple(rows), add=None if full else f"add {base.name}", add_focus=here)

    def _options(self, schema: Answers, place: str, ui: Answers, value: Any) -> tuple[Option, ...]:
        if kinds.type_of(schema) == "array":
            schema, place = followed(self.sheet.schema, schema.get("items", {}), f"{place}/items")
            chosen = [kinds.key(item) for item in value] if isinstance(value, list) else []
        else:
            chosen = [] if value is None else [kinds.key(value)]
        found = kinds.options(self.sheet, schema, place, ui, self.data)
        return tuple(replace(option, chosen=option.value in chosen) for _, option in found)

    def _fixed(self, schema: Answers, place: str, value: Any) -> str:
        """An answer that nobody changes here, as text."""
        value = schema.get("const", schema.get("default")) if value is None else value
        for answer, option in kinds.options(self.sheet, schema, place, {}, self.data):
            if answer == value:
                return option.label.text
        if isinstance(value, int | float) and not isinstance(value, bool):
            return formats.number(value)
        if isinstance(value, list):
            return formats.listing(str(item) for item in value)
        return "" if value is None else str(value)

    def _help(self, schema: Answers, place: str, ui: Answers, ui_place: str) -> Words | None:
        if said := ui.get("ui:help") or ui.get("ui:description"):
            word = "ui:help" if "ui:help" in ui else "ui:description"
            return self.sheet.in_ui(f"{ui_place}/{word}", said)
        said = schema.get("description")
        return self.sheet.in_schema(f"{place}/description", said) if said else None

    def _when(self, field: Field, member: Member, says: Saying, values: Answers, at: str) -> Field:
        """The field, saying under what conditions it is asked or needed."""
        field = replace(field, notes=(*field.notes, *says.needed(member.needed_when)))
        if member.when is None:
            return field
        met = member.when.holds(values) is not False
        return replace(field, only=says.asked(member.when), when=switch(member.when, at), met=met)

    def _error(self, at: str, kind: Kind, member: Member, value: Any) -> str | None:
        inside = kind not in ("list", "group")
        for fault in self.faults:
            if fault.pointer == at or (inside and fault.pointer.startswith(f"{at}/")):
                said = self._condition(fault, member, value)
                return said or sentences.sentence(fault.rule, kind, member.schema, value)
        return None

    def _condition(self, fault: Fault, member: Member, value: Any) -> str | None:
        """What the form itself says of a condition that the answers do not meet; None for any other fault."""
        if not fault.rule.startswith("/"):
            return None
        template = self.sheet.in_schema(f"{fault.rule}/message", fault.message).text
        said = told(template, fault.named, formats.listing)
        gone = self._gone(fault.pointer, member, value)
        return said if not gone else gettext("%(fault)s Missing: %(rows)s.", fault=said, rows=formats.listing(gone))

    def _gone(self, at: str, member: Member, value: Any) -> list[str]:
        """The rows with which a list of the form began, and that none of those on the page is, by their texts. A row with
        a letter is known by that: it is altered, not gone."""
        if lettering.column(self.sheet.schema, at[1:]):
            return []
        begun, here = self.sheet.begin.get(at[1:]), value if isinstance(value, list) else []
        kept, gone = [it for it in here if isinstance(it, Mapping)], []
        for row in (it for it in begun if isinstance(it, Mapping)) if isinstance(begun, list) else ():
            same = next((it for it in kept if row.items() <= it.items()), None)
            if same is None:
                gone.append(gettext("“%(answer)s”", answer=self._brief(member, row)))
            else:
                kept.remove(same)
        return gone

    def _brief(self, member: Member, row: Answers) -> str:
        """A row by its longest text, cut to a line; where all was chosen in it, by the longest label."""
        items, place = followed(self.sheet.schema, member.schema.get("items", {}), f"{member.place}/items")
        known = members(self.sheet.schema, items, place)
        given = {name: it for name, it in row.items() if isinstance(it, str)}
        told = {
            name: self._fixed(known[name].schema, known[name].place, it) for name, it in given.items() if name in known
        }
        written = [it for name, it in given.items() if told.get(name, it) == it]
        text = max(written or told.values(), key=len, default="–")
        return text if len(text) <= LINE else f"{text[: LINE - 1].rstrip()}…"

    def _optional(self, at: str) -> bool | None:
        """False for a list that may hold nothing, None where the form has a condition on how much it holds."""
        return None if any(it.field == at for it in conditions(self.sheet.schema)) else False

    def problems(self, fields: tuple[Field, ...]) -> tuple[Problem, ...]:
        """The lines of the error summary: those of fields in their order, then of the form as a whole."""
        wrong = [(field, row) for field, row in _all(fields) if field.error]
        lines = [Problem(_line(field, row), field.target) for field, row in wrong]
        names = [field.name for field, _ in wrong]
        rest = {
            fault.rule
            for fault in self.faults
            if not any(fault.pointer == name or fault.pointer.startswith(f"{name}/") for name in names)
        }
        if lines:  # that the form does not know a field is often only the echo of a fault that is named already
            rest -= {"unevaluatedProperties", "additionalProperties"}
        return (*lines, *(Problem(said, None) for said in sorted({sentences.whole(rule) for rule in rest})))

    def _id(self, at: str) -> str:
        return self.prefix + re.sub(r"[^A-Za-z0-9_/]", lambda sign: f".{ord(sign[0]):x}", at).replace("/", "-")


def _weight(fault: Fault) -> tuple[str, int]:
    order = sentences.FIRST
    return fault.pointer, order.index(fault.rule) if fault.rule in order else len(order)


def _ordered(names: list[str], order: Iterable[str]) -> list[str]:
    """RJSF's `ui:order`: the named ones in that order, the others where `*` stands, or behind."""
    wanted = list(order)
    others = [name for name in names if name not in wanted]
    if "*" not in wanted:
        wanted.append("*")
    return [name for step in wanted for name in (others if step == "*" else [step] if step in names else [])]


def _required(member: Member, beside: Answers) -> bool | None:
    if member.required or any(condition.holds(beside) for condition in member.needed_when):
        return True
    return None if member.needed_when else False


def _focused(fields: tuple[Field, ...], here: bool) -> tuple[Field, ...]:
    """The fields of a row, the cursor in the first where the row is where it belongs."""
    return (replace(fields[0], autofocus=True), *fields[1:]) if here and fields else fields


def _all(fields: Iterable[Field], row: int | None = None) -> Iterator[tuple[Field, int | None]]:
    """Every field with the number of the row that it stands in; None outside rows, and where there is but one."""
    for field in fields:
        yield field, row
        yield from _all(field.fields, row)
        for inner in field.rows:
            yield from _all(inner.fields, inner.number if len(field.rows) > 1 else None)


def _line(field: Field, row: int | None) -> str:
    label = field.label.text
    if row is not None and not label.endswith(f" {row}"):
        label = gettext("%(name)s, no. %(number)s", name=label, number=row)
    return f"{label} {field.error}" if label[-1:] in "?.:!" else f"{label}: {field.error}"
