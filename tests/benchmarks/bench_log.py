"""What the log costs beside the steps that it is over, and how long it takes to compute a large one anew."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from service.commands import instances, tasks
from service.domain.journal import GENESIS, leaf_hash
from service.identity import dossiers, sequencer
from service.identity.callers import PORTS
from service.post import DerivedKey, verify
from service.queries import log_check, verifying
from service.runtime.command import Call
from service.store import db
from service.store.tables import JournalEntry, Workspace
from tests.app.house import House, opened
from tests.app.taken import run
from tests.benchmarks.measure import tell
from tests.faults.work import KEY, REMARK, three_tasks

CASES, RECORDS = 150, 100_000
PER_BATCH = 10_000


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """A service with a key, on each database."""
    with opened(database_url) as house:
        house.app.extensions[PORTS] = replace(house.ports, keys=DerivedKey(1), verify=verify)
        house.deploy(three_tasks())
        yield house


def test_the_cost_of_the_log_for_each_step(house: House, database_url: str):
    """Steps as commands, without HTTP, which is the dearest comparison; the sequencer comes round after every 40 of them,
    as it does in a second of a busy service."""
    by = Call(house.person("secretary", "pogi.sec").actor, house.ports)
    spent = {"steps": 0.0, "log": 0.0}
    steps = entries = 0
    for number in range(CASES):
        began = time.perf_counter()
        steps += one_case(by)
        spent["steps"] += time.perf_counter() - began
        if number % 10 == 9:
            began = time.perf_counter()
            entries += sequencer.round_of()
            spent["log"] += time.perf_counter() - began
    each = {what: seconds / steps * 1000 for what, seconds in spent.items()}
    tell(
        [
            database_url.partition(":")[0],
            f"a step {each['steps']:.2f} ms, the log for it {each['log']:.3f} ms: × {each['log'] / each['steps']:.3f}",
            f"{entries / steps:.1f} entries for each step, {entries / spent['log']:.0f} entries placed in a second",
        ]
    )


def one_case(by: Call) -> int:
    """From its start to its end; gives how many steps."""
    waiting, steps = instances.start(by, KEY, {}, None)["tasks"], 1
    while waiting:
        answers = {"vote": "for", "remark": REMARK} if waiting[0]["activity"] == "vote" else {}
        waiting = tasks.complete(by, waiting[0]["id"], answers)["opened"]
        steps += 1
    return steps


def test_a_million_records_are_computed_anew(house: House, database_url: str, tmp_path: Path):
    written = fill()
    began = time.perf_counter()
    placed = sequencer.round_of()
    placing = time.perf_counter() - began
    began, busy = time.perf_counter(), time.process_time()
    broken = [verdict for verdict in log_check.verdicts(verify, "pogi") if not verdict.holds]
    checking, busy = time.perf_counter() - began, time.process_time() - busy
    tell(
        [
            database_url.partition(":")[0],
            f"{written} records were placed in {placing:.1f} s ({placed / placing:.0f} in a second)",
            f"and verified in {checking:.1f} s ({written / checking:.0f} in a second), {busy:.1f} s of them this process",
        ]
    )
    assert broken == []
    take_home(house, written, tmp_path)


def take_home(house: House, written: int, folder: Path) -> None:
    """The whole log as a file, and both verifiers at it: ours here, the program alone in a process of its own."""
    out = folder / "log.zip"
    began = time.perf_counter()
    dossiers.of_log(house.operator(), out)
    packing, began = time.perf_counter() - began, time.perf_counter()
    ours = [it.name for it in verifying.claims(out, verify) if it.broken]
    by_us, began = time.perf_counter() - began, time.perf_counter()
    status, theirs, wrote = run(folder, out.name)
    by_them = time.perf_counter() - began
    tell(
        [
            "taken home",
            f"{written} records in a file of {out.stat().st_size:,} bytes in {packing:.1f} s",
            f"verified by the product in {by_us:.1f} s ({written / by_us:.0f} in a second)",
            f"by the program alone in {by_them:.1f} s ({written / by_them:.0f} in a second)",
        ]
    )
    assert (ours, status, wrote) == ([], 0, ""), theirs


def fill() -> int:
    """Records as a step writes them, of one stream, which the sequencer does not know yet."""
    with db.transaction() as session:
        owner = session.get_one(Workspace, "pogi")
        seq, head = owner.journal_seq, owner.journal_head
        data = {"account": "0" * 36, "person": "0" * 36, "roles": ["0" * 36] * 3, "of": GENESIS, "till": GENESIS}
        for _ in range(RECORDS // PER_BATCH):
            rows = []
            for _ in range(PER_BATCH):
                entry = {"v": 1, "stream": "pogi", "seq": seq, "prev": head, "kind": "rights.raised", "data": data}
                body = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
                rows.append({"workspace_id": "pogi", "stream_id": "pogi", "seq": seq, "body": body})
                seq, head = seq + 1, leaf_hash(body)
            session.execute(insert(JournalEntry), rows)
        session.execute(update(Workspace).where(Workspace.id == "pogi").values(journal_seq=seq, journal_head=head))
    with db.reading() as session:
        assert session.scalar(select(JournalEntry.seq).where(JournalEntry.seq == seq - 1)) is not None
    return RECORDS
