"""Answers that a field of the form offers only at times: `"x-only"` beside the `const` of a choice.

    {"const": "written", "title": "Ja, skriftligt", "x-only": "rules.other.written_allowed"}

It is FEEL over the variables that the task sees. Where it is false the answer is neither offered nor taken.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.schemas import Schema
from service.forms.schemas import parts

ONLY = "x-only"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that is offered at times: the field, the answer, and the expression that says when."""

    field: str
    answer: Any
    that: str


def check(schema: Schema) -> None:
    """Raise ValueError where the keyword stands anywhere but beside a choice of a field of the form itself."""
    found = [part[ONLY] for part in parts(schema) if ONLY in part]
    if not all(isinstance(it, str) and it for it in found) or len(found) != len(choices(schema)):
        raise ValueError(
            f"{ONLY} is an expression beside the const of a choice, in oneOf of a field of the form itself"
        )


def choices(schema: Schema) -> tuple[Choice, ...]:
    """The answers that are offered at times."""
    return tuple(
        Choice(name, it["const"], it[ONLY])
        for name, field in schema.get("properties", {}).items()
        if isinstance(field, Mapping)
        for it in field.get("oneOf", ())
        if isinstance(it, Mapping) and ONLY in it and "const" in it
    )


def without(schema: Schema, withheld: Collection[Choice]) -> Schema:
    """The schema, saying `"x-only": false` of those answers: each keeps its place, so that texts find it."""
    fields = dict(schema.get("properties", {}))
    for choice in withheld:
        field = fields[choice.field]
        offered = [it | {ONLY: False} if it.get("const") == choice.answer else it for it in field["oneOf"]]
        fields[choice.field] = {**field, "oneOf": offered}
    return {**schema, "properties": fields} if withheld else schema


def offers(choice: Mapping[str, Any]) -> bool:
    """Whether a choice of a schema is offered, as far as `without` has said."""
    return choice.get(ONLY) is not False
