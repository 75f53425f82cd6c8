"""The nightly sample: which cases are replayed next, what was found in them, and what the night came to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from service.domain.replay_facts import CasesReplayed
from service.domain.replays import DIFFERS, NOT_REPLAYED, SAME, night, share
from service.runtime import calendars
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import replays as store
from service.store.tables import Replay, ReplayNight

AT_ONCE = 25
"""Cases that one worker takes at a time."""

HELD = timedelta(minutes=5)
"""How long one worker has them to itself."""

TOLD = 20
"""Cases that differ which the journal names."""


@command
def take(work: Work) -> Answer:
    """The next cases that are to be replayed tonight, longest ago first; none where somebody else is at it. They are the
    caller's for some minutes. `over`: it was the night's last, and the night is to be closed."""
    session, here = work.session, work.workspace_id
    row, began = store.night(session, here, hold=True), night(work.now, calendars.of(session, here).zone)
    if row is None or row.began_at < began:
        count = store.cases(session, here)
        if not count:
            return {"cases": [], "over": False}
        row = _begun(work, row, share(count))
    if row.ended_at is not None or (row.held_until is not None and row.held_until > work.ports.wall()):
        return {"cases": [], "over": False}
    found = list(store.next_cases(session, here, row.began_at, min(AT_ONCE, row.remaining)))
    row.held_until = work.ports.wall() + HELD
    return {"cases": found, "over": not found}


@command
def keep(work: Work, found: Sequence[dict[str, Any]]) -> Answer:
    """Keep what replays of cases came to, as `queries.replay.case` gave it in short: `case`, `outcome`, `seq`, `reason`.
    Others may go on from there. `over`: those were the night's last."""
    row = store.night(work.session, work.workspace_id, hold=True)
    assert row is not None, "a night has begun where cases were taken"
    before = store.some(work.session, work.workspace_id, [it["case"] for it in found])
    there = store.there(work.session, work.workspace_id, [it["case"] for it in found])
    for it in found:
        if it["case"] not in there:
            continue
        replay = before.get(it["case"])
        if replay is None:
            replay = Replay(workspace_id=work.workspace_id, case_id=it["case"])
            work.session.add(replay)
        replay.replayed_at, replay.outcome = work.now, it["outcome"]
        replay.seq, replay.reason = it["seq"], it["reason"]
    counts = [sum(it["outcome"] == outcome for it in found) for outcome in (SAME, DIFFERS, NOT_REPLAYED)]
    row.same, row.different, row.not_replayed = (
        row.same + counts[0],
        row.different + counts[1],
        row.not_replayed + counts[2],
    )
    row.remaining = max(0, row.remaining - len(found))
    row.held_until = None
    return {"over": row.remaining == 0}


@command
def close(work: Work) -> Answer:
    """The night is over: what it came to is told in the journal of the workspace, without any value of a case."""
    workspace = owner(work)
    row = store.night(work.session, work.workspace_id, hold=True)
    assert row is not None, "a night that ends has begun"
    row.ended_at, row.held_until, row.remaining = work.now, None, 0
    differ = [it.case_id for it, _ in store.not_same(work.session, work.workspace_id, TOLD) if it.outcome == DIFFERS]
    told = CasesReplayed(
        cases=row.same + row.different + row.not_replayed,
        same=row.same,
        different=row.different,
        not_replayed=row.not_replayed,
        differ=tuple(differ),
    )
    work.record(workspace, [told])
    return told.data()


def _begun(work: Work, row: ReplayNight | None, cases: int) -> ReplayNight:
    if row is None:
        row = ReplayNight(workspace_id=work.workspace_id)
        work.session.add(row)
    row.began_at, row.ended_at, row.held_until, row.remaining = work.now, None, None, cases
    row.same = row.different = row.not_replayed = 0
    return row
