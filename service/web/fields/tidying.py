"""A form's `ui:` file is text from outside that nothing else checks: what cannot be used is left out here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEPEST = 24
_TEXTS = ("widget", "help", "description", "title", "optionsFrom", "optionValue", "optionLabel")


def tidy(ui: Any, depth: int = 0) -> dict[str, Any]:
    """The file with only what can be used: fields are objects, texts are texts, orders are lists of names."""
    if not isinstance(ui, Mapping) or depth > DEEPEST:
        return {}
    kept: dict[str, Any] = {}
    for key, value in ui.items():
        if key == "ui:options":
            kept[key] = _settings(value) if isinstance(value, Mapping) else {}
        elif key.startswith("ui:"):
            kept |= {f"ui:{name}": inner for name, inner in _settings({key[3:]: value}).items()}
        else:
            kept[key] = tidy(value, depth + 1)
    return kept


def _settings(given: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {name: value for name, value in given.items() if name in _TEXTS and isinstance(value, str)}
    order, rows = given.get("order"), given.get("rows")
    if isinstance(order, list):
        kept["order"] = [name for name in order if isinstance(name, str)]
    if isinstance(rows, int) and 1 <= rows <= 40:
        kept["rows"] = rows
    return kept
