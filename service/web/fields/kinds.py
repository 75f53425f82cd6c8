"""How a schema and its `ui:` keys are drawn: which kind of field, and which answers it offers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.sealing import FIXED_FORMATS
from service.forms import offering
from service.web.fields.model import Kind, Option, Sheet, Words
from service.web.i18n import pgettext

Schema = Mapping[str, Any]
FEW = 6
"""Up to so many answers stand open; more go into a list to unfold."""

LONG = 500
"""From so many characters on a text gets several lines."""

CODE = 20
"""Up to so many characters a text is taken for a letter or a key."""

CHOICES = "x-choices"
"""The keyword with which a form offers a list of the workspace (service.forms.choices)."""

_WIDGETS: dict[str, Kind] = {
    "list": "list",  # ours: rows in an order that matters, though there is a list to choose from
    "radio": "radio",
    "outline": "radio",  # ours: a choice that weighs
    "select": "select",
    "textarea": "textarea",
    "checkboxes": "checkboxes",
    "file": "file",
    "date": "date",
    "datetime": "datetime",
    "date-time": "datetime",
    "checkbox": "boolean",
}
_FORMATS: dict[str, Kind] = {"date": "date", "date-time": "datetime", "data-url": "file"}


def _listed(schema: Any) -> bool:
    """Whether a list of the workspace is offered for a value."""
    return isinstance(schema, Mapping) and isinstance(schema.get(CHOICES), str)


def setting(ui: Mapping[str, Any], name: str) -> Any:
    """A `ui:` key, or the same under `ui:options`."""
    return ui.get(f"ui:{name}", ui.get("ui:options", {}).get(name))


def type_of(schema: Schema) -> str:
    """The type of a value, by its name or by what the schema says of it; the first one of several."""
    named = schema.get("type")
    if isinstance(named, str):
        return named
    if isinstance(named, Sequence):
        return next((name for name in named if name != "null"), "string")
    if "properties" in schema:
        return "object"
    if "items" in schema:
        return "array"
    return "boolean" if isinstance(schema.get("const"), bool) else "string"


def kind_of(schema: Schema, ui: Mapping[str, Any]) -> Kind:
    """The kind of field for a value."""
    if schema.get("readOnly"):
        return "fixed"
    widget = _WIDGETS.get(str(setting(ui, "widget")))
    match type_of(schema):
        case "object":
            return "group"
        case "array":
            items = schema.get("items", {})
            many = offered(items) is not None or _listed(items) or setting(ui, "optionsFrom")
            return "checkboxes" if (many and widget != "list") or widget == "checkboxes" else "list"
        case "boolean":
            return widget if widget in ("radio", "select") else "boolean"
    return _simple(schema, ui, widget)


def _simple(schema: Schema, ui: Mapping[str, Any], widget: Kind | None) -> Kind:
    """The kind of field for a text or a number."""
    answers = offered(schema)
    if answers is not None or _listed(schema) or setting(ui, "optionsFrom"):
        few = widget is None and len(answers or ()) in range(1, FEW + 1)
        return "radio" if few or widget == "radio" else "select"
    if "const" in schema:
        return "fixed"
    if type_of(schema) in ("number", "integer"):
        return "number"
    usual: Kind = "textarea" if schema.get("maxLength", 0) >= LONG else "text"
    return (widget if widget != "list" else None) or _FORMATS.get(str(schema.get("format"))) or usual


def offered(schema: Any) -> list[tuple[Any, str, str, str]] | None:
    """The answers that a schema lists: value, title, description, where they stand in it. None: it lists none."""
    if not isinstance(schema, Mapping):
        return None
    if "enum" in schema:
        return [(value, str(value), "", "") for value in schema["enum"]]
    for word in ("oneOf", "anyOf"):
        parts = schema.get(word)
        if parts and all(isinstance(part, Mapping) and "const" in part for part in parts):
            return [
                (part["const"], part.get("title", str(part["const"])), part.get("description", ""), f"/{word}/{number}")
                for number, part in enumerate(parts)
                if offering.offers(part)
            ]
    return None


def options(
    sheet: Sheet, schema: Schema, place: str, ui: Mapping[str, Any], data: Mapping[str, Any]
) -> list[tuple[Any, Option]]:
    """The answers to choose from, each with its value: of a list of the workspace (`x-choices`), of the case's data
    (`optionsFrom`), of the schema, or yes and no."""
    if _listed(schema):
        return [(answer, Option(answer, Words(label))) for answer, label in sheet.lists.get(schema[CHOICES], ())]
    if source := setting(ui, "optionsFrom"):
        value, label = setting(ui, "optionValue") or "value", setting(ui, "optionLabel") or "label"
        found = [(item.get(value), Words(str(item.get(label, item.get(value))))) for item in _data(data, source)]
        return [(answer, Option(key(answer), words)) for answer, words in found]
    if type_of(schema) == "boolean" and offered(schema) is None:
        yes_no = ((True, pgettext("answer", "Yes")), (False, pgettext("answer", "No")))
        return [(answer, Option(key(answer), Words(said))) for answer, said in yes_no]
    return [
        (
            value,
            Option(
                key(value),
                sheet.in_schema(f"{place}{inner}/title", title) if inner else Words(title, sheet.source),
                sheet.in_schema(f"{place}{inner}/description", description) if description else None,
            ),
        )
        for value, title, description, inner in offered(schema) or ()
    ]


def key(value: Any) -> str:
    """What the browser sends for an answer that is chosen."""
    return value if isinstance(value, str) else json.dumps(value)


def seals(schema: Schema, kind: Kind) -> bool:
    """Whether the answer is kept sealed: as the form says, else free text and files are."""
    said = schema.get("x-sealed")
    if isinstance(said, bool):
        return said
    if kind == "file":
        return True
    return kind in ("text", "textarea") and schema.get("format") not in FIXED_FORMATS


def kept_open(schema: Schema, kind: Kind) -> bool:
    """Whether the answer is words of one's own that the form does not seal: it stands in the record for good. What is
    written after a pattern, or is as short as a letter or a key, is no words."""
    free = kind in ("text", "textarea") and schema.get("x-sealed") is False and "pattern" not in schema
    return free and bool(schema.get("maxLength", LONG) > CODE)


def _data(data: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    found: Any = data
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return [item if isinstance(item, Mapping) else {"value": item} for item in found or ()]
