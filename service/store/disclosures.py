"""Sealed values, and erasing them for good."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.domain.disclosures import Broken, Erased
from service.domain.record_facts import DisclosuresErased
from service.store.journal import entries
from service.store.tables import Disclosure

ERASED = "mandat.erased"
"""Set in `Session.info`: when this transaction is committed, the log that still holds what it erased is folded."""


AT_ONCE = 5_000
"""Commitments that one statement asks for; a page hardly ever needs more than one."""


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
    """What was sealed in a case and was not erased, by commitment; `Broken` where what is kept is something else."""
    return {row.commitment: row.opened for row in of_case(session, workspace_id, case_id)}


def opened(
    session: Session, workspace_id: str, commitments: Collection[str]
) -> tuple[dict[str, Any], dict[str, Erased | Broken]]:
    """What was sealed under those commitments: the values that are there, and what became of those that are not.

    Asks nothing when there are none, and looks for erasures only where something is gone.
    """
    wanted = set(commitments)
    if not wanted:
        return {}, {}
    listed = sorted(wanted)
    there: dict[str, Any] = {}
    for begin in range(0, len(listed), AT_ONCE):
        rows = some(session, workspace_id, listed[begin : begin + AT_ONCE])
        there |= {row.commitment: row.opened for row in rows}
    missing = wanted - there.keys()
    broken = {key: value for key, value in there.items() if isinstance(value, Broken)}
    erased = _erasures(session, workspace_id, missing) if missing else {}
    return {key: value for key, value in there.items() if key not in broken}, {**erased, **broken}


def _erasures(session: Session, workspace_id: str, gone: Collection[str]) -> dict[str, Erased]:
    """When and on which ground those values were erased, as the workspace's own stream tells it."""
    found: dict[str, Erased] = {}
    for entry in entries(session, workspace_id, workspace_id):
        if entry["kind"] == DisclosuresErased.KIND:
            erased = Erased(entry["at"], entry["data"]["basis"])
            found |= {it: erased for it in entry["data"]["commitments"] if it in gone}
    return found


def erase(session: Session, workspace_id: str, commitments: Collection[str]) -> None:
    """Delete what opens those commitments, so that nothing of it is left when the transaction is committed."""
    session.execute(
        delete(Disclosure).where(Disclosure.workspace_id == workspace_id, Disclosure.commitment.in_(commitments)),
        execution_options={"synchronize_session": False},
    )
    session.info[ERASED] = True
