"""Two relays, killed at named places and anywhere: every message arrives, and twice only under the same id.

Here every place around a commit is hit; `python3 dev.py faults --full` makes it ten thousand messages on each database.
"""

import os
import random
import selectors
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from service.commands import instances, mailboxes, webhooks
from service.runtime.command import Call
from service.store import db, journal, outbox, workspaces
from tests.app.house import two_tasks
from tests.app.sending import Sending, sends
from tests.faults import births
from tests.faults.report import Report, points_of
from tests.faults.sizes import FULL, size

KILLS, CASES = size(6, 200), size(6, 5000)
"""Relays that are killed, and cases of which a mail and a notice each are written: at least."""

ANYWHERE = "anywhere"


@dataclass
class Relays:
    """Two relays at work: when one dies, another takes its place and dies elsewhere."""

    process: subprocess.Popen[str]
    order: dict[str, Any]
    points: tuple[str, ...] = ()
    places: Iterator[str] = field(default_factory=lambda: iter(()))
    chance: random.Random = field(default_factory=lambda: random.Random(9))
    living: dict[int, str] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def learn(self, trace: Path, work: Callable[[], None]) -> None:
        """Find out which points a relay reaches that does this work, and dies nowhere."""
        self.bear("", trace)
        work()
        while waits():
            assert self.living
        self._end()
        found = {point for point, _ in points_of(trace)}
        self.points = tuple(sorted(it for it in found if FULL or "COMMIT" in it or "done" in it))
        self.places = cycle((*self.points, ANYWHERE))

    def everywhere(self) -> bool:
        """Whether relays were killed as often as is asked for, and at every point."""
        return sum(self.killed.values()) >= KILLS and {*self.points, ANYWHERE} <= set(self.killed)

    def bear(self, place: str | None = None, trace: Path | None = None) -> None:
        """Let one more live, until it reaches that place, or the next of all."""
        chosen = next(self.places) if place is None else place
        fatal = None if chosen in {ANYWHERE, ""} else (chosen, self.chance.randint(1, 3))
        births.order(self.process, self.order | {"fatal": fatal, "trace": trace and str(trace)})
        while "died" in (said := births.answer(self.process)):
            self._bury(said)
        self.living[said["pid"]] = chosen

    def watch(self) -> None:
        """Replace who has died, and kill who is to die anywhere."""
        while self._speaks():
            self._bury(births.answer(self.process))
        for pid, place in list(self.living.items()):
            if place == ANYWHERE and self.chance.random() < 0.3:
                os.kill(pid, signal.SIGKILL)
                self._bury({"pid": pid, "died": ANYWHERE})
        while len(self.living) < 2:
            self.bear()

    def rest(self) -> None:
        """End those that live, and let two live that do not die."""
        while self._speaks():
            self._bury(births.answer(self.process))
        self._end()
        for _ in range(2):
            self.bear("")

    def _end(self) -> None:
        for pid in self.living:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.living.clear()

    def _bury(self, said: dict[str, Any]) -> None:
        if self.living.pop(said["pid"], None) is not None:
            self.killed[said["died"]] += 1

    def _speaks(self) -> bool:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            return bool(waiting.select(0))


def fought_over(
    database_url: str, trace: Path, enough: Callable[[Relays], bool], *, planted: bool = False
) -> tuple[list[str], str, Relays]:
    """Every fault that is found when enough relays were killed, how much was sent, and who was killed."""
    with sends(database_url) as sending:
        house = sending.house
        house.deploy(two_tasks())
        house.person("anne", "pogi.sec")
        mailboxes.choose(house.operator(), "anne@example.dk", "at-once", account="anne")
        webhooks.add(house.operator(), sending.receiver.url, ["instance.started"])
        starter = Call(house.person("starter", "pogi.sec").actor, house.ports)
        order = {"url": database_url, "mail": sending.mail.url, "planted": planted}
        started = 0

        def start() -> None:
            nonlocal started
            instances.start(starter, "adoption", {}, None)
            started += 1

        with births.nursery("relays") as process:
            born = Relays(process, order)
            born.learn(trace, start)
            while not enough(born) or started < CASES:
                start()
                born.watch()
            born.rest()
            while waits():
                assert born.living
        return *faults(sending, started), born


def waits() -> int:
    with db.reading() as session:
        return outbox.counts(session, "pogi").get("waiting", 0)


def faults(sending: Sending, started: int) -> tuple[list[str], str]:
    """Everything that is not as it must be: lost, sent under an id of its own making, or told wrongly; and how much was
    sent."""
    with db.reading() as session:
        workspace = workspaces.workspace(session, "pogi")
        assert workspace is not None
        broken = journal.verify(session, workspace)
        rows = {row.id: row.kind for row in outbox.page(session, "pogi", "sent", None, 10**6)}
        told = Counter(
            entry["data"]["message"]
            for entry in journal.entries(session, "pogi", "pogi")
            if entry["kind"] == "outbox.sent"
        )
    arrived = {"mail": Counter(sending.mail.ids()), "webhook": Counter(it.event["id"] for it in sending.receiver.calls)}
    found = [] if broken is None else [f"the journal breaks at {broken.seq}"]
    for kind, counted in arrived.items():
        written = {it for it, of in rows.items() if of == kind}
        if len(written) != started:
            found.append(f"{started} messages were written as {kind}, and {len(written)} were sent")
        found += [f"the {kind} {it} never arrived" for it in written - set(counted)]
        found += [f"the {kind} {it} arrived, and nobody wrote it" for it in set(counted) - written]
    found += [f"{it} is told as sent {told[it]} times" for it in rows if told[it] != 1]
    again = sum(count - 1 for counted in arrived.values() for count in counted.values())
    return found, f"{2 * started:,} messages, {again} of them twice under the same id"


def test_every_message_arrives_though_relays_are_killed(database_url: str, tmp_path: Path, report: Report) -> None:
    found, sent, born = fought_over(database_url, tmp_path / "trace", Relays.everywhere)
    report("two relays", sent, killed=born.killed, wrong=found)
    assert found == []
    assert set(born.killed) == {*born.points, ANYWHERE}
    assert {"lease: after COMMIT", "send: done", "mark: before COMMIT", "mark: after COMMIT"} <= set(born.points)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_relay_that_says_sent_before_it_has_is_seen(database_url: str, tmp_path: Path) -> None:
    found, *_ = fought_over(
        database_url, tmp_path / "trace", lambda born: born.killed["lease: after COMMIT"] > 0, planted=True
    )
    assert any("never arrived" in fault for fault in found)
