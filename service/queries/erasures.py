"""Erasures: those that were asked for, one of them with its certificate, and all that were carried out."""

from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.erasures import ErasureNotFound, Listed
from service.domain.journal import instant
from service.queries.log import inclusions
from service.runtime.views import when
from service.store import disclosures, people
from service.store import erasures as store
from service.store.db import reading
from service.store.tables import Erasure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def done() -> list[Listed]:
    """Every erasure of every workspace that was carried out."""
    with reading() as session:
        return [
            Listed(
                row.workspace_id,
                row.id,
                instant(row.decided_at),
                row.basis,
                row.wanted,
                row.requested_by,
                row.decided_by or "",
            )
            for row in store.every(session, state="done")
            if row.decided_at is not None
        ]


def listed(actor: Actor) -> list[dict[str, Any]]:
    """The erasures of the workspace, the newest first: for who administers it and for auditors; to others there are none,
    `ErasureNotFound`."""
    if not actor.audits:
        raise ErasureNotFound
    with reading() as session:
        rows = store.every(session, actor.workspace_id)
        names = people.names(session, actor.workspace_id, {it for row in rows for it in _deciders(row)})
        return [_told(row, names) for row in rows]


def one(actor: Actor, erasure_id: str) -> dict[str, Any]:
    """One erasure, with the words of who asked for it, and when it was carried out where the journal says so and how that
    is proved: `proof` is its place in the log and the checkpoint that covers it, None while that is not signed.

    Raises `ErasureNotFound`.
    """
    if not actor.audits:
        raise ErasureNotFound
    with reading() as session:
        row = store.erasure(session, actor.workspace_id, erasure_id)
        if row is None:
            raise ErasureNotFound
        names = people.names(session, actor.workspace_id, _deciders(row))
        told = _told(row, names) | {"reason": _reason(session, row)}
    if row.entry is None:
        return told | {"proof": None}
    (proof,) = inclusions(row.workspace_id, [(row.workspace_id, row.entry)])
    return told | {"proof": proof}


def certificate(actor: Actor, erasure_id: str) -> dict[str, Any]:
    """What was erased, when, on which ground, who asked and who approved, and where the journal and the log say so, as JSON
    values; no value, no name and no reason. Raises `ErasureNotFound`, also while it has not been carried out."""
    found = one(actor, erasure_id)
    if found["state"] != "done":
        raise ErasureNotFound
    proof = found["proof"]
    keys = ("id", "basis", "commitments", "documents", "people", "requested_by", "requested_at", "decided_by")
    return {
        "certificate": "erasure",
        "workspace": actor.workspace_id,
        **{key: found[key] for key in keys},
        "erased_at": found["decided_at"],
        "removed": found["removed"],
        "journal": {"stream": actor.workspace_id, "seq": found["entry"]},
        "log": None
        if proof is None
        else {
            "leaf": proof.leaf,
            "size": proof.size,
            "checkpoint": proof.note,
            "path": [it.hex() for it in proof.path],
        },
    }


def _told(row: Erasure, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "basis": row.basis,
        "commitments": row.commitments,
        "documents": row.documents,
        "people": row.people,
        "requested_by": row.requested_by,
        "requested_name": names.get(row.requested_by),
        "requested_at": when(row.requested_at),
        "decided_by": row.decided_by,
        "decided_name": names.get(row.decided_by or ""),
        "decided_at": when(row.decided_at),
        "entry": row.entry,
        "removed": row.removed,
    }


def _deciders(row: Erasure) -> set[str]:
    return {row.requested_by, *([row.decided_by] if row.decided_by else [])}


def _reason(session: "Session", row: Erasure) -> str | None:
    """The words of who asked; None where they were erased in their turn, or are not what she wrote."""
    found = disclosures.some(session, row.workspace_id, [row.reason])
    opened = found[0].opened if found else None
    return opened if isinstance(opened, str) else None
