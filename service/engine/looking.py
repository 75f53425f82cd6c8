"""Looking at an instance at rest: what an open task sees, and what a bundle's texts say of it. Nothing is moved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import zstandard

from service.domain.calendars import Calendar
from service.engine import feel
from service.engine.fences.diagram_text import names_of
from service.engine.fences.saving import load
from service.engine.shapes import Definition
from service.engine.stepping.cache import specs_of


def variables(definition: Definition, instance_id: str, snapshot: bytes, task_id: str) -> dict[str, Any]:
    """The variables that an open task of an instance sees, those of its item among them; none for one that is gone."""
    live = _loaded(definition, instance_id, snapshot)
    try:
        return {} if live is None else dict(live.task(UUID(task_id)).data)
    except (KeyError, ValueError):
        return {}


def _loaded(definition: Definition, instance_id: str, snapshot: bytes) -> Any:
    """An instance as it stands; None where what is kept of it cannot be read, which the replay of its case tells."""
    try:
        return load(instance_id, specs_of(definition), definition.process_key, snapshot)
    except (zstandard.ZstdError, ValueError, LookupError, TypeError, AttributeError):
        return None


def filled(template: str, known: Mapping[str, Any], now: datetime, calendar: Calendar) -> str | None:
    """A template of a bundle with these values in it; None where they do not fill it."""
    try:
        context = feel.Context(now, ZoneInfo(calendar.zone), calendar)
        return feel.parse_template(template, names_of(known)).render(known, context)
    except feel.FeelError:
        return None


def constants(script: str, now: datetime, calendar: Calendar) -> dict[str, Any]:
    """What the lines of a script set that ask for no variable: the same whenever it ran. Nothing, where it cannot be
    read."""
    try:
        context = feel.Context(now, ZoneInfo(calendar.zone), calendar)
        lines = feel.parse_script(script, frozenset()).statements
        return {name: it.evaluate({}, context) for name, it in lines if not it.names | it.possible}
    except feel.FeelError:
        return {}


def at_rest(snapshot: bytes) -> Any:
    """What is kept of an instance, as JSON values; the digest of bytes that nobody can read."""
    try:
        return orjson.loads(zstandard.decompress(snapshot))
    except (zstandard.ZstdError, ValueError):
        return {"sha256": sha256(snapshot).hexdigest()}


def place(rest: Mapping[str, Any], path: Sequence[str | int]) -> dict[str, str]:
    """Which element and which variable a path into what `at_rest` gives leads to, as far as it leads to one."""
    if tuple(path[:1]) != ("scopes",) or len(path) < 4 or path[2] != "tasks":
        return {}
    try:
        task = rest["scopes"][path[1]]["tasks"][path[3]]
    except LookupError:
        return {}
    found = {"element": str(task[2]).partition("#")[0]}
    if len(path) > 5 and path[4] == 5:
        found["variable"] = str(path[5])
    return found


def known(definition: Definition, instance_id: str, snapshot: bytes) -> list[tuple[str | None, dict[str, Any]]]:
    """What an instance knows wherever it stands: the element that waits, and the variables that are seen from there."""
    live = load(instance_id, specs_of(definition), definition.process_key, snapshot)
    return [
        (None if task.task_spec.element is None else task.task_spec.element.id, dict(task.data))
        for task in live.all_tasks()
        if task.is_open() and not any(child.is_open() for child in task.children)
    ]
