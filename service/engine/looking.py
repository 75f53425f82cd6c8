"""Looking at an instance at rest: what an open task sees, and what a bundle's texts say of it. Nothing is moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service.domain.calendars import Calendar
from service.engine import feel
from service.engine.fences.diagram_text import names_of
from service.engine.fences.saving import load
from service.engine.shapes import Definition
from service.engine.stepping.cache import specs_of


def variables(definition: Definition, instance_id: str, snapshot: bytes, task_id: str) -> dict[str, Any]:
    """The variables that an open task of an instance sees, those of its item among them; none for one that is gone."""
    live = load(instance_id, specs_of(definition), definition.process_key, snapshot)
    try:
        return dict(live.task(UUID(task_id)).data)
    except (KeyError, ValueError):
        return {}


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
