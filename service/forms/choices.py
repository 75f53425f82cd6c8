"""Answers that are one of a list which the workspace keeps, and no schema can: `"x-choices": "targets.in_force"`.

It stands on a text, or on the items of a list. The name is one of `service.operations.choices`; what is on the list at
the moment of the answer is offered, and nothing else is taken.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.schemas import Schema
from service.forms.places import Place, places
from service.forms.schemas import parts

CHOICES = "x-choices"


def check(schema: Schema) -> None:
    """Raise ValueError where the keyword does not name a list."""
    for part in parts(schema):
        if not isinstance(part.get(CHOICES, "x"), str) or not part.get(CHOICES, "x"):
            raise ValueError(f"{CHOICES} is the name of a list")


def named(schema: Schema) -> frozenset[str]:
    """The lists that a form asks for."""
    return frozenset(part[CHOICES] for part in parts(schema) if CHOICES in part)


def chosen(schema: Schema, answers: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every answer that must be on a list, and the list's name."""
    for place in places(schema, answers):
        for name in dict.fromkeys(it[CHOICES] for it in place.schemas if CHOICES in it):
            if isinstance(place.value, str):
                yield place, name
