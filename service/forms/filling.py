"""Fields that the service fills in, and nobody who answers: those that say `"readOnly": true`, as JSON Schema has it.

With `x-from` such a field carries on a variable of the case as it was written, or a part of one, `remark.remark`. With
`x-differs` it is a list of letters: of the rows in which a list of the form differs from a variable.

    "changed": {"type": "array", "items": {"type": "string"}, "readOnly": true,
                "x-differs": {"rows": "requirements", "since": "heard"}}

What somebody sends for such a field counts for nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema
from service.forms import lettering, resting

DIFFERS, FIXED = "x-differs", "readOnly"
NOTHING: tuple[Any, ...] = (None, "", [], {})

Known = Callable[[str], Any]
"""What the case holds under the name of a variable, opened; None where it holds nothing."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A list of the form, and the variable that it is held against; the letters of its rows stand in `column`."""

    rows: str
    since: str
    column: str

    def letters(self, before: Any, now: Any) -> list[str]:
        """The rows that differ, by their letters: those that are new or changed, in their order, then those that are
        gone. A part that was left empty is one that is not there."""
        was, stands = (
            {str(row.get(self.column)): {name: it for name, it in row.items() if it not in NOTHING} for row in rows}
            for rows in (_rows(before), _rows(now))
        )
        return [letter for letter in {**stands, **was} if was.get(letter) != stands.get(letter)]


def check(schema: Schema) -> None:
    """Raise ValueError where `x-differs` does not name a list of lettered rows and a variable, in a field nobody fills in."""
    for name, field in resting.fields(schema):
        said = field.get(DIFFERS)
        if said is None:
            continue
        named = isinstance(said, Mapping) and said.keys() == {"rows", "since"}
        if not named or not field.get(FIXED) or lettering.column(schema, str(said["rows"])) is None:
            raise ValueError(
                f"{DIFFERS} of “{name}” names a list of lettered rows and a variable, and the field is {FIXED}"
            )


def differing(schema: Schema) -> dict[str, Differing]:
    """What says of itself which rows of a list differ from what they were (`x-differs`), by the name of the field."""
    return {
        name: Differing(said["rows"], said["since"], str(lettering.column(schema, said["rows"])))
        for name, field in resting.fields(schema)
        if (said := field.get(DIFFERS)) is not None
    }


def asked(schema: Schema) -> bool:
    """Whether the service fills in anything."""
    return any(field.get(FIXED) for _, field in resting.fields(schema))


def filled(schema: Schema, answers: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The answers, with what the service fills in and nothing else in its place."""
    fixed = {name for name, field in resting.fields(schema) if field.get(FIXED)}
    carried = {name: it for name, it in resting.begun_with(schema).items() if name in fixed}
    compared = differing(schema)
    ours = carried.keys() | compared.keys()
    given = {name: it for name, it in answers.items() if name not in ours}
    found = {name: next(filter(None, (_part(known, it) for it in names)), None) for name, names in carried.items()}
    for name, it in compared.items():
        before, now = known(it.since), given.get(it.rows)
        found[name] = None if before in NOTHING or now is None else it.letters(before, now)
    return given | {name: it for name, it in found.items() if it is not None}


def _part(known: Known, name: str) -> Any:
    """A variable, or the part of one that `name.part` says."""
    variable, *path = name.split(".")
    found = known(variable)
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [it for it in value if isinstance(it, Mapping)] if isinstance(value, list) else []
