"""Two relays, killed at named places and anywhere: every message arrives, and twice only under the same id.

Here every place is hit once or twice; `python3 dev.py faults --full` makes it ten thousand messages on each database.
"""

import json
import os
import random
import selectors
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import pytest

from service.commands import instances, mailboxes, webhooks
from service.runtime.command import Call
from service.store import db, journal, outbox, workspaces
from tests.app.house import two_tasks
from tests.app.sending import Sending, sends
from tests.faults.relays import PLACES
from tests.faults.sizes import size
from tests.support.repository import ROOT

KILLS, CASES = size(6, 200), size(6, 5000)
"""Relays that are killed, and cases of which a mail and a notice each are written: at least."""

ANYWHERE = "anywhere"


@dataclass
class Relays:
    """Two relays at work: when one dies, another takes its place and dies elsewhere."""

    process: subprocess.Popen[str]
    order: dict[str, Any]
    places: Iterator[str] = field(default_factory=lambda: cycle((*PLACES, ANYWHERE)))
    chance: random.Random = field(default_factory=lambda: random.Random(9))
    living: dict[int, str] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def bear(self, place: str | None = None) -> None:
        """Let one more live, until it reaches that place, or the next of all."""
        chosen = next(self.places) if place is None else place
        fatal = None if chosen in {ANYWHERE, ""} else (chosen, self.chance.randint(1, 3))
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(self.order | {"fatal": fatal}) + "\n")
        self.process.stdin.flush()
        while "pid" in (said := self._said()) and "died" in said:
            self._bury(said)
        self.living[said["pid"]] = chosen

    def watch(self) -> None:
        """Replace who has died, and kill who is to die anywhere."""
        while self._speaks():
            self._bury(self._said())
        for pid, place in list(self.living.items()):
            if place == ANYWHERE and self.chance.random() < 0.3:
                os.kill(pid, signal.SIGKILL)
                self._bury({"pid": pid, "died": ANYWHERE})
        while len(self.living) < 2:
            self.bear()

    def rest(self) -> None:
        """End those that live, and let two live that do not die."""
        while self._speaks():
            self._bury(self._said())
        for pid in self.living:
            os.kill(pid, signal.SIGKILL)
        self.living.clear()
        for _ in range(2):
            self.bear("")

    def _bury(self, said: dict[str, Any]) -> None:
        if self.living.pop(said["pid"], None) is not None:
            self.killed[said["died"]] += 1

    def _speaks(self) -> bool:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            return bool(waiting.select(0))

    def _said(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said


@contextmanager
def relays(order: dict[str, Any]) -> Iterator[Relays]:
    """The nursery of relays for as long as the context lasts."""
    command = [sys.executable, "-m", "tests.faults.relays"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, start_new_session=True
    ) as process:
        yield Relays(process, order)
        assert process.stdin is not None
        process.stdin.close()


def everywhere(killed: Counter[str]) -> bool:
    """Whether relays were killed as often as is asked for, and at every place."""
    return sum(killed.values()) >= KILLS and {*PLACES, ANYWHERE} <= set(killed)


def fought_over(
    database_url: str, enough: Callable[[Counter[str]], bool], *, planted: bool = False
) -> tuple[list[str], Relays]:
    """Every fault that is found when enough relays were killed, and who was."""
    with sends(database_url) as sending:
        house = sending.house
        house.deploy(two_tasks())
        house.person("anne", "pogi.sec")
        mailboxes.choose(house.operator(), "anne@example.dk", "at-once", account="anne")
        webhooks.add(house.operator(), sending.receiver.url, ["instance.started"])
        starter = Call(house.person("starter", "pogi.sec").actor, house.ports)
        order = {"url": database_url, "mail": sending.mail.url, "planted": planted}
        with relays(order) as born:
            started = 0
            while not enough(born.killed) or started < CASES:
                instances.start(starter, "adoption", {}, None)
                started += 1
                born.watch()
            born.rest()
            while waits():
                assert born.living
        return faults(sending, started), born


def waits() -> int:
    with db.reading() as session:
        return outbox.counts(session, "pogi").get("waiting", 0)


def faults(sending: Sending, started: int) -> list[str]:
    """Everything that is not as it must be: lost, sent under an id of its own making, or told wrongly."""
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
    sys.stdout.write(f"\n{2 * started} messages, {again} of them twice\n")
    return found


def test_every_message_arrives_though_relays_are_killed(database_url: str) -> None:
    found, born = fought_over(database_url, everywhere)
    rows = [f"{times:5}  {place}" for place, times in sorted(born.killed.items())]
    sys.stdout.write("\n".join([*rows, f"{sum(born.killed.values())} kills\n"]))
    assert found == []
    assert set(born.killed) == {*PLACES, ANYWHERE}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_relay_that_says_sent_before_it_has_is_seen(database_url: str) -> None:
    found, _ = fought_over(database_url, lambda killed: killed[PLACES[0]] > 0, planted=True)
    assert any("never arrived" in fault for fault in found)
