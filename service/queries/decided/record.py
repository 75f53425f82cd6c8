"""The record of one decision: what was decided, by whom and by which rule, what lay on the table, and where the log has it."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.decisions import DecisionRecordNotFound, RuleVersionNotFound
from service.domain.errors import CaseNotFound
from service.domain.journal import leaf_hash
from service.engine import shown_tables
from service.queries import ballots, log, tables
from service.queries.decided.rows import told
from service.queries.decided.tables import Version, outputs, versions
from service.queries.decided.trying import Experiment, Tried
from service.queries.matters import title_of
from service.queries.texts import texts
from service.queries.timeline import holdings
from service.queries.timeline.course import Course
from service.queries.timeline.details import details
from service.queries.timeline.steps import Step
from service.queries.timeline.summaries import summary
from service.queries.withheld import Veil
from service.store import cases, matters
from service.store import decided as store
from service.store import definitions as files
from service.store.db import reading
from service.store.tables import DecisionMade

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Told = dict[str, Any]
LAST = 2**53
"""No entry has a greater number: a larger one is in no database."""


def record(actor: Actor, case_id: str, seq: int, language: str, *, against: str | None = None) -> Told:
    """A decision by its entry, as its page needs it. `against` tries another version of its rule, by its file's digest.

    Raises `DecisionRecordNotFound`, `RuleVersionNotFound`, `DecisionAltered`, `DecisionUnanswerable`.
    """
    if not may_read(actor, case_id) or seq > LAST:
        raise DecisionRecordNotFound
    with reading() as session:
        here = actor.workspace_id
        row, matter = store.one(session, here, case_id, seq), matters.one(session, here, case_id)
        body = store.body(session, here, case_id, seq)
        if row is None or matter is None or body is None:
            raise DecisionRecordNotFound
        (line,) = told(session, actor, language, [row])
        found = {
            "line": line,
            "case": {
                "id": case_id,
                "title": title_of(session, matter, here, language)[0],
                "number": matter.business_key,
            },
            "hash": leaf_hash(body),
            "rule": row.subject if row.kind == "rule" else None,
            "about": store.versions_made(session, here, case_id, row.subject),
        } | _in_case(Course.of(session, actor, case_id, language), row, actor)
        found["experiment"] = _experiment(session, actor, row, json.loads(body), language, against)
    (proof,) = log.inclusions(actor.workspace_id, [(case_id, seq)])
    held = ballots.of_case(actor, case_id) if row.kind == "ballot" else []
    return found | {"proof": proof, "ballot": next((it for it in held if it["id"] == row.subject), None)}


def is_whole(session: "Session", actor: Actor, entry: Mapping[str, Any]) -> bool:
    """Whether the reader is told all that an entry of a case says: only then may she try it on another rule, for what comes
    out tells of what went in."""
    case = cases.case(session, actor.workspace_id, entry["stream"])
    return case is not None and Veil(session, actor, case).entries([dict(entry)])[0]["data"] == entry["data"]


def _in_case(course: Course, row: DecisionMade, actor: Actor) -> Told:
    """The step in which it was decided: who, with which rule or answers, and what lay on the table then."""
    number = next((it.number for it in course.steps if row.seq in _seqs(it)), None)
    if number is None:
        raise CaseNotFound
    stage = course.stage(number)
    book = course.book(stage).at(number)
    step = course.told[number - 1]
    own = [it for it in step.follow if it["seq"] == row.seq]
    shown = Step(number, step.cause, own) if row.kind == "rule" else step
    instance = step.cause["data"].get("instance") or next((it["data"].get("instance") for it in own), None)
    running = stage.instances.get(instance or "")
    return {
        "step": summary(book, step) | details(book, shown, actor),
        "number": number,
        "held": holdings.told(course, book, holdings.Holdings().after(course.steps[:number])),
        "process": book.process(running.id) if running else None,
        "version": book.version(running.versions_at(number)[0].digest) if running else None,
    }


def _seqs(step: Step) -> set[int]:
    return {it["seq"] for it in (step.cause, *step.follow)}


def _experiment(
    session: "Session", actor: Actor, row: DecisionMade, entry: Mapping[str, Any], language: str, against: str | None
) -> Told | None:
    """The versions that a rule's decision can be tried on, and what came out of the one that was chosen. None: it was by no
    rule, or the reader is not told all that went into it."""
    if row.kind != "rule" or not is_whole(session, actor, entry):
        return None
    known = versions(session, actor.workspace_id, row.subject)
    if against is None:
        return {"versions": known, "version": None}
    version = next((it for it in known if it.table == against), None)
    if version is None:
        raise RuleVersionNotFound(key=row.subject)
    tried = Experiment.of(session, actor.workspace_id, version, row.subject).tried(entry["data"]["record"], entry["at"])
    return {
        "versions": known,
        "version": version,
        "before": entry["data"]["record"]["outputs"],
        "tried": tried,
        "columns": outputs(session, actor.workspace_id, row.subject, version.table, language),
        "tables": _tables(session, actor.workspace_id, version, tried, language),
    }


def _tables(session: "Session", workspace_id: str, version: Version, tried: Tried, language: str) -> list[Told]:
    """The tables that were asked in the experiment, with what would have fired."""
    if tried.record is None:
        return []
    said = texts(session, workspace_id, version.bundle, language)
    drawn = {it.id: it for it in shown_tables(files.file(session, workspace_id, version.bundle, version.file) or b"")}
    asked = [firing for made in tried.record["decisions"] for firing in made["fired"]]
    return [
        tables.shown(drawn[it["table"]], said, [rule["id"] for rule in it["rules"]])
        for it in asked
        if it["table"] in drawn
    ]
