"""Making the move of an incident again, with the help that people give it.

Help counts for one move: what it is given stays with the incident until the move is made, and is told in the journal
behind the entry of that move, so that a replay makes it in the same way. A move that the person makes anew herself
begins without it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from service.domain.disclosures import is_sealed
from service.domain.facts import Fact
from service.domain.journal import By
from service.domain.mending_facts import ActivitySkipped, VariablesCorrected
from service.engine.model import Process
from service.engine.shapes import Correct, Definition, Move, Skip
from service.runtime import definitions, incidents, reasons
from service.runtime.advance import advance
from service.runtime.command import Work
from service.runtime.moves import from_json
from service.store import cases
from service.store.tables import Case, Incident, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Find = Callable[[str, str], Definition]


@dataclass(frozen=True, slots=True)
class Given:
    """Help as it is kept with an incident: `kind` is correct or skip."""

    kind: str
    instance: str
    activity: str | None
    reason: dict[str, str]
    by: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    flow: str | None = None

    def around(self, move: Move) -> Move:
        """The move, helped so."""
        if self.kind == "correct":
            return Correct(move, self.instance, self.activity, self.after)
        assert self.activity is not None, "what is passed over has a place"
        return Skip(move, self.instance, self.activity, self.flow)

    def fact(self, incident_id: str) -> Fact:
        """What the journal tells of it."""
        if self.kind == "correct":
            return VariablesCorrected(
                incident=incident_id,
                instance=self.instance,
                activity=self.activity,
                before=self.before,
                after=self.after,
                reason=self.reason,
            )
        return ActivitySkipped(
            incident=incident_id,
            instance=self.instance,
            activity=self.activity or "",
            flow=self.flow,
            reason=self.reason,
        )


def told(kind: str, data: Mapping[str, Any]) -> Given:
    """The help that an entry of the journal tells of."""
    return Given(
        kind="correct" if kind == VariablesCorrected.KIND else "skip",
        instance=data["instance"],
        activity=data.get("activity"),
        reason={},
        by={},
        after=dict(data.get("after", {})),
        flow=data.get("flow"),
    )


def by_whom(work: Work) -> dict[str, Any]:
    """Who helps, as it is kept with the help."""
    return asdict(work.actor.by())


def correction(work: Work, case: Case, row: Incident, values: Mapping[str, Any], reason: dict[str, str]) -> Given:
    """Other values where the move failed. What takes the place of a sealed text is sealed."""
    before = {it["name"]: it["value"] for it in row.known or () if it["there"] and not it["large"]}
    after = {
        name: reasons.seal(work, case, value, f"/{name}")
        if isinstance(value, str) and is_sealed(before.get(name))
        else value
        for name, value in values.items()
    }
    known = {name: before[name] for name in after if name in before}
    return Given("correct", row.instance_id, row.activity_id, reason, by_whom(work), known, after)


def tried(work: Work, case: Case, row: Incident, how: str, given: Given | None = None) -> Sequence[Task]:
    """Make the move of an incident again, with this help and what it was given before; gives the tasks that opened.

    Where it cannot be made, the incident says why now, and keeps the help.
    """
    helps = [*(Given(**it) for it in row.helps or ()), *([given] if given else [])]
    move: Move = from_json(row.move, partial(definitions.by_digest, work.session, work.workspace_id))
    for it in helps:
        move = it.around(move)
    active = cases.active(work.session, work.workspace_id, case.id)
    outcome = advance(work, case, active, move, by=By(**row.moved_by), again=row)
    if outcome.incident is None:
        for it in helps:
            work.record(case, [it.fact(row.id)], By(**it.by))
    else:
        row.helps = [asdict(it) for it in helps] or None
        work.record(case, [incidents.stands(row, how, given.reason if given else None)])
    return outcome.opened


def place(session: "Session", row: Incident, find: Find) -> Process | None:
    """The process in which a move failed; None where nobody can tell: what began it was never made."""
    known = next(
        (it for it in cases.instances(session, row.workspace_id, row.case_id) if it.id == row.instance_id), None
    )
    if known is not None:
        return definitions.drawn(find(known.bundle_digest, known.process_key))
    if row.bundle_digest is not None and row.process_key is not None:
        return definitions.drawn(find(row.bundle_digest, row.process_key))
    return None
