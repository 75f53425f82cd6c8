"""kill -9 at every place of the sequencer: no entry is lost in the log or stands in it twice, and what was signed holds.

Here some places are tried, in turn; `python3 dev.py faults --full` tries each of them many times on each database.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from service.domain.journal import GENESIS, INSTALLATION
from service.domain.notes import read
from service.post import verify
from service.queries import log, log_check
from service.queries.log_check import Kept
from service.store import db
from service.store.tables import Installation, JournalEntry, Log, LogCheckpoint, LogKey, LogTile, Workspace
from tests.app.house import START, House
from tests.app.logged import write
from tests.faults.lives import Fatal
from tests.faults.sizes import FULL, size
from tests.support.repository import ROOT

KILLS = size(6, 1000)
FRESH, GROWN = "fresh", "grown"
"""A log that has no entry yet, and one that has some: they reach different places."""

AT_FIRST, MORE = 290, 25
"""Entries of each log before it begins, which are more than a tile holds, and at most so many between two deaths."""

LOGS = ("pogi", "lillestrom", INSTALLATION)


@dataclass
class Watched:
    """A log that is fought over: sequencers die at it, and everything that was ever signed is kept."""

    process: subprocess.Popen[str]
    url: str
    folder: Path
    planted: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    at: datetime = START
    kept: dict[str, None] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def bear(self, fatal: Fatal | None = None, trace: Path | None = None, rounds: int = 1) -> None:
        """Let a sequencer live, which comes round so often, or dies."""
        self.at += timedelta(minutes=2)
        order = {"url": self.url, "at": self.at.isoformat(), "fatal": fatal, "planted": self.planted, "rounds": rounds}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order | {"trace": trace and str(trace)}) + "\n")
        self.process.stdin.flush()

    def died(self) -> bool:
        """Wait for the end of one; whether it was killed."""
        assert self.process.stdout is not None
        said = json.loads(self.process.stdout.readline())
        assert "failed" not in said, said
        return bool(said["died"])

    def come_round(self, trace: Path | None = None) -> None:
        """Let a sequencer come round that does not die."""
        self.bear(trace=trace)
        assert not self.died()

    def places(self, state: str) -> list[tuple[str, Fatal]]:
        """Every place that a round reaches in that state, and each time."""
        self.prepare(state)
        trace = self.folder / state
        self.come_round(trace)
        seen = Counter(trace.read_text().splitlines())
        return [(state, (point, time)) for point, times in seen.items() for time in range(1, times + 1)]

    def prepare(self, state: str) -> None:
        """Bring the log there: begun anew, or grown; and write more to the journal."""
        if state == FRESH:
            forget()
            self.kept.clear()
            write(AT_FIRST, *LOGS)
        write(self.chance.randint(1, MORE), *LOGS)

    def kill(self, state: str, fatal: Fatal) -> None:
        """Let one die there and another go on, and look what they left."""
        self.prepare(state)
        self.bear(fatal)
        if not self.died():
            self.wrong.append(f"{fatal} of a {state} log is not reached")
            return
        self.killed[f"{state} log, {fatal[0]}"] += 1
        self.judge(f"killed at {fatal}")
        if self.wrong:
            return
        write(self.chance.randint(0, MORE), *LOGS)
        self.come_round()
        if log.behind():  # the first signature writes an entry of its own
            self.come_round()
        if log.behind():
            self.wrong.append(f"after {fatal}: entries have no place, and nobody gives them one")
        self.judge(f"gone on after {fatal}")

    def judge(self, when: str) -> None:
        """Compute the log anew, beside all that was signed until now."""
        self.kept |= dict.fromkeys(note for name in LOGS for note in log.notes(name))
        held = [Kept(f"signed {number}", [read(note)]) for number, note in enumerate(self.kept)]
        found = log_check.verdicts(verify, None, held)
        self.wrong += [f"{when}: {it.workspace_id}, {it.claim}: {it.says}" for it in found if not it.holds]


@contextmanager
def watched(url: str, folder: Path, *, planted: bool = False) -> Iterator[Watched]:
    """The nursery of sequencers for as long as the context lasts."""
    command = [sys.executable, "-m", "tests.faults.sequencers"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, start_new_session=True
    ) as process:
        write(AT_FIRST, *LOGS)
        found = Watched(process, url, folder, planted)
        found.come_round()
        yield found
        assert process.stdin is not None
        process.stdin.close()


def forget() -> None:
    """Take every log and every journal away, as if nothing had happened yet."""
    with db.transaction() as session:
        for table in (Log, LogTile, LogCheckpoint, LogKey, JournalEntry):
            session.execute(delete(table))
        for owner in (Installation, Workspace):
            session.execute(update(owner).values(journal_seq=0, journal_head=GENESIS))


def test_nothing_is_lost_or_placed_twice_wherever_the_sequencer_is_killed(
    house: House, database_url: str, tmp_path: Path
) -> None:
    with watched(database_url, tmp_path) as log_:
        places = [it for state in (FRESH, GROWN) for it in log_.places(state)]
        log_.chance.shuffle(places)
        ordered = cycle(sorted(places, key=lambda place: place[1][1]))
        named = {f"{state} log, {point}" for state, (point, _) in places}
        while sum(log_.killed.values()) < KILLS and not log_.wrong:
            log_.kill(*next(ordered))
    if FULL:
        rows = [f"{times:5}  {place}" for place, times in sorted(log_.killed.items())]
        sys.stdout.write("\n".join(["", *rows, f"{log_.killed.total()} kills at {len(log_.killed)} places", ""]))
    assert log_.wrong == []
    assert len(log_.killed) == min(KILLS, len(named))
    assert {f"{FRESH} log, append: after COMMIT", f"{GROWN} log, sign: before COMMIT"} <= named


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hash_that_another_transaction_writes_than_the_place_is_seen(
    house: House, database_url: str, tmp_path: Path
) -> None:
    with watched(database_url, tmp_path, planted=True) as log_:
        for place in log_.places(FRESH):
            if "COMMIT" in place[1][0] and not log_.wrong:
                log_.kill(*place)
    assert any("have a place, and the log says" in fault for fault in log_.wrong)


def test_several_sequencers_and_several_who_write_leave_one_log(
    house: House, database_url: str, tmp_path: Path
) -> None:
    with watched(database_url, tmp_path) as log_:
        for _ in range(3):
            log_.bear(rounds=size(8, 100))
        for _ in range(size(8, 100)):
            write(log_.chance.randint(1, MORE), *LOGS)
        assert [log_.died() for _ in range(3)] == [False] * 3
        log_.come_round()
        log_.judge("all were at it at once")
    assert log_.wrong == []
    assert log.behind() == []
