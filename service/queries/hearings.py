"""Hearings of a case, with who was asked and what they said."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.disclosures import spelled
from service.domain.errors import CaseNotFound
from service.runtime.views import when
from service.store import cases, disclosures, people, tasks
from service.store import hearings as store
from service.store.db import reading
from service.store.tables import Hearing, HearingResponse

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def of_case(actor: Actor, case_id: str) -> list[dict[str, Any]]:
    """The hearings of a case, the oldest first, with their responses. Raises `CaseNotFound`.

    What was sealed is opened for who may read the case; what was erased says so. `waiting` are the names of those who
    were asked and have not answered.
    """
    with reading() as session:
        if cases.case(session, actor.workspace_id, case_id) is None or not may_read(actor, case_id):
            raise CaseNotFound
        rows = store.of_case(session, actor.workspace_id, case_id)
        return told(session, actor.workspace_id, case_id, rows)


def told(session: "Session", workspace_id: str, case_id: str, rows: Sequence[Hearing]) -> list[dict[str, Any]]:
    """Some hearings of a case as `of_case` tells them."""
    values = disclosures.values(session, workspace_id, case_id) if rows else {}
    found = [(row, store.responses(session, workspace_id, row.id)) for row in rows]
    by = {it.recorded_by for _, responses in found for it in responses if it.recorded_by}
    names = people.names(session, workspace_id, by)
    given = {it.task_id for _, responses in found for it in responses if it.task_id}
    own = {it.id: it.candidate_organisation_id for it in tasks.some(session, workspace_id, sorted(given))}
    return [_shown(row, responses, values, names, own) for row, responses in found]


def _shown(
    row: Hearing,
    responses: Sequence[HearingResponse],
    values: Mapping[str, Any],
    names: Mapping[str, str],
    own: Mapping[str, str | None],
) -> dict[str, Any]:
    """`own` are the organisations that tasks were for, by the id of the task."""
    answered = {it.organisation_id for it in responses}
    called = {it["organisation"]: it["name"] for it in row.invited}
    return {
        "id": row.id,
        "kind": row.kind,
        "round": row.round,
        "draft_digest": row.draft_digest,
        "invited": [{"organisation": key, "name": name} for key, name in called.items()],
        "opened_at": when(row.opened_at),
        "due_on": row.due_on.isoformat(),
        "extended": row.extended,
        "closed_at": when(row.closed_at),
        "outcome": row.outcome,
        "answers": row.answers,
        "objections": row.objections,
        "objection_outcome": row.objection_outcome,
        "treatments": [_opened(it, values) for it in row.treatments],
        "responses": [
            _response(it, values)
            | {
                "name": called.get(it.organisation_id or "", it.respondent),
                "by": names.get(it.recorded_by or ""),
                "own": it.organisation_id is not None and own.get(it.task_id or "") == it.organisation_id,
                "itself": it.recorded_by not in (None, *names),
            }
            for it in responses
        ],
        "waiting": [name for organisation, name in called.items() if organisation not in answered],
    }


def _response(row: HearingResponse, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "organisation": row.organisation_id,
        "respondent": row.respondent,
        "position": row.position,
        "objection": row.objection,
        "late": row.late,
        "points": [_opened(it, values) for it in row.points],
        "received_at": when(row.received_at),
        "document": row.document_id,
    }


def _opened(point: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A point with its sealed texts opened; an erased one is `{"erased": true}`, one that is not what was sealed
    `{"broken": true}`."""

    def text(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return spelled(values.get(value["sealed"], {"erased": True}))

    return {name: text(value) for name, value in point.items()}
