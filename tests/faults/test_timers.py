"""Timers that fall due in the same minute, two workers at them, one killed midway: each fires once.

Here there are a few; `python3 dev.py faults --full` makes it ten thousand on each database.
"""

from collections import Counter
from contextlib import ExitStack

from sqlalchemy import func, select

from service.commands import instances
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Case, Task, Timer
from tests.app.house import House, opened, waiting
from tests.faults.programs import Program, mandat
from tests.faults.report import Report
from tests.faults.sizes import size

FIRED = "timer.fired"
MANY = size(24, 10_000)


def begin(house: House) -> None:
    """As many cases, each with a timer that was due long ago by the machine's clock."""
    house.deploy(waiting())
    secretary = Call(house.person("secretary", "pogi.sec").actor, house.ports)
    for _ in range(MANY):
        instances.start(secretary, "waiting", {}, None)


def left() -> int:
    """How many timers still wait."""
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Timer)) or 0


def test_every_timer_fires_once_though_a_worker_is_killed_midway(database_url: str, report: Report) -> None:
    alone = database_url.startswith("sqlite")
    words = ("run-due",) if alone else ("worker",)
    with opened(database_url) as house, ExitStack() as ending:
        begin(house)
        db.dispose()
        first, second = (ending.enter_context(mandat(database_url, *words)) for _ in range(2))
        await_left(MANY * 3 // 4, first, second)
        first.kill()
        killed_at = left()
        await_left(0, second)
        assert killed_at > 0, "the worker was killed after everything was done"
        if alone:
            assert second.process.wait(60) == 0
        else:
            assert second.end() == 0
        wrong = _wrong()
        report("timers due at once", f"{MANY:,} timers, one of two workers killed with {killed_at:,} left", wrong=wrong)
        assert wrong == []


def await_left(number: int, *programs: Program) -> None:
    """Until no more than that many timers wait. Fails when everybody who could fire them has ended."""
    while left() > number:
        assert any(it.process.poll() is None for it in programs) or left() <= number, "nobody fires any more"


def _wrong() -> list[str]:
    """Every case whose timer did not fire exactly once, or whose journal or task does not say so."""
    with db.reading() as session:
        cases = session.scalars(select(Case)).all()
        fired = Counter(
            case.id for case in cases for it in journal.entries(session, *case.stream) if it["kind"] == FIRED
        )
        waits = Counter(session.scalars(select(Task.case_id).where(Task.state == "open")))
        broken = [case.id for case in cases if journal.verify(session, case) is not None]
    assert len(cases) == MANY
    found = [f"the timer of {case.id} fired {fired[case.id]} times" for case in cases if fired[case.id] != 1]
    found += [f"{case.id} has {waits[case.id]} tasks" for case in cases if waits[case.id] != 1]
    return found + [f"the journal of {case_id} is broken" for case_id in broken]
