"""Letters that rows get by themselves: a field of a row that says `"x-lettered": true` and was left empty.

a, b, c … ø, å, aa, ab …: the one after the last that is in use. A letter that a row has stays with it, so that what was
said of it elsewhere still fits.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from service.domain.schemas import Schema
from service.forms import resting
from service.forms.places import looking, places
from service.forms.schemas import parts

LETTERED = "x-lettered"
ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"


def check(schema: Schema) -> None:
    """Raise ValueError where the keyword is neither true nor false."""
    if any(part.get(LETTERED, False) not in (True, False) for part in parts(schema)):
        raise ValueError(f"{LETTERED} is true or false")


def asked(schema: Schema) -> bool:
    """Whether a form has such a field."""
    return any(part.get(LETTERED) for part in parts(schema))


def column(schema: Schema, name: str) -> str | None:
    """The field by whose letters the rows of a list of the form are known; None where they have none."""
    given = next((it for field, it in resting.fields(schema) if field == name), {}).get("items")
    items = looking(schema, [given] if given else [])
    return next((field for it in items for field, part in it.get("properties", {}).items() if _asks(part)), None)


def lettered(schema: Schema, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, with a letter in every row that asks for one and has none."""
    given = deepcopy(dict(answers))
    for place in places(schema, given):
        if isinstance(place.value, list):
            items = list(looking(schema, [it["items"] for it in place.schemas if "items" in it]))
            fields = {name for it in items for name, field in it.get("properties", {}).items() if _asks(field)}
            rows = [row for row in place.value if isinstance(row, dict)]
            for field in sorted(fields):
                _fill(rows, field)
    return given


def _fill(rows: list[dict[str, Any]], field: str) -> None:
    last = max((_number(str(row[field])) for row in rows if row.get(field)), default=0)
    for row in rows:
        if not row.get(field):
            last += 1
            row[field] = _letter(last)


def _asks(field: Any) -> bool:
    return isinstance(field, Mapping) and bool(field.get(LETTERED))


def _number(letters: str) -> int:
    """Where a letter stands: a is 1, å is 29, aa is 30; what is no letter stands nowhere."""
    number = 0
    for sign in letters:
        place = ALPHABET.find(sign)
        if place < 0:
            return 0
        number = number * len(ALPHABET) + place + 1
    return number


def _letter(number: int) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return letters
