"""Sealed values, and erasing them for good."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.store.tables import Disclosure

ERASED = "mandat.erased"
"""Set in `Session.info`: when this transaction is committed, the log that still holds what it erased is folded."""


def some(session: Session, workspace_id: str, commitments: Collection[str]) -> Sequence[Disclosure]:
    """What opens those commitments, as far as it is there."""
    statement = select(Disclosure).where(
        Disclosure.workspace_id == workspace_id, Disclosure.commitment.in_(commitments)
    )
    return session.scalars(statement.order_by(Disclosure.commitment)).all()


def of_case(session: Session, workspace_id: str, case_id: str) -> Sequence[Disclosure]:
    """Everything sealed in a case, the oldest first."""
    statement = select(Disclosure).where(Disclosure.workspace_id == workspace_id, Disclosure.case_id == case_id)
    return session.scalars(statement.order_by(Disclosure.sealed_at, Disclosure.commitment)).all()


def values(session: Session, workspace_id: str, case_id: str) -> dict[str, Any]:
    """What was sealed in a case and was not erased, by commitment."""
    return {row.commitment: json.loads(row.value) for row in of_case(session, workspace_id, case_id)}


def erase(session: Session, workspace_id: str, commitments: Collection[str]) -> None:
    """Delete what opens those commitments, so that nothing of it is left when the transaction is committed."""
    session.execute(
        delete(Disclosure).where(Disclosure.workspace_id == workspace_id, Disclosure.commitment.in_(commitments)),
        execution_options={"synchronize_session": False},
    )
    session.info[ERASED] = True
