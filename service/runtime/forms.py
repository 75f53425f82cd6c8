"""Answers on their way into a case: judged by the form of the deployment, and sealed."""

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from service import forms
from service.domain.errors import AnswersRefused, Fault, FormRefused
from service.runtime.command import Work
from service.store import definitions
from service.store.tables import Disclosure

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
    work: Work, answers: Mapping[str, Any], *, digest: str, name: str | None, case_id: str, task_id: str | None
) -> dict[str, Any]:
    """The answers as variables hold them; what was sealed is kept beside, where it can be erased.

    Raises `AnswersRefused`. A task without a form is confirmed only: it takes no answers.
    """
    if name is None:
        if answers:
            raise AnswersRefused([Fault("", "This task has no form: it is confirmed, without answers.", "unknown")])
        return {}
    found = form(work, digest, name)
    found.validate(answers)
    sealed, disclosures = found.seal(answers, work.ports.salt)
    work.session.add_all(
        Disclosure(
            workspace_id=work.workspace_id,
            commitment=disclosure.commitment,
            case_id=case_id,
            task_id=task_id,
            person_id=work.actor.person_id,
            pointer=disclosure.pointer,
            salt=disclosure.salt,
            value=disclosure.value,
            sealed_at=work.now,
        )
        for disclosure in disclosures
    )
    return sealed
