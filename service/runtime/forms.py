"""Answers on their way into a case: filled up, judged by the form of the deployment, and sealed."""

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from service import forms
from service.domain.errors import AnswersRefused, Fault, FormRefused
from service.engine import feel, looking
from service.forms.filling import NOTHING
from service.operations import choices, readings
from service.runtime import calendars, fitting, opening
from service.runtime import definitions as deployed
from service.runtime.command import Work
from service.store import definitions
from service.store.tables import Disclosure, Instance, Task

# Read once per database: a deployed form never changes.
_read: WeakKeyDictionary[object, dict[tuple[str, str, str], forms.Form]] = WeakKeyDictionary()


def form(work: Work, digest: str, name: str) -> forms.Form:
    """The form of that name in a deployed bundle. Raises `FormRefused` when it is not there."""
    known = _read.setdefault(work.session.get_bind(), {})
    key = (work.workspace_id, digest, name)
    if key not in known:
        content = definitions.file(work.session, *key)
        if content is None:
            raise FormRefused(form=name, reason="it is not in the bundle")
        known[key] = forms.read(name, content)
    return known[key]


def take(
    work: Work,
    answers: Mapping[str, Any],
    *,
    digest: str,
    name: str | None,
    case_id: str,
    task: Task | None = None,
    instances: Sequence[Instance] = (),
) -> dict[str, Any]:
    """The answers as variables hold them; what was sealed is kept beside, where it can be erased.

    `task` is the one that they complete, `instances` are those of its case; without, they start one. Raises
    `AnswersRefused`. A task without a form is confirmed only: it takes no answers.
    """
    if name is None:
        if answers:
            raise AnswersRefused([Fault("", "This task has no form: it is confirmed, without answers.", "unknown")])
        return {}
    found, given = _judged(work, answers, digest, name, task, instances)
    return _sealed(work, found, given, case_id, None if task is None else task.id, work.actor.person_id)


def judge(work: Work, answers: Mapping[str, Any], *, digest: str, name: str) -> None:
    """Whether a form would take the answers of a message. Raises `AnswersRefused`."""
    _judged(work, answers, digest, name)


def take_message(
    work: Work, answers: Mapping[str, Any], *, digest: str, name: str, case_id: str, person_id: str | None
) -> dict[str, Any]:
    """The answers that a person sent as a message, as variables hold them; otherwise as `take`."""
    found, given = _judged(work, answers, digest, name)
    return _sealed(work, found, given, case_id, None, person_id)


def _judged(
    work: Work,
    answers: Mapping[str, Any],
    digest: str,
    name: str,
    task: Task | None = None,
    instances: Sequence[Instance] = (),
) -> tuple[forms.Form, dict[str, Any]]:
    found, around = form(work, digest, name), _around(work, task, instances)
    given = found.filled(answers, around.known)
    fitting.check(found, given, around)
    return found, given


def _sealed(
    work: Work, found: forms.Form, given: dict[str, Any], case_id: str, task_id: str | None, person_id: str | None
) -> dict[str, Any]:
    sealed, disclosures = found.seal(given, work.ports.salt)
    work.session.add_all(
        Disclosure(
            workspace_id=work.workspace_id,
            commitment=disclosure.commitment,
            case_id=case_id,
            task_id=task_id,
            person_id=person_id,
            pointer=disclosure.pointer,
            salt=disclosure.salt,
            value=disclosure.value,
            sealed_at=work.now,
        )
        for disclosure in disclosures
    )
    return sealed


def _around(work: Work, task: Task | None, instances: Sequence[Instance]) -> fitting.Around:
    """What the answers are judged against besides their form."""
    calendar = calendars.of(work.session, work.workspace_id)

    rows = {it.id: it for it in instances}

    def seen(instance_id: str | None, task_id: str | None) -> Mapping[str, Any]:
        row = rows.get(instance_id or "")
        if row is None or row.snapshot is None or task_id is None:
            return {}
        definition = deployed.by_digest(work.session, work.workspace_id, row.bundle_digest, row.process_key)
        return looking.variables(definition, row.id, row.snapshot, task_id)

    def variables() -> Mapping[str, Any]:
        if task is None:
            return {}
        found: dict[str, Any] = opening.seen(work, task.case_id, seen(task.instance_id, task.id))
        return found

    def known(name: str) -> Any:
        """Outwards: of the task's own part of the case, else of the one that called it, and so on."""
        at, row = (None, None) if task is None else (task.id, rows.get(task.instance_id))
        while task is not None and row is not None:
            found = opening.known(work, task.case_id, seen(row.id, at).get(name))
            if found not in NOTHING:
                return found
            at, row = row.parent_task_id, rows.get(row.parent_id or "")
        return None

    def on_list(name: str) -> frozenset[str]:
        return frozenset(it.value for it in choices.offered(work.session, work.workspace_id, name, work.now))

    context = feel.Context(work.now, ZoneInfo(calendar.zone), calendar, strict=False)
    case_id = None if task is None else task.case_id

    def reading(name: str, about: Any) -> Mapping[str, Any]:
        return {} if case_id is None else readings.now(work.session, work.workspace_id, case_id, name, about)

    return fitting.Around(context, variables, on_list, known, reading)
