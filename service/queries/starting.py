"""What a person may start: the processes whose beginning stands in a lane of hers."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import DefinitionNotFound
from service.engine.model import Process
from service.forms import naming
from service.queries import bundled, lists
from service.queries.matters import title_of
from service.runtime import definitions, starts
from service.runtime.views import when
from service.store import definitions as store
from service.store import matters
from service.store.db import reading
from service.store.tables import InForce

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FORM, UI = "formJsonSchemaFilename", "formUiSchemaFilename"


def startable(actor: Actor, language: str) -> list[dict[str, Any]]:
    """The processes in force that the actor may start, by name. One that others call begins by itself: it needs a form.

    A start in no lane is open to whoever holds a role.
    """
    with reading() as session:
        rows = store.all_in_force(session, actor.workspace_id)
        called = frozenset().union(*definitions.calls(session, actor.workspace_id).values())
        drawn = {row.process_key: _process(session, row) for row in rows}
        begins = {key: begin for key, process in drawn.items() if (begin := starts.begin(process)) is not None}
        roles = starts.roles(session, actor.workspace_id, begins)
        found = []
        for row in rows:
            begin = begins.get(row.process_key)
            if begin is None or (row.process_key in called and not begin.properties.get(FORM)):
                continue
            if not starts.may(actor, roles.get(row.process_key)):
                continue
            texts = bundled.texts(session, actor.workspace_id, row.bundle_digest, language)
            found.append(
                {
                    "key": row.process_key,
                    "title": texts.of(row.process_key, drawn[row.process_key].name),
                    "begins": texts.of(begin.id, begin.name) if begin.name else None,
                    "version": row.version,
                    "deployed_at": when(row.deployed_at),
                    "digest": row.bundle_digest,
                    "form": (begin.properties.get(FORM), begin.properties.get(UI)),
                }
            )
        return sorted(found, key=lambda it: it["title"].text.casefold())


def one(actor: Actor, key: str, language: str, now: datetime) -> dict[str, Any]:
    """One process that the actor may start, with its start form if it has one, and the lists that it offers.

    Raises `DefinitionNotFound`.
    """
    found = next((it for it in startable(actor, language) if it["key"] == key), None)
    if found is None:
        raise DefinitionNotFound(key=key)
    with reading() as session:
        form = bundled.form(session, actor.workspace_id, found["digest"], found["form"], language)
        return found | {"form": form, "lists": lists.of(session, actor.workspace_id, form, now)}


def asked(actor: Actor, key: str, language: str) -> bundled.FormFiles | None:
    """The form with which a process in force begins, for who is at work in its workspace, whether she may start it or
    not; None where there is none."""
    with reading() as session:
        row = next((it for it in store.all_in_force(session, actor.workspace_id) if it.process_key == key), None)
        begin = None if row is None else starts.begin(_process(session, row))
        if row is None or begin is None:
            return None
        names = (begin.properties.get(FORM), begin.properties.get(UI))
        return bundled.form(session, actor.workspace_id, row.bundle_digest, names, language)


def beside(actor: Actor, found: dict[str, Any], answers: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """The cases under way about the same as one that would begin with these answers: those that the actor may read.

    `found` is what `one` tells of the process.
    """
    asked = None if found["form"] is None else naming.again(found["form"].schema)
    if asked is None:
        return []
    with reading() as session:
        fields = {**asked.elsewhere, found["key"]: asked.named}
        cases = starts.under_way(session, actor.workspace_id, fields, answers.get(asked.named))
        seen = [it.id for it in cases if may_read(actor, it.id)]
        rows = matters.some(session, actor.workspace_id, seen)
        return [
            {
                "id": it,
                "title": title_of(session, rows[it], actor.workspace_id, language)[0],
                "opened_at": when(rows[it].opened_at),
            }
            for it in seen
        ]


def _process(session: "Session", row: InForce) -> Process:
    return bundled.process(session, row.workspace_id, row.bundle_digest, row.process_key)
