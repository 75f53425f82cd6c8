"""One incident: what failed, where, on which text and values, and whose answers wait."""

from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.disclosures import is_sealed
from service.domain.errors import DefinitionNotFound, IncidentNotFound
from service.domain.sentences import of_json
from service.domain.tasks import is_candidate
from service.engine import read
from service.engine.model import Element, Process
from service.forms import resting
from service.queries import bundled
from service.queries.matters import title_of
from service.queries.revealing import Openings, names_in
from service.queries.stopped.listing import element_of, process_of
from service.queries.texts import Text
from service.runtime import definitions, resolving, views
from service.runtime.incidents import given_at
from service.runtime.views import when
from service.store import ballots, cases, deployments, incidents, matters, people, tasks
from service.store.db import reading
from service.store.tables import Incident, Instance, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Told = dict[str, Any]
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def one(actor: Actor, incident_id: str, language: str) -> Told:
    """One incident as its page needs it. Raises `ProcessOwnerNeeded`, `IncidentNotFound`.

    `known` are the names that the text reads: a sealed value is only said to be there, for more the text cannot know,
    and while the case has votes that nobody may see, so is every value. `waits` has the answers that do, as a round of
    papers: what is sealed in them is opened for whom the task is alone, and nobody needs it to mend anything. Withheld are
    those of which the reader is not to see even that.
    """
    with reading() as session:
        here = actor.workspace_id
        row = incidents.incident(session, here, incident_id)
        if row is None or not may_read(actor, row.case_id):
            raise IncidentNotFound
        actor.must_own_processes()
        matter = matters.one(session, here, row.case_id)
        case = cases.case(session, here, row.case_id)
        assert matter is not None, "an incident belongs to a case"
        assert case is not None, "an incident belongs to a case"
        secret = any(it.secret or it.closed_at is None for it in ballots.of_case(session, here, row.case_id))
        process = _process(session, row)
        element = None if process is None or row.activity_id is None else process.element(row.activity_id)
        names = people.names(session, here, {str(it["by"]["actor"]) for it in row.helps or ()})
        return views.incident(row) | {
            "text": row.text,
            "said": row.message if row.said is None else of_json(row.said),
            "case": title_of(session, matter, here, language)[0],
            "suspended_at": when(case.suspended_at),
            "case_over": case.closed_at is not None,
            "process": process_of(session, row, language),
            "element": element_of(session, row, language),
            "element_kind": element.kind if element else None,
            "diagram": _diagram(session, row, process, language),
            "known": [_known(it, secret=secret) for it in row.known or ()],
            "secret": secret,
            "waits": _waits(session, actor, row, language, secret=secret),
            "helps": [
                {
                    "kind": it["kind"],
                    "names": sorted(it["after"]),
                    "element": _name(session, row, process, it["activity"], language),
                    "who": names.get(str(it["by"]["actor"])),
                }
                for it in row.helps or ()
            ],
            "mended": _mended(session, row),
            "ways": _ways(session, row, process, element, language),
            "may_skip": element is not None,
        }


def _mended(session: "Session", row: Incident) -> Told | None:
    """Who resolved the incident, how, and with other values for which names."""
    found = resolving.resolved(session, row)
    if found is None:
        return None
    who = people.names(session, row.workspace_id, {found.by}).get(found.by)
    return {"who": who, "how": found.how, "names": found.names}


def _process(session: "Session", row: Incident) -> Process | None:
    if row.bundle_digest is None or row.process_key is None:
        return None
    try:
        return bundled.process(session, row.workspace_id, row.bundle_digest, row.process_key)
    except DefinitionNotFound:
        return None


def _known(it: dict[str, Any], *, secret: bool) -> Told:
    shown = it["there"] and not it["large"] and not secret and not is_sealed(it["value"])
    return {
        "name": it["name"],
        "there": it["there"],
        "large": it["large"],
        "sealed": is_sealed(it["value"]),
        "shown": shown,
        "value": it["value"] if shown else None,
    }


def _name(session: "Session", row: Incident, process: Process | None, activity: str | None, language: str) -> Text:
    if process is None or activity is None or row.bundle_digest is None:
        return Text(activity or "–")
    element = process.element(activity)
    texts = bundled.texts(session, row.workspace_id, row.bundle_digest, language)
    return texts.of(activity, element.name if element else None)


def _diagram(session: "Session", row: Incident, process: Process | None, language: str) -> Told | None:
    """The drawing of the version that runs, and where on it the step failed."""
    if process is None or row.bundle_digest is None:
        return None
    return {
        "digest": row.bundle_digest,
        "file": _file(session, row, process.id),
        "labels": bundled.texts(session, row.workspace_id, row.bundle_digest, language).labels(),
        "at": row.activity_id,
    }


def _ways(
    session: "Session", row: Incident, process: Process | None, element: Element | None, language: str
) -> list[Told]:
    """Where a gateway that chooses can lead; nothing for anything else."""
    if process is None or element is None or element.kind not in CHOOSING or row.bundle_digest is None:
        return []
    texts = bundled.texts(session, row.workspace_id, row.bundle_digest, language)
    flows = [it for it in process.flows if it.id in element.outgoing]
    return [
        {
            "flow": it.id,
            "name": texts.of(it.id, it.name) if it.name or it.id in texts.said else None,
            "to": _name(session, row, process, it.target, language),
        }
        for it in flows
    ]


def _waits(session: "Session", actor: Actor, row: Incident, language: str, *, secret: bool) -> Told:
    """Who made the move that waits, when, and what she answered."""
    by = row.moved_by
    who = people.names(session, row.workspace_id, {str(by["actor"])}).get(str(by["actor"]))
    role = people.roles(session, row.workspace_id).get(by["role"], by["role"]) if by.get("role") else None
    told: Told = {"kind": row.move["kind"], "who": who, "role": role, "at": _since(row), "papers": None}
    if row.move["kind"] == "complete":
        task = tasks.task(session, row.workspace_id, row.target)
        instance = session.get(Instance, (row.workspace_id, row.move["instance_id"]))
        if task is not None and instance is not None:
            return told | _answered(session, actor, task, instance, row, language, secret=secret)
    return told


def _since(row: Incident) -> str | None:
    """When the move that waits was made: what an answer brought, when that was given."""
    return when(given_at(row) or row.opened_at)


def _answered(
    session: "Session",
    actor: Actor,
    task: Task,
    instance: Instance,
    row: Incident,
    language: str,
    *,
    secret: bool,
) -> Told:
    here, answers = row.workspace_id, row.move["answers"]
    form = bundled.form(session, here, task.bundle_digest, (task.form, task.ui_form), language)
    texts = bundled.texts(session, here, task.bundle_digest, language)
    hers = actor.person_id is not None and (
        row.moved_by["actor"] == actor.person_id or task.candidate_organisation_id in actor.organisations
    )
    votes = bool(definitions.properties(session, instance, "ballot").get(task.activity_id))
    kept = (secret and votes) or (form is not None and resting.own(form.schema))
    shown = {} if kept and not hers else answers
    if hers or is_candidate(task, actor):
        shown = Openings(session, here, [shown]).of(shown)
    title = texts.of(task.activity_id, task.name)
    paper = {
        "who": people.names(session, here, {row.moved_by["actor"]}).get(row.moved_by["actor"]),
        "role": people.roles(session, here).get(task.role_key or "", task.role_label),
        "organisation": None,
        "at": _since(row),
        "form": form,
        "answers": shown,
        "withheld": kept and not hers,
    }
    name = bundled.process_name(session, here, task.bundle_digest, instance.process_key, language)
    papers = {"title": title, "process": name, "at": paper["at"], "repeated": False, "papers": [paper]}
    papers |= {"since": {}, "against": None}
    return {"task": title, "papers": papers, "names": names_in(session, here, [shown])}


def _file(session: "Session", row: Incident, process_key: str) -> str | None:
    """The file of the bundle that draws the process."""
    files = deployments.files(session, row.workspace_id, row.bundle_digest or "")
    return next(
        (
            name
            for name, data in sorted(files.items())
            if name.endswith(".bpmn") and any(it.id == process_key for it in read(data, name).processes)
        ),
        None,
    )
