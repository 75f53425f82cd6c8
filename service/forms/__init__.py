"""Forms: JSON Schema 2020-12 from a bundle, and the answers that people give to them.

The server is the only judge. A schema is text from outside: it is bounded in size and depth, refers to nothing but
itself, and its patterns run on RE2. An object takes only the fields that its form has.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.domain.errors import AnswersRefused, FormRefused
from service.forms import judging, schemas
from service.forms.answers import admit
from service.forms.sealing import Disclosure, Sealer, commit

__all__ = ["Disclosure", "Form", "admit", "commit", "read"]

MOST_BYTES = 65_536


@dataclass(frozen=True)
class Form:
    """A form as a bundle brought it, ready to judge answers."""

    name: str
    schema: schemas.Schema

    @cached_property
    def _judge(self) -> Any:
        return judging.judge(schemas.closed(self.schema))

    def validate(self, answers: Any) -> None:
        """Raise `AnswersRefused`, with a JSON pointer for each fault, unless the answers are what the form asks for."""
        admit(answers)
        faults = judging.faults(self._judge, answers)
        if faults:
            raise AnswersRefused(faults)

    def seal(self, answers: Mapping[str, Any], salt: Callable[[], bytes]) -> tuple[dict[str, Any], list[Disclosure]]:
        """Validated answers with a commitment in the place of every sealed value, and what opens those."""
        sealer = Sealer(self.schema, salt)
        return sealer.answers(answers), sealer.disclosures


def read(name: str, content: bytes) -> Form:
    """The form in a file of a bundle. Raises `FormRefused` with what is wrong with the file."""
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
    except ValueError as error:
        raise FormRefused(form=name, reason=str(error)) from None
    return Form(name, schema)
