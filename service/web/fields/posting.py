"""From what a browser sent back to answers. Nothing that was typed is lost: what cannot be read stays as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from service.forms.pointers import escape
from service.web.fields import inputs, kinds
from service.web.fields.drawing import DEEPEST
from service.web.fields.members import Member, followed, members
from service.web.fields.model import Sheet
from service.web.fields.tidying import tidy

Keep = Callable[[str], str | None]
"""Keeps the file that was sent under a name, if one was; gives what the answer is then."""

MOST_ROWS = 200
ROW = "row"
"""The name of the buttons that add and take away rows."""

WITHOUT = "without"
"""What the box of a file field sends that takes the kept file out of the answers."""


class Sent(Protocol):
    """A posted form, such as `request.form`."""

    def getlist(self, key: str) -> list[str]:
        """Everything that was sent under a name."""
        ...

    def keys(self) -> Iterable[str]:
        """Every name."""
        ...


@dataclass(frozen=True, slots=True)
class Posted:
    """What came back. With `row_moved` only a row was added or taken away: draw again, with `focus`, and judge nothing."""

    answers: dict[str, Any]
    row_moved: bool = False
    focus: str | None = None


def read(
    sheet: Sheet,
    sent: Sent,
    given: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    keep: Keep = lambda _: None,
) -> Posted:
    """The answers in a posted form.

    `given` are the answers that the form was drawn with: what is only shown or hidden, and files that were kept before,
    are taken from there. `keep` is asked for every file field of the form.
    """
    move = _move(sent)
    reading = _Reading(sheet, sent, data or {}, keep, keep_empty=move is not None)
    answers = reading.object(sheet.schema, "", tidy(sheet.ui), "", given or {}, 0)
    if move is None:
        return Posted(answers)
    verb, pointer = move
    focus = _add(answers, pointer, sheet) if verb == "add" else _remove(answers, pointer)
    return Posted(answers, row_moved=True, focus=focus)


def _move(sent: Sent) -> tuple[str, str] | None:
    pressed = re.fullmatch(r"(add|remove) (/.+)", next(iter(sent.getlist(ROW)), ""))
    return (pressed[1], pressed[2]) if pressed else None


class _Reading:
    """One posted form, while it is read."""

    def __init__(self, sheet: Sheet, sent: Sent, data: Mapping[str, Any], keep: Keep, *, keep_empty: bool) -> None:
        self.sheet, self.sent, self.data, self.keep, self.keep_empty = sheet, sent, data, keep, keep_empty
        self.names = list(sent.keys())

    def object(
        self, schema: Mapping[str, Any], place: str, ui: Mapping[str, Any], at: str, given: Any, depth: int
    ) -> dict[str, Any]:
        """The answers to the fields of an object."""
        given = given if isinstance(given, Mapping) else {}
        found = {}
        for member in members(self.sheet.schema, schema, place).values():
            where = f"{at}/{escape(member.name)}"
            inner, value = ui.get(member.name, {}), given.get(member.name)
            if kinds.setting(inner, "widget") != "hidden":
                value = self.value(member, inner, where, value, depth)
            if value is not None:
                found[member.name] = value
        return found

    def value(self, member: Member, ui: Mapping[str, Any], at: str, given: Any, depth: int) -> Any:
        """The answer to one field; None where there is none."""
        schema, kind = member.schema, kinds.kind_of(member.schema, ui)
        sent = self.sent.getlist(at)
        found: Any = given  # of what is too deep to be drawn
        match kind:
            case "file":
                found = self.keep(at) or (None if WITHOUT in sent else given)
            case "fixed" if given is None:
                found = schema.get("const", schema.get("default"))
            case "boolean":
                found = bool(sent)
            case "radio" | "select" | "checkboxes":
                found = self._chosen(schema, member.place, ui, sent, many=kind == "checkboxes")
            case "group" if depth < DEEPEST:
                inner = self.object(schema, member.place, ui, at, given, depth + 1)
                found = inner if inner or member.required else None
            case "list" if depth < DEEPEST:
                rows = self._rows(member, ui, at, given, depth + 1)
                found = rows if rows or member.may_be_empty else None
            case "text" | "textarea" | "number" | "date" | "datetime":
                found = inputs.meant(sent[0], kind, schema) if sent else None
        return found

    def _chosen(
        self, schema: Mapping[str, Any], place: str, ui: Mapping[str, Any], sent: list[str], *, many: bool
    ) -> Any:
        items = followed(self.sheet.schema, schema.get("items", {}), f"{place}/items")[0] if many else schema
        found = kinds.options(self.sheet, items, place, ui, self.data)
        known = {option.value: answer for answer, option in found}
        chosen = [known.get(text, text) for text in sent if text.strip()]
        if many:
            return chosen
        return chosen[0] if chosen else None

    def _rows(self, member: Member, ui: Mapping[str, Any], at: str, given: Any, depth: int) -> list[Any]:
        items, place = followed(self.sheet.schema, member.schema.get("items", {}), f"{member.place}/items")
        before = given if isinstance(given, list) else []
        rows = []
        for number in self._numbers(at):
            kept = before[number] if number < len(before) else None
            entry = Member(str(number), items, place, required=True)
            row = self.value(entry, ui.get("items", {}), f"{at}/{number}", kept, depth)
            if not _empty(row) or self.keep_empty:
                rows.append("" if row is None else row)
        return rows

    def _numbers(self, at: str) -> list[int]:
        pattern = re.compile(rf"{re.escape(at)}/([0-9]{{1,4}})(/|$)")
        return sorted({int(found[1]) for name in self.names if (found := pattern.match(name))})[:MOST_ROWS]


def _empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_empty(inner) for inner in value.values())
    return value in (None, "", False) or value == []


def _add(answers: dict[str, Any], pointer: str, sheet: Sheet) -> str:
    """Put an empty row behind the others; gives the pointer to it. Nothing happens where the form has no list."""
    items = _items(sheet, pointer)
    rows = None if items is None else _at(answers, pointer, make=True)
    if items is None or not isinstance(rows, list):
        return pointer
    rows.append({} if kinds.type_of(items) == "object" else "")
    return f"{pointer}/{len(rows) - 1}"


def _items(sheet: Sheet, pointer: str) -> Mapping[str, Any] | None:
    """The schema of the rows of the list at that pointer; None where the form has no list."""
    schema: Mapping[str, Any] = sheet.schema
    for step in _steps(pointer):
        if step.isdigit() and "items" in schema:
            schema = followed(sheet.schema, schema["items"], "")[0]
        else:
            member = members(sheet.schema, schema, "").get(step)
            schema = member.schema if member else {}
    return (
        followed(sheet.schema, schema["items"], "")[0]
        if kinds.type_of(schema) == "array" and "items" in schema
        else None
    )


def _remove(answers: dict[str, Any], pointer: str) -> str:
    rows, number = pointer.rpartition("/")[::2]
    found = _at(answers, rows)
    if isinstance(found, list) and number.isdigit() and int(number) < len(found):
        del found[int(number)]
    return rows


def _at(answers: Any, pointer: str, *, make: bool = False) -> Any:
    """What stands at a pointer; with `make`, what is missing on the way is put there, and a list at its end."""
    found, steps = answers, _steps(pointer)
    for number, step in enumerate(steps):
        if isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict):
            if make and step not in found:
                found[step] = [] if number == len(steps) - 1 else {}
            found = found.get(step)
        else:
            return None
    return found


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]
