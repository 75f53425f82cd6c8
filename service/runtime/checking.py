"""What stands in the way of a bundle: the engine's checks, and what only the workspace knows."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from service import forms, operations
from service.domain.bundles import Bundle
from service.domain.errors import FormRefused
from service.domain.findings import Finding
from service.engine import Elsewhere, brings, check, diagrams_of, from_files, together
from service.engine.feel import FeelSyntaxError
from service.engine.model import Process
from service.runtime import definitions, fitting
from service.store import people
from service.store.deployments import decision_keys, files, newest_of_all

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def findings(session: "Session", workspace_id: str, bundle: Bundle) -> list[Finding]:
    """Everything wrong with a bundle that would be deployed now. Raises XMLRefused for a diagram that is not readable."""
    processes = [it for diagram in diagrams_of(bundle) for it in diagram.processes if it.executable]
    missing = missing_roles(session, workspace_id, processes).values()
    return [*check(bundle, **surroundings(session, workspace_id)), *unusable_forms(bundle), *missing]


def surroundings(session: "Session", workspace_id: str) -> dict[str, Any]:
    """What a check has to know of the world around a bundle: operations, processes and decisions that there are."""
    known = together(_brought(session, workspace_id, row.bundle_digest) for row in newest_of_all(session, workspace_id))
    return {
        "operations": operations.offered(),
        "in_force": definitions.calls(session, workspace_id),
        "decisions": decision_keys(session, workspace_id),
        "signatures": known.signatures,
        "tables": known.tables,
        "written": known.written,
    }


# By digest: what a bundle brings to others never changes.
_BROUGHT: OrderedDict[str, Elsewhere] = OrderedDict()
_KEPT = 512


def _brought(session: "Session", workspace_id: str, digest: str) -> Elsewhere:
    """What a deployed bundle brings to the others; read once."""
    found = _BROUGHT.get(digest)
    if found is None:
        found = _BROUGHT[digest] = brings(from_files(files(session, workspace_id, digest)))
        while len(_BROUGHT) > _KEPT:
            _BROUGHT.popitem(last=False)
    return found


def decided(session: "Session", workspace_id: str, digest: str, key: str) -> dict[str, frozenset[str] | None] | None:
    """The variables that a decision sets, each with the texts that it may be where they are known: of that bundle, else
    of those in force; None where neither has it."""
    own = _brought(session, workspace_id, digest).tables
    tables = own if key in own else surroundings(session, workspace_id)["tables"]
    return {name: it.texts for name, it in tables[key].outputs.items()} if key in tables else None


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
            form = forms.read(name, content)
        except FormRefused as error:
            found.append(Finding("form-unusable", "error", str(error), file=name))
        else:
            found += [Finding("form-unusable", "error", message, file=name) for message in _unjudgeable(form)]
    return found


def _unjudgeable(form: forms.Form) -> Iterator[str]:
    """What a form asks for with keywords of ours that nobody could judge."""
    for name in sorted(form.lists - operations.choices.LISTS.keys()):
        known = ", ".join(sorted(operations.choices.LISTS))
        yield f"The form offers the list “{name}”, which there is not. There are {known}."
    for it in forms.rereading.reread(form.schema):
        if it.reading not in operations.readings.READINGS:
            known = ", ".join(sorted(operations.readings.READINGS))
            yield f"The form reads “{it.reading}” anew, which there is not. There is {known}."
    for condition in form.conditions:
        try:
            fitting.parse(condition.that)
        except FeelSyntaxError as error:
            yield f"Condition {condition.place + 1} of the form cannot be read: {error.message}"
    for choice in forms.offering.choices(form.schema):
        try:
            fitting.parse(choice.that)
        except FeelSyntaxError as error:
            yield f"When “{choice.answer}” of {choice.field} is offered cannot be read: {error.message}"


def _place_of(process: Process, role: str) -> str:
    """The element that names a role: a lane, else the first task that asks for it."""
    lanes = (lane.id for lane in process.lanes if lane.name == role)
    tasks = (it.id for it in process.elements if it.properties.get("candidateRole") == role)
    return next(lanes, next(tasks, process.id))
