"""Hearings of a case, with who was asked and what they said."""

from collections.abc import Mapping
from typing import Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.runtime.views import when
from service.store import cases, disclosures
from service.store import hearings as store
from service.store.db import reading
from service.store.tables import Hearing, HearingResponse


def of_case(actor: Actor, case_id: str) -> list[dict[str, Any]]:
    """The hearings of a case, the oldest first, with their responses. Raises `CaseNotFound`.

    What was sealed is opened for who may read the case; what was erased says so.
    """
    with reading() as session:
        if cases.case(session, actor.workspace_id, case_id) is None or not may_read(actor, case_id):
            raise CaseNotFound
        values = disclosures.values(session, actor.workspace_id, case_id)
        return [
            _shown(row, values)
            | {"responses": [_response(it, values) for it in store.responses(session, actor.workspace_id, row.id)]}
            for row in store.of_case(session, actor.workspace_id, case_id)
        ]


def _shown(row: Hearing, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "round": row.round,
        "draft_digest": row.draft_digest,
        "invited": row.invited,
        "opened_at": when(row.opened_at),
        "due_on": row.due_on.isoformat(),
        "extended": row.extended,
        "closed_at": when(row.closed_at),
        "outcome": row.outcome,
        "answers": row.answers,
        "objections": row.objections,
        "objection_outcome": row.objection_outcome,
        "treatments": [_opened(it, values) for it in row.treatments],
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
    }


def _opened(point: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A point with its sealed texts opened; an erased one is `{"erased": true}`."""

    def text(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return values.get(value["sealed"], {"erased": True})

    return {name: text(value) for name, value in point.items()}
