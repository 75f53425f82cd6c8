"""A form is a JSON object of bounded size and depth that refers to nothing outside itself."""

import json
from collections.abc import Iterator
from typing import Any

from service.engine.checks.view import BundleView, Fault

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def find(view: BundleView) -> Iterator[Fault]:
    """The forms of the bundle that cannot be used, with the place (a JSON pointer) where there is one."""
    for name in view.bundle.manifest.forms:
        data = view.bundle.files.get(name)
        message = None if data is None else _fault(data)
        if message:
            yield Fault(None, f"{message}", file=name)


def _fault(data: bytes) -> str | None:
    if len(data) > MAX_BYTES:
        return f"The form is {len(data):,} bytes; at most {MAX_BYTES:,} can be shown. Split it."
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return "The form is not JSON. Check it in an editor."
    if not isinstance(content, dict):
        return "The form must be a JSON object (a JSON Schema)."
    pending: list[tuple[Any, str, int]] = [(content, "", 1)]
    while pending:
        value, place, depth = pending.pop()
        if depth > MAX_DEPTH:
            return f"The form is nested more than {MAX_DEPTH} deep (at '{place[:200]}'). Make it flatter."
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in inner:
            if key in _REFERENCES and isinstance(item, str) and not item.startswith("#"):
                return f"'{place}/{key}' refers to '{item[:80]}' outside the form, which is never fetched. Copy it in."
            if isinstance(item, (dict, list)):
                pending.append((item, f"{place}/{key}", depth + 1))
    return None
