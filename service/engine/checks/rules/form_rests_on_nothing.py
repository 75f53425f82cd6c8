"""What a form shows or begins with is written by something: a name that nothing writes would never be filled in."""

import json
from collections.abc import Iterator
from typing import Any

from service.domain.sentences import say
from service.engine.checks.names import written_in
from service.engine.checks.view import BundleView, Found

SHOWS, FROM, ROWS, DIFFERS, BESIDE, NOW = "x-shows", "x-from", "x-rows", "x-differs", "x-beside", "x-now"


def find(view: BundleView) -> Iterator[Found]:
    """Names that forms rest on and that neither this bundle nor one elsewhere writes.

    Nothing is said where the caller does not know what others write.
    """
    if view.written is None:
        return
    known = {*written_in(view), *view.written}
    for file, data in sorted(view.bundle.named(".schema.json").items()):
        here = known.union(*map(_anew, _parts(data)))
        for name in dict.fromkeys(_names(data)):
            if name.split(".")[0] not in here:
                message = say(
                    "The form rests on `%(name)s`, which nothing writes. Ask for it in a form, or set it in a script.",
                    name=name[:80],
                )
                yield Found(None, message, "warning", file=file)


def _names(data: bytes) -> Iterator[str]:
    for part in _parts(data):
        for keyword in (SHOWS, FROM, ROWS, BESIDE):
            yield from _said(part.get(keyword))
        yield from _said([part.get(DIFFERS)])
        yield from (name for it in _anew(part).values() if isinstance(it, dict) for name in _said([*it.values()]))


def _parts(data: bytes) -> Iterator[dict[str, Any]]:
    """Every object of a form, the form itself first."""
    try:
        pending: list[Any] = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    for part in pending:
        if isinstance(part, dict):
            yield part
            pending += part.values()
        elif isinstance(part, list):
            pending += part


def _anew(part: dict[str, Any]) -> dict[str, Any]:
    """What the form reads anew, by the name under which it then stands: nobody else need write that."""
    found = part.get(NOW)
    return found if isinstance(found, dict) else {}


def _said(value: Any) -> list[str]:
    """One name or several, as either keyword may give them; what else stands there is refused with the form."""
    given = value if isinstance(value, list) else [value]
    names = [name for it in given for name in (_both(it) if isinstance(it, dict) else (it,))]
    return [it for it in names if isinstance(it, str)]


def _both(it: dict[str, Any]) -> tuple[Any, ...]:
    """What is named, what goes with it, and with what it is compared: one name, or several."""
    since = it.get("since")
    return it.get("name"), it.get("with"), *(since if isinstance(since, list) else [since])
