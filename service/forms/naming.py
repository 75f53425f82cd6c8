"""The field of a start form whose answer the case is told by, where nobody gave it a number: `"x-names-case": true`.

A case is then found and shown by it, so it is nothing personal: a target's key, a measure's number.
"""

from collections.abc import Mapping
from typing import Any

from service.forms.resting import fields
from service.forms.schemas import Schema

NAMES = "x-names-case"


def check(schema: Schema) -> None:
    """Raise ValueError unless the keyword is true or false, and stands on one text at most that is not sealed."""
    said = [field for _, field in fields(schema) if field.get(NAMES, False) is not False]
    if len(said) > 1 or any(field[NAMES] is not True or field.get("x-sealed") is not False for field in said):
        raise ValueError(f'{NAMES} is true for one field, which says "x-sealed": false')


def name(schema: Schema, answers: Mapping[str, Any]) -> str | None:
    """What the answers call the case; None where no field does."""
    found = (answers.get(field) for field, part in fields(schema) if part.get(NAMES))
    return next((it for it in found if isinstance(it, str) and it), None)
