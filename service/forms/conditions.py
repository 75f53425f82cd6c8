"""What must be true of several answers together, of the day or of the case: `x-checks`, a list on the form itself.

    "x-checks": [{"that": "date(meeting_on) >= today()", "field": "/meeting_on", "message": "Mødet ligger før i dag."}]

`that` is FEEL over the answers and, behind them, the variables that the task sees. Answers are refused where it is false;
where it comes to nothing, because an answer that it looks at is not given, it asks nothing. `message` is in the language
of the bundle; the others stand in `texts.<lang>.json` under `<form>#/x-checks/<place>/message`.

`{{ changed }}` in a message is what stands under that name, of the answers or the case: a text, or the texts of a list;
`{{ requirements.letter }}` is that part of each row of one.

Where `field` has a `*` in the place of a row, as `/requirements/*/letter`, `that` is asked of each row of that list, which is
`one` in it, and told at the rows of which it is false.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema

CHECKS, ROW = "x-checks", "one"
MOST = 40
_KEYS = {"that", "field", "message"}
_NAME = re.compile(r"\{\{ *(\w+(?:\.\w+)?) *\}\}")

Named = tuple[tuple[str, tuple[str, ...]], ...]
"""The names in a message, each with what stands under it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One of a form's conditions: its place among them, the expression, the field that it is told at, and the words."""

    place: int
    that: str
    field: str
    message: str

    @property
    def rule(self) -> str:
        """Its name among the rules that answers break: the pointer to it in the form."""
        return f"/{CHECKS}/{self.place}"

    def asked(self, answers: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Where it is told if it is false, and what it looks at besides the answers: once for each row where it is about
        rows."""
        before, row, behind = self.field.partition("/*")
        if not row:
            yield self.field, {}
            return
        rows = answers.get(before[1:])
        for number, one in enumerate(rows if isinstance(rows, list) else ()):
            yield f"{before}/{number}{behind}", {ROW: one}

    def named(self, known: Mapping[str, Any]) -> Named:
        """What its message names, out of what is known."""
        return tuple((name, tuple(_texts(known, name))) for name in dict.fromkeys(_NAME.findall(self.message)))


def told(message: str, named: Named, listing: Callable[[Sequence[str]], str] = ", ".join) -> str:
    """A message, in whatever language, with what stands under the names in it; `listing` puts several into one."""
    said = dict(named)
    return _NAME.sub(lambda found: listing(said.get(found[1], ())) or "–", message)


def _texts(known: Mapping[str, Any], name: str) -> Iterator[str]:
    name, _, part = name.partition(".")
    value = known.get(name)
    for it in value if isinstance(value, list) else [value]:
        found = it.get(part) if part and isinstance(it, Mapping) else it
        if isinstance(found, str):
            yield found


def check(schema: Schema) -> None:
    """Raise ValueError where the keyword is not a list of conditions about fields of the form."""
    rows = schema.get(CHECKS, [])
    if not isinstance(rows, list) or len(rows) > MOST or not all(_well_formed(row) for row in rows):
        raise ValueError(f"{CHECKS} is a list of at most {MOST} objects with the texts that, field and message")


def conditions(schema: Schema) -> tuple[Condition, ...]:
    """The conditions of a form, in its order."""
    return tuple(Condition(place, **row) for place, row in enumerate(schema.get(CHECKS, ())))


def _well_formed(row: object) -> bool:
    return (
        isinstance(row, dict)
        and row.keys() == _KEYS
        and all(isinstance(text, str) and text for text in row.values())
        and row["field"].startswith("/")
        and row["field"].count("*") == row["field"].count("/*") <= 1
    )
