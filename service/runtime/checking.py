"""What stands in the way of a bundle: the engine's checks, and what only the workspace knows."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from service import forms, operations
from service.domain.bundles import Bundle
from service.domain.errors import FormRefused
from service.domain.findings import Finding
from service.engine import check, diagrams_of
from service.engine.model import Process
from service.runtime import definitions
from service.store import people
from service.store.deployments import decision_keys

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def findings(session: "Session", workspace_id: str, bundle: Bundle) -> list[Finding]:
    """Everything wrong with a bundle that would be deployed now. Raises XMLRefused for a diagram that is not readable."""
    processes = [it for diagram in diagrams_of(bundle) for it in diagram.processes if it.executable]
    missing = missing_roles(session, workspace_id, processes).values()
    return [*check(bundle, **surroundings(session, workspace_id)), *unusable_forms(bundle), *missing]


def surroundings(session: "Session", workspace_id: str) -> dict[str, Any]:
    """What a check has to know of the world around a bundle: operations, processes and decisions that there are."""
    return {
        "operations": frozenset(operations.REGISTRY),
        "in_force": definitions.calls(session, workspace_id),
        "decisions": decision_keys(session, workspace_id),
    }


def missing_roles(session: "Session", workspace_id: str, processes: Iterable[Process]) -> Mapping[str, Finding]:
    """The roles that lanes and properties name and the workspace lacks, each with what to say about it."""
    drawn: dict[str, str] = {}
    for process in processes:
        for name in definitions.roles_drawn(process):
            drawn.setdefault(name, _place_of(process, name))
    known = people.matching_roles(session, workspace_id, drawn)
    return {
        name: Finding(
            "lane-without-role",
            "error",
            f"The workspace has no role “{name}”, so nobody could do its tasks. Add the role, or rename the lane.",
            element=element,
        )
        for name, element in drawn.items()
        if name not in known
    }


def unusable_forms(bundle: Bundle) -> list[Finding]:
    """The forms of a bundle that could not be shown, or whose answers could not be judged."""
    found = []
    for name, content in bundle.named(".schema.json").items():
        try:
            forms.read(name, content)
        except FormRefused as error:
            found.append(Finding("form-unusable", "error", str(error), file=name))
    return found


def _place_of(process: Process, role: str) -> str:
    """The element that names a role: a lane, else the first task that asks for it."""
    lanes = (lane.id for lane in process.lanes if lane.name == role)
    tasks = (it.id for it in process.elements if it.properties.get("candidateRole") == role)
    return next(lanes, next(tasks, process.id))
