"""Who carries messages between cases is killed at every named place: each message comes once, or is kept, or expires.

Here every place around a commit is tried; `python3 dev.py faults --full` tries every statement's, five hundred times on
each database.
"""

import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path

import pytest
from sqlalchemy import select

from service.commands import instances, messages
from service.queries import replay
from service.runtime.command import Call
from service.store import db, journal, workspaces
from service.store.tables import Case, Message
from tests.app.house import House
from tests.diagrams import message, process
from tests.faults import births
from tests.faults.lives import Fatal
from tests.faults.plants import OF_CARRIERS
from tests.faults.report import Report, points_of
from tests.faults.sizes import FULL
from tests.faults.work import NOWHERE, TRIES
from tests.journeys.test_messages import with_keys

KILLS = 500
MET, EARLY, BEGUN, LATE = "met", "early", "begun", "late"
"""Messages for a case that waits, for one that waits later, for one that they begin, and for nobody in time."""


@pytest.fixture(scope="module")
def carriers() -> Iterator[subprocess.Popen[str]]:
    with births.nursery("carriers") as process:
        yield process


@dataclass
class Post:
    """Cases that send each other messages, and carriers that are killed over them."""

    house: House
    url: str
    carriers: subprocess.Popen[str]
    plants: tuple[str, ...] = ()
    numbers: Iterator[int] = field(default_factory=count)
    killed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self) -> None:
        self.sec = Call(self.house.person("sec", "pogi.sec").actor, self.house.ports)
        lane = "pogi.sec"
        wait = process("waits").start().catch("wait", message("reply", variable="reply"), lane=lane)
        self.house.deploy({"waits.bpmn": with_keys(wait.user("read", lane=lane).end().bpmn(), "ref")})
        begin = process("begins").start("begin", message("order", variable="order"), lane=lane)
        self.house.deploy({"begins.bpmn": begin.user("read", lane=lane).end().bpmn()})
        for key, name in (("tells", "reply"), ("orders", "order")):
            word = message(name, payload="{ref: ref}", ref="ref")
            self.house.deploy({f"{key}.bpmn": process(key).start().throw("tell", word).end().bpmn()})

    def one(self, fatal: Fatal, trace: Path | None = None) -> bool:
        """Send one message of each kind and let them be carried, by one who dies at `fatal` and by those behind him;
        gives whether he has died."""
        number = next(self.numbers)
        self.house.later(hours=2)
        begun = [self._start("waits", f"{MET} {number}")]
        begun += [self._start("tells", f"{MET} {number}"), self._start("tells", f"{EARLY} {number}")]
        begun.append(self._start("orders", f"{BEGUN} {number}"))
        soon = self.house.clock() + timedelta(minutes=30)
        messages.send(self.sec, "reply", {"ref": f"{LATE} {number}"}, {"ref": f"{LATE} {number}"}, None, soon)
        self.house.later(hours=1)
        died = self._carried(fatal, trace)
        if died is not None:
            self.killed[died] += 1
            self._carried(NOWHERE, None)
        begun.append(self._start("waits", f"{EARLY} {number}"))
        self.sent += 4
        self.wrong += [f"after {fatal}: {fault}" for fault in self._faults(number, begun)]
        return died is not None

    def work(self, points: Iterator[Fatal], kills: int) -> None:
        """Kill carriers at one place after the other, so often."""
        fatal, missed = next(points), 0
        while sum(self.killed.values()) < kills and not self.wrong:
            if self.one(fatal):
                fatal, missed = next(points), 0
                continue
            missed += 1
            if missed == TRIES:
                self.wrong.append(f"{fatal} is never reached")

    def _start(self, key: str, ref: str) -> str:
        started = instances.start(self.sec, key, {"ref": ref}, None)
        assert started["incident"] is None, started
        return str(started["case_id"])

    def _carried(self, fatal: Fatal, trace: Path | None) -> str | None:
        what = {"url": self.url, "at": self.house.clock().isoformat(), "fatal": fatal, "plants": self.plants}
        births.order(self.carriers, what | {"trace": trace and str(trace)})
        died: str | None = births.answer(self.carriers)["died"]
        return died

    # --- the verdict --------------------------------------------------------------------------------------------------

    def _faults(self, number: int, begun: list[str]) -> Iterator[str]:
        """Everything that is not as it must be with the messages of one round."""
        with db.reading() as session:
            rows = {
                row.sent_id: row for row in session.scalars(select(Message).where(Message.sent_at >= self._since()))
            }
            found = list(session.scalars(select(Case).where(Case.opened_at >= self._since())))
            workspace = workspaces.workspace(session, "pogi")
            assert workspace is not None
            told = {case.id: journal.entries(session, *case.stream) for case in found}
            broken = [case.id for case in found if journal.verify(session, case) is not None]
            kept = Counter(
                (entry["kind"], entry["data"]["message"])
                for entry in journal.entries(session, *workspace.stream, limit=10**6)
                if entry["kind"] in {"message.kept", "message.expired"}
            )
        yield from (f"the journal of {case_id} is broken" for case_id in broken)
        for case_id in told:
            if not (it := replay.case(self.house.operator().actor, case_id))["ok"]:
                yield f"{case_id} is replayed otherwise: {it['difference']}"
        states = Counter(row.state for row in rows.values())
        if states != Counter(delivered=3, expired=1):
            yield f"the messages are {dict(states)}"
        received = Counter(
            it["data"]["message"] for entries in told.values() for it in entries if it["kind"] == "message.received"
        )
        delivered = [row.id for row in rows.values() if row.state == "delivered"]
        if received != Counter(delivered):
            yield f"received were {dict(received)}, delivered {delivered}"
        if len(told) != len(begun) + 1:
            yield f"{len(told) - len(begun)} cases were begun by one message"
        reads = Counter(
            it["data"]["activity"] for entries in told.values() for it in entries if it["kind"] == "task.opened"
        )
        if reads != Counter(read=3):
            yield f"three messages came, and the tasks are {dict(reads)}"
        for row in rows.values():
            times = kept["message.expired", row.id]
            if times != (row.state == "expired"):
                yield f"a message that is {row.state} is told as expired {times} times"
            if kept["message.kept", row.id] > 1:
                yield f"a message is told as kept {kept['message.kept', row.id]} times"

    def _since(self) -> object:
        return self.house.clock() - timedelta(hours=1)


def places(post: Post, trace: Path) -> list[Fatal]:
    """Every place that carrying reaches and each time that it is reached: each place once before any place twice."""
    post.one(NOWHERE, trace)
    assert post.wrong == []
    found = points_of(trace)
    random.Random(1).shuffle(found)
    return sorted((it for it in found if FULL or "COMMIT" in it[0]), key=lambda fatal: fatal[1])


def test_every_message_comes_once_wherever_who_carries_it_is_killed(
    house: House, database_url: str, carriers: subprocess.Popen[str], tmp_path: Path, report: Report
) -> None:
    post = Post(house, database_url, carriers)
    points = places(post, tmp_path / "trace")
    named = {point for point, _ in points}
    post.work(cycle(points), KILLS if FULL else len(named))
    report("messages between cases", f"{post.sent} messages", killed=post.killed, wrong=post.wrong)
    assert post.wrong == []
    assert set(post.killed) == named
    assert {"carry: before COMMIT", "carry: after COMMIT"} <= set(post.killed)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("plant", [it.__name__ for it in OF_CARRIERS])
def test_a_planted_fault_is_seen(
    plant: str, house: House, database_url: str, carriers: subprocess.Popen[str], tmp_path: Path
) -> None:
    post = Post(house, database_url, carriers, (plant,))
    points = [it for it in places(post, tmp_path / "trace") if "COMMIT" in it[0]]
    post.work(iter(points), len(points))
    assert post.wrong, f"{len(points)} kills around commits, and nothing was noticed"
