"""How an incident was resolved, as its case's journal tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from service.domain.facts import IncidentResolved
from service.domain.mending_facts import ActivitySkipped, VariablesCorrected
from service.store import journal
from service.store.tables import Incident

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Entry = Mapping[str, Any]
How = Literal["correct", "skip", "retry", "anew", "overtaken"]

FAR = 5_000
"""How many entries back it is looked for."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who resolved an incident and how: with other values for these `names`, past what failed, by another try of the same, by
    making the move anew, or by something that left nobody waiting for it."""

    by: str
    how: How
    names: tuple[str, ...] = ()


def resolved(session: "Session", row: Incident) -> Resolved | None:
    """What the journal says of the end of an incident; None while it waits, or where that is too far back."""
    entries = [] if row.resolved_at is None else journal.latest(session, row.workspace_id, row.case_id, FAR)
    end = next((n for n, it in enumerate(entries) if _is(it, row, IncidentResolved.KIND)), None)
    if end is None:
        return None
    helps = [it for it in entries[end:] if _is(it, row, VariablesCorrected.KIND, ActivitySkipped.KIND)]
    names = sorted({name for it in helps for name in it["data"].get("after", {})})
    if helps:
        skipped = any(it["kind"] == ActivitySkipped.KIND for it in helps)
        return Resolved(helps[-1]["actor"], "skip" if skipped else "correct", tuple(names))
    return Resolved(entries[end]["actor"], _how(entries[:end], entries[end], row))


def _is(entry: Entry, row: Incident, *kinds: str) -> bool:
    return entry["kind"] in kinds and entry["data"]["incident"] == row.id


def _how(before: Sequence[Entry], end: Entry, row: Incident) -> How:
    """How it ended without help: by the step before it, if that made the move at last."""
    step = next((it for it in reversed(before) if "state" in it["data"]), None)
    if step is None or step["at"] != end["at"] or row.target not in step["data"].values():
        return "overtaken"
    again = "answered_at" in step["data"] or step["actor"] != end["actor"]
    return "retry" if again else "anew"
