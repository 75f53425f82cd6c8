"""Fields to type in: what stands in them, and what a typed text means. What is no date or number stays as typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from service.web import formats
from service.web.fields import numbers
from service.web.fields.kinds import type_of
from service.web.fields.model import Field, Kind
from service.web.i18n import speech

Schema = Mapping[str, Any]
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{4})")


def filled(field: Field, schema: Schema, value: Any, rows: Any) -> Field:
    """The field with that answer in it, as the browser wants it. `rows` are the lines of a text."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    match field.kind:
        case "number":
            mode = "numeric" if type_of(schema) == "integer" else "decimal"
            if isinstance(value, int | float) and not isinstance(value, bool):
                text = numbers.shown(value)
            return replace(field, value=text, attributes={"inputmode": mode, "autocomplete": "off"})
        case "datetime":
            shown = _local(text)
            return replace(field, value=shown or text, input_type="datetime-local" if shown or not text else "text")
        case "date":
            return replace(field, value=text, input_type="date" if _ISO_DATE.fullmatch(text) or not text else "text")
        case "textarea":
            return replace(field, value=text, attributes={"rows": str(rows or 4)})
    if schema.get("format") == "email":
        return replace(field, value=text, input_type="email", attributes={"autocomplete": "email"})
    return replace(field, value=text, input_type="url" if schema.get("format") == "uri" else "text")


def meant(text: str, kind: Kind, schema: Schema) -> Any:
    """The answer that a typed text is; None for an empty one."""
    text = text.replace("\r\n", "\n")
    bare = text.strip()
    if not bare:
        return None
    match kind:
        case "number":
            return numbers.typed(bare)
        case "date":
            return _date(bare)
        case "datetime":
            return _moment(bare)
        case "textarea":
            return text
    return numbers.typed(bare) if type_of(schema) in ("number", "integer") else bare


def _local(text: str) -> str:
    """A moment (ISO 8601) as `datetime-local` holds it; empty for anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    shown = formats.local(at) if at.tzinfo else at
    return shown.strftime("%Y-%m-%dT%H:%M")


def _date(text: str) -> str:
    """21.4.2026 and 21/4/2026 are days too; the day comes first in all three languages."""
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return text
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return text


def _moment(text: str) -> str:
    """What `datetime-local` sends, told in the reader's zone, with that zone's offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (at if at.tzinfo else at.replace(tzinfo=speech().zone)).isoformat(timespec="seconds")
