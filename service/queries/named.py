"""The case that somebody means: by its id, by its number, or by its number and the process that it began with."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from service.domain.actors import Actor, operator
from service.domain.cases import may_read
from service.domain.record_errors import CaseAmbiguous, CaseUnknown
from service.queries.matters import title_of
from service.store import cases, matters, workspaces
from service.store.moments import moment, session_on
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LANGUAGE = "en"
"""In which candidates are told: the one that commands speak."""


def one(actor: Actor, name: str) -> str:
    """The id of the one case that is called so and that the actor may read: `E1` is a number, and `E1-revision` that of a
    case which began with the process `revision`. The database is read as it is found. Raises `CaseUnknown`, which says
    in which other workspaces of an operator there is one, and `CaseAmbiguous`, which lists those that it may be."""
    with moment() as connection, session_on(connection) as session:
        found = [row for row in _called(session, actor.workspace_id, name) if may_read(actor, row.id)]
        if len(found) > 1:
            raise CaseAmbiguous(count=len(found), name=name, which=_told(session, actor.workspace_id, found))
        if not found:
            raise CaseUnknown(name=name, workspace=actor.workspace_id, elsewhere=_elsewhere(session, actor, name))
        return found[0].id


def _called(session: "Session", workspace_id: str, name: str) -> Sequence[Case]:
    """The case of that id, else those of that number, else those of a number with a process, the newest first."""
    found = cases.called(session, workspace_id, name)
    if found:
        return found
    numbers = {name[:at]: name[at + 1 :] for at, sign in enumerate(name) if sign == "-"}
    rows = [row for number in numbers for row in cases.called(session, workspace_id, number)]
    began = matters.some(session, workspace_id, {row.id for row in rows})
    return [row for row in rows if began[row.id].process_key == numbers.get(row.business_key or "")]


def _told(session: "Session", workspace_id: str, found: Sequence[Case]) -> str:
    """A line for each: its number with its process where that is no other's, its id, what it is called, and since when."""
    shown = matters.some(session, workspace_id, {row.id for row in found})
    names = {row.id: f"{row.business_key}-{shown[row.id].process_key}" for row in found}
    given, lines = Counter(names.values()), []
    for row in found:
        title, process = title_of(session, shown[row.id], workspace_id, LANGUAGE)
        name = f"{names[row.id]} or " if given[names[row.id]] == 1 else ""
        lines.append(f"  {name}{row.id}  {title.text} ({process.text}), opened {_day(row.opened_at)}")
    return "\n".join(["", *lines, ""])


def _elsewhere(session: "Session", actor: Actor, name: str) -> str:
    others = [] if actor != operator(actor.workspace_id) else workspaces.names(session)
    having = [key for key in others if key != actor.workspace_id and _called(session, key, name)]
    return f"; there is one in {', '.join(having)}: say --workspace" if having else ""


def _day(opened: datetime) -> str:
    return opened.date().isoformat()
