"""A case as the service keeps it: its open tasks by the API, its timers and states from the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.engine.shapes import CaseState, Definition, InstanceState, TimerSet
from service.runtime import definitions
from service.store import cases, timers
from service.store.db import reading
from tests.app.house import Someone

PAGE = 4
"""So many tasks are asked for at a time, so that an inbox has several pages."""


@dataclass(frozen=True)
class Waiting:
    """A task in an inbox."""

    id: str
    instance_id: str
    item_index: int | None


@dataclass(frozen=True)
class KeptCase:
    """What is kept of a case at one moment; `held` are the ids of timers that an incident holds back."""

    state: CaseState
    deployed: Mapping[tuple[str, str], Definition]
    tasks: Mapping[str, Waiting]
    timers: Mapping[str, TimerSet]
    held: frozenset[str]


def kept(someone: Someone, case_id: str) -> KeptCase:
    """What is kept of a case now, with the tasks that wait in somebody's inbox. There are no others in it."""
    waiting = [Waiting(it["id"], it["instance_id"], it["item"]) for it in _inbox(someone, case_id)]
    with reading() as session:
        rows = cases.active(session, "pogi", case_id)
        clocks = timers.of_case(session, "pogi", case_id)
        return KeptCase(
            CaseState(case_id, tuple(_state(row) for row in rows)),
            {
                (row.bundle_digest, row.process_key): definitions.by_digest(
                    session, "pogi", row.bundle_digest, row.process_key
                )
                for row in rows
            },
            {task.id: task for task in waiting},
            {it.id: TimerSet(it.id, it.instance_id, it.activity_id, it.due_at) for it in clocks},
            frozenset(it.id for it in clocks if it.held),
        )


def _inbox(someone: Someone, case_id: str) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = someone.get(f"/api/v1/tasks?scope=all&limit={PAGE}{cursor}").json
        for task in page["tasks"]:
            assert (task["case_id"], "complete" in task["moves"]) == (case_id, True)
            assert task["state"] in ("open", "claimed"), "hers once she has answered what could not go on"
            yield task
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def _state(row: Any) -> InstanceState:
    return InstanceState(
        row.id,
        row.bundle_digest,
        row.process_key,
        row.version,
        row.state_digest,
        row.snapshot,
        row.parent_id,
        row.parent_task_id,
    )
