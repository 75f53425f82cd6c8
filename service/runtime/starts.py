"""Who may start a process: whoever holds the role of the lane in which its start stands."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from service.domain.actors import AUDITOR, Actor
from service.domain.errors import ReadersStartNothing, StartNotYours
from service.engine.model import Element, Process
from service.store import cases, journal, people
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST = 8
"""Entries of a case among which the one is that began it."""


def begin(process: Process) -> Element | None:
    """The start that a person makes: of the process itself, and not one that an event makes."""
    starts = (it for it in process.elements if it.kind == "startEvent" and it.scope == process.id and not it.events)
    return next(starts, None)


def roles(session: "Session", workspace_id: str, begins: Mapping[str, Element]) -> dict[str, str]:
    """The roles of the workspace in whose lanes these starts stand, by the key that the caller has for each.

    A start in no lane, or in one that is no role of the workspace, is not among them: it is nobody's in particular.
    """
    drawn = {key: it.properties.get("candidateRole") or it.lane for key, it in begins.items()}
    known = people.matching_roles(session, workspace_id, {lane for lane in drawn.values() if lane})
    return {key: known[lane] for key, lane in drawn.items() if lane in known}


def may(actor: Actor, role: str | None) -> bool:
    """Whether she may start what that role starts; None: whoever holds a role that works may, and to audit is to read."""
    return bool(actor.roles - {AUDITOR}) if role is None else role in actor.roles


def check(session: "Session", actor: Actor, process: Process) -> None:
    """Raise `StartNotYours` where the actor does not hold the role of the start's lane, `ReadersStartNothing` where it
    stands in none and she only audits.

    Who administers the installation starts what she likes, as she could by giving herself the role.
    """
    start = begin(process)
    if actor.administrator or start is None:
        return
    role = roles(session, actor.workspace_id, {process.id: start}).get(process.id)
    if role is not None and not may(actor, role):
        raise StartNotYours(
            process=process.name or process.id, role=start.properties.get("candidateRole") or start.lane
        )
    if role is None and actor.roles == {AUDITOR}:
        raise ReadersStartNothing(process=process.name or process.id)


def under_way(session: "Session", workspace_id: str, fields: Mapping[str, str], answer: Any) -> list[Case]:
    """The cases under way that began with one of these processes and gave that answer in its field; `fields` has that of
    each process, by its key."""
    found = [
        case
        for process_key, field in fields.items()
        for case in cases.begun_with(session, workspace_id, process_key)
        if _began(journal.entries(session, *case.stream, limit=FIRST)).get(field) == answer
    ]
    return sorted(found, key=lambda case: (case.opened_at, case.id))


def numbered(session: "Session", workspace_id: str, process_key: str, name: str) -> str:
    """What a case that begins with that process is called, by what its answers call it: that name, and a number behind it
    where another has had it, so that no two are called the same."""
    taken = cases.named_like(session, workspace_id, process_key, name)
    behind = [re.fullmatch(r" \((\d{1,9})\)", it[len(name) :]) for it in taken]
    numbers = [int(found[1]) for found in behind if found] + [1 for it in taken if it == name]
    return f"{name} ({max(numbers) + 1})" if numbers else name


def _began(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The answers with which a case began, out of its first entries."""
    started = (it["data"] for it in entries if it["kind"] == "instance.started")
    return next((data.get("variables", {}) for data in started), {})
