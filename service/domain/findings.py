"""What a check says about a diagram: one sentence, the element, the way there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


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
