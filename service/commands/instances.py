"""Starting instances, moving them to another version of their process, and cancelling them."""

from collections.abc import Mapping
from typing import Any

from service.domain.cases import may_read
from service.domain.errors import AnswersRefused, Fault, InstanceNotFound
from service.domain.facts import Fact
from service.domain.record_errors import DocumentRefused
from service.engine.migrating import Migrate
from service.engine.shapes import Cancel, Start
from service.forms import Form, admit
from service.forms.pointers import put
from service.runtime import definitions, documents, forms, reasons, starts, versions, views
from service.runtime.advance import advance
from service.runtime.command import Answer, Work, command
from service.runtime.forms import take
from service.store import cases, journal
from service.store.tables import Case


@command
def start(
    work: Work,
    key: str,
    variables: Mapping[str, Any],
    business_key: str | None,
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> Answer:
    """Start an instance of the process (or of the first process of the bundle) `key`, in a case of its own.

    Gives the instance, its waiting tasks, and the incident when the process could not be started: then the start waits
    for help, and the id given is the one that the instance will have.

    The variables are answers to the process's start form where it has one; otherwise they are taken as they are, and
    whoever sends them vouches that they hold nothing personal. `files` (name and bytes) were sent with the form, by the
    pointer of the answer that each is: they become documents of the case. She holds the role of the lane in which the
    process starts. Raises `DefinitionNotFound`, `StartNotYours`, `AnswersRefused`.
    """
    work.actor.must_hold_a_role()
    chosen = definitions.to_start(work.session, work.workspace_id, key)
    definition = definitions.by_digest(work.session, work.workspace_id, chosen.bundle_digest, chosen.process_key)
    drawn = definitions.drawn(definition)
    starts.check(work.session, work.actor, drawn)
    case = Case(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        business_key=business_key,
        state_hash="",
        incidents=0,
        opened_at=work.now,
        **journal.new_stream(),
    )
    case.heard = chosen.heard
    work.session.add(case)
    form = definitions.start_form(drawn)
    variables, added = _kept(work, case, variables, files or {})
    if form is None:
        admit(variables)
        given = dict(variables)
    else:
        given = take(work, variables, digest=chosen.bundle_digest, name=form, case_id=case.id)
        name = _name(work, chosen.process_key, forms.form(work, chosen.bundle_digest, form), variables)
        case.business_key = business_key or name
    instance_id = work.new_id()
    outcome = advance(work, case, [], Start(instance_id, definition, given), by=work.actor.by())
    if added:
        work.record(case, added)
    if outcome.incident is None:
        shown = views.instance(outcome.instances[instance_id], case)
    else:
        shown = {"id": instance_id, "case_id": case.id, "definition": chosen.process_key, "status": "incident"}
    return shown | {
        "tasks": [views.task(task, work.actor) for task in outcome.opened],
        "incident": None if outcome.incident is None else views.incident(outcome.incident),
    }


def _name(work: Work, process_key: str, form: Form, answers: Mapping[str, Any]) -> str | None:
    """What the answers call the case, numbered where another has had that name.

    Raises `AnswersRefused` where a case about the same is under way, its form asks why, and it does not say.
    """
    name, again = form.names_case(answers), form.again
    if name is None:
        return None
    if again is not None and not answers.get(again.why):
        fields = {**again.elsewhere, process_key: again.named}
        if starts.under_way(work.session, work.workspace_id, fields, answers[again.named]):
            raise AnswersRefused(
                [Fault(f"/{again.why}", "A case about the same is under way: say why there is another.", "x-again")]
            )
    return starts.numbered(work.session, work.workspace_id, process_key, name)


def _kept(
    work: Work, case: Case, answers: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]
) -> tuple[Mapping[str, Any], list[Fact]]:
    """The answers with the documents that files became in their places, and what is to be told of these."""
    added: list[Fact] = []
    for at, (name, content) in files.items():
        try:
            row, fact = documents.sent(work, case, name, content)
        except DocumentRefused as refused:
            raise AnswersRefused([Fault(at, str(refused), f"file-{refused.facts['why']}")]) from None
        answers = put(answers, at, row.id)
        added.append(fact)
    return answers, added


@command
def cancel(work: Work, instance_id: str) -> Answer:
    """End a root instance from outside, and all that it started. To call a case off with its reason: `cases.cancel`."""
    case = cases.lock_of_instance(work.session, work.workspace_id, instance_id)
    if case is None or not may_read(work.actor, case.id):
        raise InstanceNotFound
    work.actor.must_own_processes()
    active = cases.active(work.session, work.workspace_id, case.id)
    row = next((row for row in active if row.id == instance_id and row.parent_id is None), None)
    if row is None:
        raise InstanceNotFound
    advance(work, case, active, Cancel(instance_id), by=work.actor.by())
    return {"instance": views.instance(row, case)}


@command
def migrate(work: Work, instance_id: str, to: str | int, renamed: Mapping[str, str], reason: str) -> Answer:
    """Let a running instance go on under another deployed version of its process, where it stands.

    `to` is the version's digest or its number; `renamed` are the elements and flows that are called otherwise there (the
    id that they had → the one that they have). Tasks keep their id, their times, their draft and who has them, timers
    the moment at which they are due; what was called goes on as it is. Raises `InstanceNotFound`, `DefinitionNotFound`,
    `AlreadyOnVersion`, `MigrationRefused` with everything that does not fit, `ReasonRefused`.
    """
    case = cases.lock_of_instance(work.session, work.workspace_id, instance_id)
    if case is None or not may_read(work.actor, case.id):
        raise InstanceNotFound
    work.actor.must_own_processes()
    active = cases.active(work.session, work.workspace_id, case.id)
    row = next((row for row in active if row.id == instance_id), None)
    if row is None:
        raise InstanceNotFound
    definition = versions.another(work.session, row, to)
    sealed = reasons.sealed(work, case, reason)
    move = Migrate(instance_id, row.bundle_digest, definition, renamed, sealed)
    advance(work, case, active, move, by=work.actor.by())
    return {"instance": views.instance(row, case)}
