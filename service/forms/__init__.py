"""Forms: JSON Schema 2020-12 from a bundle, and the answers that people give to them.

The server is the only judge. A schema is text from outside: it is bounded in size and depth, refers to nothing but
itself, and its patterns run on RE2. An object takes only the fields that its form has.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from service.domain.errors import AnswersRefused, Fault, FormRefused
from service.domain.schemas import Schema
from service.forms import choices, conditions, days, filling, lettering, naming, offering, rereading, resting, schemas
from service.forms.answers import admit
from service.forms.conditions import Condition
from service.forms.places import Place
from service.forms.sealing import Disclosure, Sealer, canonical, commit

if TYPE_CHECKING:
    from service.forms.judging import Judge

__all__ = ["Condition", "Disclosure", "Form", "Place", "admit", "canonical", "commit", "read"]

MOST_BYTES = 65_536


@dataclass(frozen=True)
class Form:
    """A form as a bundle brought it, ready to judge answers."""

    name: str
    schema: Schema

    @cached_property
    def _judge(self) -> "Judge":
        from service.forms import judging  # noqa: PLC0415 - it says why

        return judging.judge(schemas.closed(self.schema))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """What must be true of the answers together (`x-checks`)."""
        return conditions.conditions(self.schema)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its fields."""
        return frozenset(name for name, _ in resting.fields(self.schema))

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists of the workspace that it offers (`x-choices`)."""
        return choices.named(self.schema)

    @cached_property
    def _letters(self) -> bool:
        return lettering.asked(self.schema)

    @cached_property
    def _days(self) -> bool:
        return days.asked(self.schema)

    @cached_property
    def _fills(self) -> bool:
        return filling.asked(self.schema)

    def filled(self, answers: Any, known: filling.Known = lambda _: None) -> dict[str, Any]:
        """The answers with what the form adds by itself: letters (`x-lettered`), and what nobody who answers fills in
        (`readOnly`) out of what the case holds. Raises `AnswersRefused` for what is none."""
        admit(answers)
        given: dict[str, Any] = lettering.lettered(self.schema, answers) if self._letters else answers
        return filling.filled(self.schema, given, known) if self._fills else given

    def names_case(self, answers: Mapping[str, Any]) -> str | None:
        """What the answers call the case that they start (`x-names-case`)."""
        return naming.name(self.schema, answers)

    @cached_property
    def again(self) -> naming.Again | None:
        """What it asks where a case about the same is under way (`x-again`)."""
        return naming.again(self.schema)

    def faults(self, answers: Any) -> list[Fault]:
        """What is wrong with the answers by the schema, and days that no calendar reaches, by place."""
        faults = self._judge(answers)
        return faults + list(days.outside(self.schema, answers)) if self._days else faults

    def chosen(self, answers: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
        """Every answer that must be on a list of the workspace, and the list's name."""
        return choices.chosen(self.schema, answers)

    def validate(self, answers: Any) -> None:
        """Raise `AnswersRefused`, with a JSON pointer for each fault, unless the answers are what the schema asks for."""
        admit(answers)
        if faults := self.faults(answers):
            raise AnswersRefused(faults)

    def seal(self, answers: Mapping[str, Any], salt: Callable[[], bytes]) -> tuple[dict[str, Any], list[Disclosure]]:
        """Validated answers with a commitment in the place of every sealed value, and what opens those."""
        sealer = Sealer(self.schema, salt)
        return sealer.answers(answers), sealer.disclosures


def read(name: str, content: bytes) -> Form:
    """The form in a file of a bundle. Raises `FormRefused` with what is wrong with the file."""
    from service.forms import judging  # noqa: PLC0415 - it says why

    if len(content) > MOST_BYTES:
        raise FormRefused(form=name, reason=f"it is larger than {MOST_BYTES:,} bytes")
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        raise FormRefused(form=name, reason="it is not JSON") from None
    if not isinstance(schema, dict) or schemas.depth(schema) > schemas.DEEPEST:
        raise FormRefused(form=name, reason=f"it is not an object of at most {schemas.DEEPEST} levels")
    try:
        judging.check_schema(schema)
        schemas.check(schema)
        for keyword in (resting, choices, conditions, filling, lettering, naming, offering, rereading):
            keyword.check(schema)
    except ValueError as error:
        raise FormRefused(form=name, reason=str(error)) from None
    return Form(name, schema)
