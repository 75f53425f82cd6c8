"""What is held: sealed values and documents, found by words, by who gave them, or by their case; for who administers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.erasures import Wanted
from service.queries import bundled, recorded
from service.queries.matters import title_of
from service.queries.texts import Text
from service.runtime import erasing
from service.runtime.views import when
from service.store import disclosures, documents, held, matters, people, tasks
from service.store import erasures as store
from service.store.db import reading
from service.store.tables import Disclosure, Document, Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 500
"""Values, and documents, that one search shows."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words of at least two letters, a person by her id, or a case. One of them."""

    text: str = ""
    person: str = ""
    case: str = ""

    @property
    def by(self) -> str:
        """What it goes by: `text`, `person` or `case`; empty where nothing is looked for."""
        return "person" if self.person else "case" if self.case else "text" if len(self.text) > 1 else ""


def find(actor: Actor, language: str, search: Search) -> dict[str, Any]:
    """The sealed values and the documents that are found, with where they stand, and those elsewhere that are the same to
    the letter (`copies`); the `people` who wrote or brought them; where words stand in records (`records`) and in what is `published`, which nobody erases. Raises
    `AdministratorNeeded`."""
    actor.must_administer()
    here = actor.workspace_id
    with reading() as session:
        values, files = _found(session, here, search)
        values, files = values[: MOST + 1], files[: MOST + 1]
        copies, same = _copies(session, here, values, files)
        records = recorded.found(session, actor, search.text) if search.by == "text" else []
        titles = _titles(session, here, language, {it["case_id"] for it in records if it["case_id"]})
        shown = [*values[:MOST], *copies[:MOST]], [*files[:MOST], *same[:MOST]]
        by = {it.person_id for it in shown[0] if it.person_id} | {it.added_by for it in shown[1]}
        return _tell(session, here, language, *shown) | {
            "people": people.names(session, here, by).keys(),
            "more": len(values) > MOST or len(files) > MOST,
            "copies": {it.commitment for it in copies},
            "records": [it | {"case": titles.get(it["case_id"])} for it in records[: recorded.MOST]],
            "more_records": len(records) > recorded.MOST,
            "published": recorded.published(session, actor, search.text) if search.by == "text" else [],
        }


def wanted(actor: Actor, language: str, erasure_id: str) -> dict[str, Any]:
    """What an erasure is about as long as it is there, with where it stands, and what else is the same to the letter and
    is *not* part of it: `left`. Raises `AdministratorNeeded`."""
    actor.must_administer()
    here = actor.workspace_id
    with reading() as session:
        row = store.erasure(session, here, erasure_id)
        asked = row.wanted if row is not None else Wanted()
        values = disclosures.some(session, here, asked.commitments)
        files = documents.some(session, here, asked.documents)
        copies, same = _copies(session, here, values, files)
        return _tell(session, here, language, values, files) | {
            "left": _tell(session, here, language, copies, same),
            "people": people.names(session, here, asked.people),
        }


def candidates(actor: Actor) -> list[tuple[str, str]]:
    """The people of the workspace, (id, name) in order of their names. Raises `AdministratorNeeded`."""
    actor.must_administer()
    with reading() as session:
        return [(row.id, row.name) for row in held.people(session, actor.workspace_id)]


def _found(session: "Session", here: str, search: Search) -> tuple[list[Disclosure], list[Document]]:
    match search.by:
        case "person":
            by_her = held.sealed_by(session, here, search.person)
            return list(by_her), list(held.documents_by(session, here, search.person))
        case "case":
            return (
                list(disclosures.of_case(session, here, search.case)),
                list(documents.of_case(session, here, search.case)),
            )
        case "text":
            commitments = held.holding(session, here, [search.text])[: MOST + 1]
            with_words = sorted(disclosures.some(session, here, commitments), key=lambda it: it.sealed_at)
            return with_words, list(held.documents_called(session, here, search.text))
    return [], []


def _copies(
    session: "Session", here: str, values: Sequence[Disclosure], files: Sequence[Document]
) -> tuple[list[Disclosure], list[Document]]:
    """What is the same to the letter and was not found itself; a short value is the same by chance."""
    ours, theirs = {it.commitment for it in values}, {it.id for it in files}
    long = {it.value for it in values if any(erasing.words(it.opened))}
    return (
        [it for it in held.equal(session, here, long) if it.commitment not in ours],
        [it for it in held.same_file(session, here, {it.digest for it in files}) if it.id not in theirs],
    )


def _tell(
    session: "Session", here: str, language: str, values: Sequence[Disclosure], files: Sequence[Document]
) -> dict[str, Any]:
    cases = {it.case_id for it in values} | {it.case_id for it in files if it.case_id}
    titles = _titles(session, here, language, cases)
    names = people.names(session, here, {it.person_id for it in values if it.person_id} | {it.added_by for it in files})
    answered = {row.id: row for row in tasks.some(session, here, {it.task_id for it in values if it.task_id})}
    return {
        "values": [
            {
                "commitment": it.commitment,
                "case_id": it.case_id if it.case_id in titles else None,
                "case": titles.get(it.case_id),
                **_where(session, language, answered.get(it.task_id or "")),
                "field": it.pointer,
                "by": names.get(it.person_id or ""),
                "at": when(it.sealed_at),
                "value": it.opened,
            }
            for it in values
        ],
        "documents": [
            {
                "id": it.id,
                "case_id": it.case_id,
                "case": titles.get(it.case_id or ""),
                "name": it.name,
                "by": names.get(it.added_by),
                "at": when(it.added_at),
            }
            for it in files
        ],
    }


def _where(session: "Session", language: str, task: Task | None) -> dict[str, Any]:
    """The task with which a value was given, by its name, and the form that it stood on."""
    if task is None:
        return {"task": None, "form": None}
    here, digest = task.workspace_id, task.bundle_digest
    return {
        "task": bundled.texts(session, here, digest, language).of(task.activity_id, task.name),
        "form": bundled.form(session, here, digest, (task.form, task.ui_form), language),
    }


def _titles(session: "Session", here: str, language: str, case_ids: Collection[str]) -> dict[str, Text]:
    found: Iterable[matters.Matter] = matters.some(session, here, case_ids).values()
    return {it.id: title_of(session, it, here, language)[0] for it in found}
