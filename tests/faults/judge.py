"""What must be true of a case whenever its service died: all of an acknowledged request, and all or nothing of the other."""

from collections import Counter
from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from service.domain.actors import operator
from service.queries import replay
from service.store import cases, db, journal
from service.store.tables import Case, Task
from tests.faults.work import Lived

WORKSPACE = "pogi"


def verdict(app: Flask, lived: Lived) -> list[str]:
    """Every way in which the database does not hold what the client was told; empty: none."""
    with app.app_context(), db.reading() as session:
        begun = [lived.case_id] if lived.case_id else _begun(lived)
        if len(begun) > 1:
            return [f"one start, and {len(begun)} cases"]
        case_id = next(iter(begun), None)
        if case_id is None:
            return [] if not lived.done else ["a case whose start was acknowledged is not there"]
        case = cases.case(session, WORKSPACE, case_id)
        if case is None:
            return [f"the case {case_id} is not there"]
        return list(_faults(lived, case))


def _begun(lived: Lived) -> list[str]:
    """The cases of a start that was not answered, if it took place: one, unless something is wrong."""
    with db.reading() as session:
        return list(session.scalars(select(Case.id).where(Case.business_key == f"case {lived.number}")))


def _faults(lived: Lived, case: Case) -> Iterator[str]:
    with db.reading() as session:
        broken = journal.verify(session, case)
        entries = journal.entries(session, *case.stream)
        waiting = set(session.scalars(select(Task.id).where(Task.case_id == case.id, Task.closed_at.is_(None))))
    if broken is not None:
        yield f"the journal breaks at {broken.seq}: {broken.reason}"
    replayed = replay.case(operator(WORKSPACE), case.id)
    if not replayed["ok"]:
        yield f"replay differs: {replayed['difference']}"
    told = Counter((entry["kind"], entry["data"].get("task")) for entry in entries)
    for (kind, task), times in told.items():
        if times > 1 and kind in {"task.completed", "task.claimed", "instance.started"}:
            yield f"{kind} of {task} is told {times} times"
    for ask, _answer in lived.done:
        parts = ask.path.split("/")
        kind = {"claim": "task.claimed", "complete": "task.completed"}.get(parts[-1])
        if kind is not None and not told[kind, parts[-2]]:
            yield f"{ask.path} was acknowledged, and {kind} is not told"
    opened = {task for kind, task in told if kind == "task.opened"}
    closed = {task for kind, task in told if kind in {"task.completed", "task.cancelled"}}
    if waiting != opened - closed:
        yield f"tasks {sorted(waiting)} wait, and the journal says {sorted(opened - closed)}"
    if lived.doubt is None and (waiting or case.closed_at is None):
        yield "every request was answered, and the case is not closed"
