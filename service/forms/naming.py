"""The field of a start form whose answer the case is told by, where nobody gave it a number: `"x-names-case": true`.

A case is then found and shown by it, so it is nothing personal: a target's key, a measure's number. Beside it a text may say
`"x-again": true`: in it stands why a case begins while another of that process with the same answer runs. It is needed then,
and only then. `"x-again": {"target-lifecycle": "revises"}` says so of cases, too, that began with that other process and gave
the answer in its field of that name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema
from service.forms.resting import fields

NAMES, AGAIN = "x-names-case", "x-again"


@dataclass(frozen=True, slots=True)
class Again:
    """What a start form asks of a second case: the field that names it, the one that says why there is another, and the
    fields of other processes that mean the same, by the process."""

    named: str
    why: str
    elsewhere: Mapping[str, str]


def check(schema: Schema) -> None:
    """Raise ValueError unless the keyword is true or false, and stands on one text at most that is not sealed."""
    said = [field for _, field in fields(schema) if field.get(NAMES, False) is not False]
    if len(said) > 1 or any(field[NAMES] is not True or field.get("x-sealed") is not False for field in said):
        raise ValueError(f'{NAMES} is true for one field, which says "x-sealed": false')
    why = [field for _, field in fields(schema) if field.get(AGAIN, False) is not False]
    if len(why) > len(said) or any(not _asks(field[AGAIN]) or field.get("type") != "string" for field in why):
        raise ValueError(
            f"{AGAIN} is true, or names fields of other processes, for one text, beside a field that says {NAMES}"
        )


def _asks(again: Any) -> bool:
    if not isinstance(again, Mapping):
        return again is True
    return bool(again) and all(isinstance(it, str) and it for pair in again.items() for it in pair)


def name(schema: Schema, answers: Mapping[str, Any]) -> str | None:
    """What the answers call the case; None where no field does."""
    found = (answers.get(field) for field, part in fields(schema) if part.get(NAMES))
    return next((it for it in found if isinstance(it, str) and it), None)


def again(schema: Schema) -> Again | None:
    """What the form asks of a second case about the same; None where it does not ask."""
    named = next((field for field, part in fields(schema) if part.get(NAMES)), None)
    why = next(((field, part[AGAIN]) for field, part in fields(schema) if part.get(AGAIN)), None)
    if named is None or why is None:
        return None
    return Again(named, why[0], why[1] if isinstance(why[1], Mapping) else {})
