"""Procurement targets: how a version moves from proposal to the end of its life, and what adoption freezes.

A target is a record with versions. Each version has a status of its own, so that an old one stays in force while the
next is being written.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from typing import Any, Literal, TypedDict, get_args

from service.domain.record_errors import RequirementsRefused, TargetNotDecided, TargetStatusRefused, TargetVersionFrozen
from service.domain.sentences import say

Status = Literal[
    "proposed", "planned", "scanning", "drafting", "internal hearing", "trade hearing", "final proposal", "on agenda",
    "referred back", "postponed", "adopted", "awaiting publication", "in force", "editorially adjusted",
    "under revision", "interim rules", "superseded", "retired", "merged", "rejected", "withdrawn", "lapsed",
]  # fmt: skip
STATUSES: tuple[str, ...] = get_args(Status)

MOVES: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"planned", "postponed", "rejected", "merged", "withdrawn", "lapsed"}),
    "planned": frozenset({"scanning", "drafting", "postponed", "rejected", "withdrawn"}),
    "scanning": frozenset({"planned", "drafting", "postponed", "rejected", "withdrawn"}),
    "drafting": frozenset(
        {"scanning", "internal hearing", "trade hearing", "final proposal", "postponed", "rejected", "withdrawn"}
    ),
    "internal hearing": frozenset({"drafting", "trade hearing", "final proposal", "withdrawn"}),
    "trade hearing": frozenset({"drafting", "final proposal", "on agenda", "adopted", "withdrawn"}),
    "final proposal": frozenset({"drafting", "trade hearing", "on agenda", "withdrawn"}),
    "on agenda": frozenset({"adopted", "referred back", "postponed", "rejected", "trade hearing", "withdrawn"}),
    "referred back": frozenset({"drafting", "withdrawn"}),
    "postponed": frozenset({"planned", "scanning", "drafting", "on agenda", "rejected", "withdrawn"}),
    "adopted": frozenset({"awaiting publication", "in force", "editorially adjusted", "interim rules", "withdrawn"}),
    "awaiting publication": frozenset({"in force", "editorially adjusted", "withdrawn"}),
    "in force": frozenset(
        {"editorially adjusted", "under revision", "interim rules", "superseded", "retired", "merged"}
    ),
    "editorially adjusted": frozenset({"under revision", "interim rules", "superseded", "retired", "merged"}),
    "under revision": frozenset(
        {"in force", "editorially adjusted", "interim rules", "superseded", "retired", "merged"}
    ),
    "interim rules": frozenset({"in force", "under revision", "superseded", "retired", "merged"}),
    **dict.fromkeys(("superseded", "retired", "merged", "rejected", "withdrawn", "lapsed"), frozenset()),
}
"""Every move that a version may make: the one table. Staying where it is is no move, and always allowed."""

LIVE = frozenset({"in force", "editorially adjusted", "under revision", "interim rules"})
"""What members go by."""

DECIDED = frozenset({"adopted", "awaiting publication"})
OVER = frozenset(status for status, onward in MOVES.items() if not onward)
DEVELOPING = frozenset(STATUSES) - LIVE - DECIDED - OVER
UNDER_WAY = DEVELOPING | DECIDED
"""What a version may be while a case makes it: neither in force yet, nor over."""

ENDED = frozenset({"retired", "merged"})
"""How a target goes out that was in force."""

FROZEN = frozenset(STATUSES) - DEVELOPING
"""Where a version's text no longer changes: decided, in force, or over."""

PUBLIC = LIVE | ENDED | {"superseded"}
"""What anybody may read, if it was published."""

NOT_ADOPTED = say("the steering group has not adopted it")

Kind = Literal["new", "revision", "editorial", "interim"]
"""How a version came about: a new target, a full revision (c), an editorial or legal adjustment (a), interim rules (b)."""

RequirementKind = Literal["requirement", "recommendation"]
Placement = Literal["specification", "award", "selection", "contract"]

REQUIREMENT_KINDS: tuple[str, ...] = get_args(RequirementKind)
PLACEMENTS: tuple[str, ...] = get_args(Placement)

PARTS = ("kind", "text", "placement", "evidence", "exceptions", "transition_until")
"""What a requirement says under its letter, in the order in which it is told."""


class Change(TypedDict):
    """What became of one requirement: `before` is None for a new one, `after` for one that is gone.

    `parts`: which of its parts differ, where it is in both.
    """

    letter: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    parts: tuple[str, ...]


def check_move(before: str, after: str) -> None:
    """Raise `TargetStatusRefused` unless a version of status `before` may go on to `after`, or is there already."""
    if after not in STATUSES or (after != before and after not in MOVES[before]):
        raise TargetStatusRefused(before=before, after=after)


def comes_into_force_as(kind: str) -> Status:
    """The status with which a version of that kind begins to count."""
    return {"editorial": "editorially adjusted", "interim": "interim rules"}.get(kind, "in force")  # type: ignore[return-value]  # three of them


def came_as(status: str) -> Kind:
    """The kind of a version that was made elsewhere, of which only its status is known."""
    return {"editorially adjusted": "editorial", "interim rules": "interim"}.get(status, "new")  # type: ignore[return-value]  # three of them


def check_open(status: str) -> None:
    """Raise `TargetVersionFrozen` where a version's text may no longer be changed: it was decided or is over."""
    if status in FROZEN:
        raise TargetVersionFrozen(status=status)


def check_decided(outcome: str | None, *, internal: str, trade: str, objections: int) -> None:
    """Raise `TargetNotDecided` unless a version may be adopted (A05, A07).

    `outcome` is that of the last ballot about it; `internal` and `trade` are the states of its hearings (`none`,
    `open`, `closed`), `objections` the formal ones that nobody has answered.
    """
    lacking = {
        NOT_ADOPTED: outcome != "adopted",
        say("the internal hearing is not closed"): internal != "closed",
        say("the trade hearing is not closed"): trade != "closed",
        say("a formal objection waits for its answer"): objections > 0,
    }
    reasons = [reason for reason, lacks in lacking.items() if lacks]
    if reasons:
        raise TargetNotDecided(
            reason=reduce(lambda said, more: say("%(said)s; %(more)s", said=said, more=more), reasons)
        )


def check_requirements(requirements: Iterable[Mapping[str, Any]], *, least: int = 1) -> None:
    """Raise `RequirementsRefused` unless there are at least `least`, each under a letter of its own."""
    letters = [requirement["letter"] for requirement in requirements]
    twice = next((letter for letter in letters if letters.count(letter) > 1), None)
    if twice is not None:
        raise RequirementsRefused(reason=say("two of them have the letter %(letter)s", letter=twice))
    if len(letters) < least:
        raise RequirementsRefused(reason=say("there are none"))


def check_voted(outcome: str | None) -> None:
    """Raise `TargetNotDecided` unless the steering group has adopted it: interim rules and a target's end (A12)."""
    if outcome != "adopted":
        raise TargetNotDecided(reason=NOT_ADOPTED)


def check_editorial(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> None:
    """Raise `RequirementsRefused` where an adjustment without a vote changes what is obliged (A12, path a).

    Letters, kinds and placements stay; words may change.
    """

    def obliges(requirements: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
        return [(it["letter"], it["kind"], it["placement"]) for it in requirements]

    if obliges(before) != obliges(after):
        raise RequirementsRefused(reason=say("an editorial adjustment changes no letter, kind or placement"))


def check_wording(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> None:
    """Raise `RequirementsRefused` where words that were put right say something else than what was voted on (A07, A08).

    Besides letters, kinds and placements, transitions and every number in the text, the evidence and the exceptions stay.
    """
    was, now = list(before), list(after)
    check_editorial(was, now)

    def says(requirements: Iterable[Mapping[str, Any]]) -> list[tuple[str | None, list[str]]]:
        return [(it.get("transition_until"), _numbers(it)) for it in requirements]

    if says(was) != says(now):
        raise RequirementsRefused(reason=say("putting words right changes no number and no transition"))


def _numbers(requirement: Mapping[str, Any]) -> list[str]:
    """The numbers in what a requirement says, in their order."""
    return re.findall("[0-9]+", " ".join(requirement.get(part) or "" for part in ("text", "evidence", "exceptions")))


def changes(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What became of each requirement between two versions, by letter: those that are new, changed or gone.

    What stays word for word is left out. Those of the later version come first, in its order.
    """
    old = {it["letter"]: it for it in before}
    new = {it["letter"]: it for it in after}
    found: list[Change] = []
    for letter, it in new.items():
        was = old.get(letter)
        parts = tuple(part for part in PARTS if was is not None and (was.get(part) or None) != (it.get(part) or None))
        if was is None or parts:
            found.append({"letter": letter, "before": was, "after": it, "parts": parts})
    gone: list[Change] = [
        {"letter": letter, "before": was, "after": None, "parts": ()}
        for letter, was in old.items()
        if letter not in new
    ]
    return found + gone


def shown(statuses: Collection[str]) -> str:
    """The status of a target with versions of these statuses, the oldest first: of what is in force; else how it went out,
    whatever was begun beside; else of what is being made; else how the last of it ended."""
    for group in (LIVE, ENDED, DECIDED, DEVELOPING):
        found = [status for status in statuses if status in group]
        if found:
            return found[-1]
    return list(statuses)[-1]


def next_key(prefix: str, taken: Iterable[str]) -> str:
    """The next free number behind a prefix: E1, E2 … Numbers are never used again."""
    numbers = [int(match[1]) for key in taken if (match := re.fullmatch(re.escape(prefix) + r"(\d{1,6})", key))]
    return f"{prefix}{max(numbers, default=0) + 1}"
