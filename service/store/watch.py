"""What stands in the database just now, counted for whoever watches it. No count reads more than `MOST` rows of a kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, text, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.store.tables import Incident, Instance, Message, Outgoing, Replay, Task, Timer

MOST = 100_000
Counted = type[Instance] | type[Task] | type[Incident] | type[Timer] | type[Outgoing] | type[Replay] | type[Message]
Counts = Mapping[str, int]
"""How many, by the key of the workspace."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts by workspace; those of the outbox by (workspace, state), those of `replayed` cases by (workspace, outcome of the
    last time). `late`: timers that are due and have not fired. `messages`: those to cases that no event has taken.
    `unsent_since`: when the oldest message of the outbox that waits was written. `size`: bytes of the database. A count
    stands still at `MOST`."""

    instances: Counts
    tasks: Counts
    incidents: Counts
    late: Counts
    messages: Counts
    outbox: Mapping[tuple[str, str], int]
    unsent_since: Mapping[str, datetime]
    replayed: Mapping[tuple[str, str], int]
    size: int


def standing(session: Session, now: datetime, workspace_id: str | None = None) -> Standing:
    """What stands in one workspace, or in each of all."""
    counts = _counts(session, now, workspace_id)
    states = [Outgoing.workspace_id, Outgoing.state]
    outbox = session.execute(_counting(Outgoing, workspace_id, states, Outgoing.state.in_(("waiting", "dead"))))
    oldest = select(Outgoing.workspace_id, func.min(Outgoing.created_at)).where(Outgoing.state == "waiting")
    if workspace_id is not None:
        oldest = oldest.where(Outgoing.workspace_id == workspace_id)
    replayed = session.execute(_counting(Replay, workspace_id, [Replay.workspace_id, Replay.outcome]))
    return Standing(
        **counts,
        outbox={(workspace, state): number for workspace, state, number in outbox},
        unsent_since={key: since for key, since in session.execute(oldest.group_by(Outgoing.workspace_id))},
        replayed={(workspace, outcome): number for workspace, outcome, number in replayed},
        size=_size(session),
    )


def _counts(session: Session, now: datetime, workspace_id: str | None) -> dict[str, dict[str, int]]:
    """What is counted by workspace alone, by the name that `Standing` has for it: one statement for all."""
    asked: dict[str, tuple[Counted, tuple[ColumnElement[bool], ...]]] = {
        "instances": (Instance, (Instance.status == "active",)),
        "tasks": (Task, (Task.state == "open",)),
        "incidents": (Incident, (Incident.resolved_at.is_(None),)),
        "late": (Timer, (Timer.held.is_(False), Timer.due_at <= now)),
        "messages": (Message, (Message.state == "waiting",)),
    }
    parts = []
    for name, (of, where) in asked.items():
        counting = _counting(of, workspace_id, [of.workspace_id], *where).subquery()
        parts.append(select(literal(name), *counting.columns))
    found: dict[str, dict[str, int]] = {name: {} for name in asked}
    for name, workspace, number in session.execute(union_all(*parts)):
        found[name][workspace] = number
    return found


def _counting(
    of: Counted, workspace_id: str | None, by: list[InstrumentedAttribute[str]], *where: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    found = select(*by).where(*where).limit(MOST)
    if workspace_id is not None:
        found = found.where(of.workspace_id == workspace_id)
    rows = found.subquery()
    return select(*rows.columns, func.count()).group_by(*rows.columns)


def _size(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return int(session.scalar(pages) or 0)
