"""What is said of a process: the verdict, and each fault with a run that leads to it."""

from dataclasses import dataclass
from typing import Literal

from service.domain.findings import Step

Kind = Literal["deadlock", "left-behind", "livelock", "dead", "unbounded", "unsynchronised"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, at an element.

    `deadlock`: tokens wait there that can never go on, and nothing else can move. `left-behind`: the same, after the
    case came to an end that lies behind the element. `livelock`: the case goes on and on, and no end can be reached.
    `dead`: no run comes there. `unbounded`: tokens heap up there. `unsynchronised`: two tokens of one case may be there
    at once. `others` are the elements that the fault concerns as well: where nothing comes from any more, or what has
    been waited for. `steps` are the run, as moves of tokens; of what never happens there is none.
    """

    kind: Kind
    element: str
    others: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def trace(self) -> tuple[str, ...]:
        """The run as element ids, the element of the fault last; () where there is no run."""
        ids = [key for step in self.steps for key in step.passed]
        return (*ids, *(() if ids[-1:] == [self.element] else (self.element,))) if ids else ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a process, and its partners in the same file.

    `sound`: from wherever a case comes, an end can be reached; nothing is left behind then; every element may be come
    to; tokens never grow without bound. (Two tokens in one place at once are told as a fault, but leave it sound.)
    `undecided`: there are more markings than are looked at; faults that were found until then stand. `markings` counts
    those that were looked at.
    """

    state: Literal["sound", "unsound", "undecided"]
    faults: tuple[Fault, ...] = ()
    markings: int = 0
