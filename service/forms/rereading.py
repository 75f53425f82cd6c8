"""What a form sees as it is now, and not as the case last read it: `x-now`, of the form itself.

    "x-now": {"base": {"targets.read": "target"}}

The variable `base` then holds what that reading of the records gives at this moment about what the variable `target` names:
while the form is shown, and again when answers come. A part that the reading does not give stays as the case holds it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from service.domain.schemas import Schema

NOW = "x-now"


class Reread(NamedTuple):
    """A variable that is read anew: its name, the reading, and the variable that names what is read about."""

    name: str
    reading: str
    about: str


def check(schema: Schema) -> None:
    """Raise ValueError unless the keyword names one reading and one variable for each of its variables."""
    said = schema.get(NOW, {})
    one = isinstance(said, Mapping) and all(isinstance(it, Mapping) and len(it) == 1 for it in said.values())
    if not one or not all(isinstance(part, str) and part for it in reread(schema) for part in it):
        raise ValueError(f"{NOW} names variables, each with one reading and the variable that it is about")


def reread(schema: Schema) -> tuple[Reread, ...]:
    """What the form reads anew."""
    return tuple(Reread(name, *pair) for name, it in schema.get(NOW, {}).items() for pair in it.items())


def anew(
    schema: Schema, known: Mapping[str, Any], reading: Callable[[str, Any], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The variables with what is read anew; `reading` gives what a reading tells about something now."""
    return {**known, **dict(_found(schema, known, reading))}


def _found(
    schema: Schema, known: Mapping[str, Any], reading: Callable[[str, Any], Mapping[str, Any]]
) -> Iterator[tuple[str, Any]]:
    for it in reread(schema):
        before = known.get(it.name)
        yield it.name, {**(before if isinstance(before, Mapping) else {}), **reading(it.reading, known.get(it.about))}
