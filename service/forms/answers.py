"""What any answers must be, whatever form they are for: bounded, and such that variables hold them exactly."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from service.domain.errors import AnswersRefused, Fault
from service.domain.fields import nameable, writable
from service.forms.pointers import escape

MOST_BYTES, DEEPEST, MOST_VALUES = 262_144, 16, 5_000
MOST_EXACT = 2**53


def admit(answers: Any) -> None:
    """Raise `AnswersRefused` unless this is an object that variables can hold.

    Checked: size and depth, keys, and that numbers and texts can be kept exactly as they are.
    """
    if not isinstance(answers, dict):
        raise AnswersRefused([Fault("", "Answers are an object: a value for each field.", "type")])
    faults = list(_unfit(answers, "", 1, [MOST_VALUES]))
    if not faults and len(json.dumps(answers, ensure_ascii=False).encode()) > MOST_BYTES:
        faults = [Fault("", f"The answers are larger than {MOST_BYTES:,} bytes.", "size")]
    if faults:
        raise AnswersRefused(faults)


def ids_in(value: Any) -> Iterator[str]:
    """Every id that stands in answers, however deep: of an organisation, of a person, of a file."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)
    elif isinstance(value, str) and is_id(value):
        yield value


def is_id(text: str) -> bool:
    """Whether a text is an id of ours: a UUID in its usual writing."""
    try:
        return len(text) == 36 and str(UUID(text)) == text
    except ValueError:
        return False


def _unfit(value: Any, pointer: str, depth: int, left: list[int]) -> Iterator[Fault]:
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        if left[0] >= -1:  # said once
            yield Fault(pointer, f"At most {MOST_VALUES:,} values in {DEEPEST} levels can be taken.", "size")
        return
    match value:
        case dict():
            for name, item in value.items():
                where = f"{pointer}/{escape(name)}"
                if not nameable(name):
                    yield Fault(where, "A field cannot be called that.", "name")
                else:
                    yield from _unfit(item, where, depth + 1, left)
        case list():
            for place, item in enumerate(value):
                yield from _unfit(item, f"{pointer}/{place}", depth + 1, left)
        case str() if not writable(value):
            yield Fault(pointer, "The text holds characters that cannot be kept.", "text")
        case int() | float() if not math.isfinite(value) or abs(value) >= MOST_EXACT:
            yield Fault(pointer, "The number is too large to be kept exactly.", "number")
