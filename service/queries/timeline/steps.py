"""A case's journal as steps: each thing that somebody or the clock did, with all that followed from it at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Entry = Mapping[str, Any]

ALONE = frozenset(
    {"task.claimed", "task.released", "task.assigned", "task.answered", "incident.opened", "incident.tried"}
    | {"case.suspended", "case.resumed", "case.cancelled"}
)
"""What people do to a task or to a whole case, and a step that failed: nothing follows from these."""

ALONG = frozenset({"mail.queued", "notice.queued"})
"""What is never a step of its own: who is told of one."""

ASIDE = frozenset({"case.read", "case.exported", "case.closed_off", "case.opened_up"})
"""What is no step of the life of a case: who looked at it or took it home, and who may look."""


@dataclass(slots=True)
class Step:
    """One step, counted from 1: the entry that began it, and the entries that followed in the same transaction."""

    number: int
    cause: Entry
    follow: list[Entry] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of what began it."""
        kind: str = self.cause["kind"]
        return kind

    @property
    def decides(self) -> bool:
        """Whether a decision table was asked, or a gateway chose its way by conditions."""
        return any(entry["kind"] == "evaluation.made" for entry in self.follow)

    def entries(self, kind: str) -> list[Mapping[str, Any]]:
        """What its entries of that kind tell, the cause included."""
        return [entry["data"] for entry in (self.cause, *self.follow) if entry["kind"] == kind]


def steps_of(entries: Iterable[Entry]) -> list[Step]:
    """The entries of a case's stream, in order, as steps. Looking at a case is none: it moves nothing, not even the end."""
    steps: list[Step] = []
    aside = False
    for entry in entries:
        aside = entry["kind"] in ASIDE or (aside and entry["kind"] in ALONG)
        if aside:
            continue
        if steps and _follows(steps[-1].cause, entry):
            steps[-1].follow.append(entry)
        else:
            steps.append(Step(len(steps) + 1, entry))
    return steps


def _follows(cause: Entry, entry: Entry) -> bool:
    """Whether an entry came of a step: nothing but a move has consequences, and they are of the same moment."""
    if entry["kind"] in ALONG:
        return True
    if "state" not in cause["data"] or "state" in entry["data"] or entry["kind"] in ALONE:
        return False
    return bool(entry["at"] == cause["at"] and entry["actor"] == cause["actor"])
