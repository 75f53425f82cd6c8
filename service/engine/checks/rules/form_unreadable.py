"""A form is a JSON object of bounded size and depth that refers to nothing outside itself, and whose fields can be answered."""

import json
from collections.abc import Iterator
from typing import Any

from service.domain.fields import nameable
from service.domain.sentences import say
from service.engine.checks.view import BundleView, Found

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def find(view: BundleView) -> Iterator[Found]:
    """The forms of the bundle that cannot be used, with the place (a JSON pointer) where there is one."""
    for name in view.bundle.manifest.forms:
        data = view.bundle.files.get(name)
        message = None if data is None else _fault(data)
        if message:
            yield Found(None, message, file=name)


def _fault(data: bytes) -> str | None:
    if len(data) > MAX_BYTES:
        return say(
            "The form is %(count)s bytes; at most %(most)s can be shown. Split it.", count=len(data), most=MAX_BYTES
        )
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return say("The form is not JSON. Check it in an editor.")
    if not isinstance(content, dict):
        return say("The form must be a JSON object (a JSON Schema).")
    return next(_faults(content), None)


def _faults(content: dict[str, Any]) -> Iterator[str]:
    """What is wrong within a form, as it is met."""
    pending: list[tuple[Any, str, int, bool]] = [(content, "", 1, False)]
    while pending:
        value, place, depth, fields = pending.pop()
        if depth > MAX_DEPTH:
            yield say(
                "The form is nested more than %(most)s deep (at '%(place)s'). Make it flatter.",
                most=MAX_DEPTH,
                place=place[:200],
            )
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in inner:
            if key in _REFERENCES and isinstance(item, str) and not item.startswith("#"):
                yield say(
                    "'%(place)s/%(key)s' refers to '%(to)s' outside the form, which is never fetched. Copy it in.",
                    place=place,
                    key=key,
                    to=item[:80],
                )
            if fields and isinstance(key, str) and not nameable(key):
                yield say(
                    "No field can be called '%(name)s' (at '%(place)s'): an answer to it could not be kept. "
                    "Choose another name.",
                    name=key[:80],
                    place=place[:200],
                )
            if isinstance(item, (dict, list)):
                pending.append((item, f"{place}/{key}", depth + 1, key == "properties" and not fields))
