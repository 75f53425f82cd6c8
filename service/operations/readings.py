"""What the records say at this moment, by the name with which a form reads it anew (`x-now`): that of the operation which
told the case before."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from service.domain import targets as rules
from service.operations.target_shapes import Standing
from service.store import targets as store
from service.store.tables import Target

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def standing(session: "Session", target: Target, case_id: str) -> Standing:
    """How a target stands, seen from a case: `making` is whether another case makes a new version of it."""
    versions = store.versions(session, target.workspace_id, target.id)
    current = store.current(versions)
    making = store.in_making(session, target.workspace_id, (it for it in versions if it.case_id != case_id))
    return {
        "status": rules.shown([version.status for version in versions]),
        "version": None if current is None else current.number,
        "making": bool(making),
        "made_in": making[-1].case_id if making else None,
    }


def target(session: "Session", workspace_id: str, case_id: str, key: Any) -> Mapping[str, Any]:
    """The same of the target of that key; nothing where there is none."""
    found = store.target(session, workspace_id, key) if isinstance(key, str) else None
    return {} if found is None else {**standing(session, found, case_id)}


READINGS: Mapping[str, Callable[["Session", str, str, Any], Mapping[str, Any]]] = {"targets.read": target}
"""Every reading by name."""


def now(session: "Session", workspace_id: str, case_id: str, name: str, about: Any) -> Mapping[str, Any]:
    """What a reading tells a case about something; nothing where there is no reading of that name."""
    return READINGS[name](session, workspace_id, case_id, about) if name in READINGS else {}
