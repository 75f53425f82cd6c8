"""Hearings: internal with the members, and in the trade; both are closed before a target is adopted (A05, P35, P36)."""

from collections.abc import Iterable
from typing import Literal, Protocol, get_args

from service.domain.record_errors import HearingAlreadyExtended, HearingClosed, HearingHasOpenObjection

Kind = Literal["internal", "trade"]
State = Literal["none", "open", "closed"]
Outcome = Literal["closed", "closed with objection", "no response", "heard again"]
"""`heard again`: the draft changed so much that another hearing took its place."""

ObjectionOutcome = Literal["none", "answered", "upheld"]
Treatment = Literal["accepted", "partly", "rejected"]
Position = Literal["support", "remarks", "opposed", "none"]

KINDS: tuple[str, ...] = get_args(Kind)
TREATMENTS: tuple[str, ...] = get_args(Treatment)
POSITIONS: tuple[str, ...] = get_args(Position)
OBJECTION_OUTCOMES: tuple[str, ...] = get_args(ObjectionOutcome)


class Hearing(Protocol):
    """What the rules need to know of a hearing."""

    kind: str
    extended: bool
    objections: int
    objection_outcome: str

    @property
    def closed(self) -> bool:
        """Whether it takes no more answers."""


def state(hearings: Iterable[Hearing], kind: str) -> State:
    """Where the hearings of one kind about one draft stand: the last of them counts."""
    found = [hearing for hearing in hearings if hearing.kind == kind]
    if not found:
        return "none"
    return "closed" if found[-1].closed else "open"


def unanswered(hearings: Iterable[Hearing]) -> int:
    """Formal objections that nobody has answered: they bar adoption."""
    return sum(hearing.objections for hearing in hearings if hearing.objection_outcome == "none")


def check_open(hearing: Hearing) -> None:
    """Raise `HearingClosed` where a hearing takes no more answers."""
    if hearing.closed:
        raise HearingClosed


def check_extension(hearing: Hearing) -> None:
    """Raise `HearingAlreadyExtended` at the second extension: one is given where nobody answered (A05)."""
    check_open(hearing)
    if hearing.extended:
        raise HearingAlreadyExtended


def check_answered(objections: int, objection_outcome: str) -> None:
    """Raise `HearingHasOpenObjection` while a formal objection has no answer."""
    if objections and objection_outcome == "none":
        raise HearingHasOpenObjection(count=objections)


def outcome(*, answers: int, objections: int, objection_outcome: str) -> Outcome:
    """How a hearing ends. Raises `HearingHasOpenObjection` while a formal objection has no answer."""
    check_answered(objections, objection_outcome)
    if objections:
        return "closed with objection"
    return "closed" if answers else "no response"
