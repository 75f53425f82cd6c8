"""What a check says about a diagram: one sentence, the element, the way there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Step:
    """One move of tokens in a counter-example, as an editor plays it.

    `element` takes a token from each flow of `takes` and puts one on each flow of `gives`, by `event` where it is left
    by one on its edge or behind it. `does`: it `passes` them on at once; `enters` (the token stays in it from here on),
    `leaves` it when it is done; an event on its edge `fires`, or `catches` what was thrown inside. `ends` is the
    activity or scope whose tokens vanish, all that are inside. A pool that a message begins `begins`; its id is the process's. `takes` and `gives` name message flows as well, where a
    message is read and sent; what has no flow in the drawing, such as the beginning, is not among them.
    """

    element: str
    does: Literal["begins", "passes", "enters", "leaves", "fires", "catches"]
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    event: str | None = None
    ends: str | None = None

    @property
    def passed(self) -> tuple[str, ...]:
        """The elements that the token comes to, in order."""
        at = (self.element,) if self.does in ("passes", "enters") else ()
        return at if self.event is None else (*at, self.event)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found in a bundle before anyone's case meets it.

    `rule` is the rule's key, `element` the author's element id (None: the whole file), `message` one
    sentence that says what goes wrong and what to do, `trace` the way to the fault as element ids; `steps` are the same
    way as moves of tokens, where the fault is one of soundness.
    """

    rule: str
    level: Level
    message: str
    element: str | None = None
    file: str | None = None
    trace: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop a deployment, in their order."""
    return [finding for finding in findings if finding.level == "error"]
