"""The field of a start form whose answer the case is told by, where nobody gave it a number: `"x-names-case": true`.

A case is then found and shown by it, so it is nothing personal: a target's key, a measure's number. Beside it a text may say
`"x-again": true`: in it stands why a case begins while another of that process with the same answer runs. It is needed then,
and only then.
"""

from collections.abc import Mapping
from typing import Any

from service.forms.resting import fields
from service.forms.schemas import Schema

NAMES, AGAIN = "x-names-case", "x-again"


def check(schema: Schema) -> None:
    """Raise ValueError unless the keyword is true or false, and stands on one text at most that is not sealed."""
    said = [field for _, field in fields(schema) if field.get(NAMES, False) is not False]
    if len(said) > 1 or any(field[NAMES] is not True or field.get("x-sealed") is not False for field in said):
        raise ValueError(f'{NAMES} is true for one field, which says "x-sealed": false')
    why = [field for _, field in fields(schema) if field.get(AGAIN, False) is not False]
    if len(why) > len(said) or any(field[AGAIN] is not True or field.get("type") != "string" for field in why):
        raise ValueError(f"{AGAIN} is true for one text, beside a field that says {NAMES}")


def name(schema: Schema, answers: Mapping[str, Any]) -> str | None:
    """What the answers call the case; None where no field does."""
    found = (answers.get(field) for field, part in fields(schema) if part.get(NAMES))
    return next((it for it in found if isinstance(it, str) and it), None)


def again(schema: Schema) -> tuple[str, str] | None:
    """The field that names the case, and the one in which to say why there is another of that name; None where a form does
    not ask."""
    named = next((field for field, part in fields(schema) if part.get(NAMES)), None)
    why = next((field for field, part in fields(schema) if part.get(AGAIN)), None)
    return None if named is None or why is None else (named, why)
