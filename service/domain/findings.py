"""What a check says about a diagram: one sentence, the element, the way there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["error", "warning"]


class Sentence(str):
    """A sentence in English that still knows how it was put together, so that a page can say it in another language.

    `template` has `%(name)s` for each of `values`; a value may be such a sentence itself.
    """

    template: str
    values: Mapping[str, Any]


def say(template: str, **values: Any) -> Sentence:
    """The sentence that comes of a template and what is put into it. Whole numbers are written as 12,345."""
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    made = Sentence(template % shown)
    made.template, made.values = template, values
    return made


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found in a bundle before anyone's case meets it.

    `rule` is the rule's key, `element` the author's element id (None: the whole file), `message` one
    sentence that says what goes wrong and what to do, `trace` the way to the fault as element ids.
    """

    rule: str
    level: Level
    message: str
    element: str | None = None
    file: str | None = None
    trace: tuple[str, ...] = ()


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop a deployment, in their order."""
    return [finding for finding in findings if finding.level == "error"]
