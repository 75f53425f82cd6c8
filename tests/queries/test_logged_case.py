"""The entries of one case held against the log, beside playing them again."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from sqlalchemy import func, select, update

from service.commands import instances, tasks
from service.domain.merkle import leaf_hash
from service.domain.witnesses import KINDS
from service.identity import sequencer
from service.post import verify
from service.queries import replay
from service.queries.replay.logged import Logged as Found
from service.runtime.command import Call
from tests.app.browsing import Browser
from tests.app.house import House, two_tasks
from tests.app.logged import Logged, logged
from tests.app.tampering import database, table
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def log(house: House) -> Logged:
    house.deploy(two_tasks())
    return logged(house)


@pytest.fixture
def case(house: House, log: Logged) -> str:
    """A case of a few entries, of which the last waits for its place."""
    someone = house.person("sofie", "pogi.sec", "pogi.chair", "process.owner")
    call = Call(someone.actor, log.house.ports)
    started: dict[str, Any] = instances.start(call, "adoption", {}, None)
    log.round()
    tasks.claim(call, started["tasks"][0]["id"])
    return str(started["case_id"])


def found(house: House, case: str) -> dict[str, Any]:
    return replay.case(house.operator().actor, case, verify)


def page(browser: Browser, case: str) -> str:
    return seen(browser.get(f"/pogi/cases/{case}/timeline?check=1").text)


def rewritten(case: str, change: Callable[[dict[str, Any]], None], number: int = 0) -> None:
    """An entry says something else, those behind it name it, and the case names the last: only the log knows better."""
    entries, cases = table("journal_entries"), table("cases")
    with database() as connection:
        here = entries.c.stream_id == case
        rows = connection.execute(select(entries.c.seq, entries.c.body).where(here).order_by(entries.c.seq)).all()
        head = None
        for seq, body in rows[number:]:
            entry = json.loads(body)
            if head is None:
                change(entry)
            else:
                entry["prev"] = head
            forged = rfc8785.dumps(entry)
            head = leaf_hash(forged).hex()
            connection.execute(update(entries).where(here, entries.c.seq == seq).values(body=forged))
        connection.execute(update(cases).where(cases.c.id == case).values(journal_head=head))


def test_what_stands_in_the_log_is_told_apart_from_what_waits_for_it(house: House, log: Logged, case: str):
    rose = visiting(house, "rose", "auditor")
    told = found(house, case)
    assert told["ok"]
    proof: Found = told["log"]
    assert (proof.broken, proof.waiting, proof.unsigned) == (None, 1, 0)
    assert proof.proved == told["entries"] - 1
    assert "Ikke hver post er bevist ved loggen endnu" in page(rose, case)
    assert "1 er endnu ikke i loggen." in page(rose, case)
    log.round()
    assert found(house, case)["log"].proved == told["entries"]
    assert "Hver post står uændret i loggen" in page(rose, case)
    assert "ingen ændret" not in page(rose, case), "the chain alone does not show that"


def test_a_case_written_anew_with_its_chain_is_found_by_the_log(house: House, log: Logged, case: str):
    rose = visiting(house, "rose", "auditor")
    log.round()
    rewritten(case, lambda entry: entry.update(actor="forged"), number=1)
    told = found(house, case)
    assert not told["ok"]
    assert (told["log"].broken.seq, str(told["log"].broken.said)) == (
        1,
        "it is not the entry that took its place in the log",
    )
    assert "Loggen bekræfter ikke optegnelsen" in page(rose, case)
    assert "Hver post står uændret i loggen" not in page(rose, case)


def test_an_entry_that_was_taken_out_of_the_log_is_missed(house: House, log: Logged, case: str):
    log.round()
    entries = table("journal_entries")
    with database() as connection:
        connection.execute(update(entries).where(entries.c.stream_id == case).values(leaf=None))
    broken = found(house, case)["log"].broken
    assert str(broken.said).startswith("the log has ")


def test_a_tree_that_was_made_to_fit_has_not_the_root_that_was_signed(house: House, log: Logged, case: str):
    log.round()
    rewritten(case, lambda entry: entry.update(actor="forged"), number=1)
    entries, tiles = table("journal_entries"), table("log_tiles")
    with database() as connection:
        here = entries.c.workspace_id == "pogi"
        rows = connection.execute(select(entries.c.body).where(here).order_by(entries.c.leaf)).scalars()
        hashes = b"".join(leaf_hash(body) for body in rows)
        connection.execute(
            update(tiles).where(tiles.c.workspace_id == "pogi", tiles.c.level == 0).values(hashes=hashes)
        )
    assert str(found(house, case)["log"].broken.said) == "the root over the log is not the one that was signed"
    checkpoints = table("log_checkpoints")
    with database() as connection:
        connection.execute(update(checkpoints).values(note="forged"))
    assert str(found(house, case)["log"].broken.said) == "the latest checkpoint cannot be read"


def test_who_outside_has_a_checkpoint_is_told_and_how_far_it_reaches(house: House, log: Logged, case: str):
    rose = visiting(house, "rose", "auditor")
    log.round()
    assert "Ikke bevidnet udefra" in page(rose, case)
    witnesses = table("witnesses")
    size = found(house, case)["log"].size
    row = {"workspace_id": "pogi", "id": "w1", "kind": KINDS[0], "address": "a@example.dk", "secret": b"", "minutes": 0,
           "added_by": "x", "added_at": house.clock(), "size": size, "got_at": house.clock()}  # fmt: skip
    with database() as connection:
        connection.execute(witnesses.insert().values(**row))
    assert "Bevidnet udefra" in page(rose, case) and "Ikke bevidnet udefra" not in page(rose, case)
    leaf = table("journal_entries").c.leaf
    with database() as connection:
        last = connection.scalar(select(func.max(leaf)).where(table("journal_entries").c.stream_id == case))
        connection.execute(update(witnesses).values(size=last))
    assert "Delvis bevidnet udefra" in page(rose, case)


def test_without_a_key_nothing_is_claimed(house: House):
    house.deploy(two_tasks())
    someone = house.person("sofie", "pogi.sec", "pogi.chair")
    started = instances.start(Call(someone.actor, house.ports), "adoption", {}, None)
    assert replay.case(house.operator().actor, started["case_id"])["log"] is None
    sequencer.round_of()
    assert "Ikke bevist ved loggen" in page(visiting(house, "rose", "auditor"), started["case_id"])
    assert replace(found(house, started["case_id"])["log"], waiting=0) == Found(
        unsigned=found(house, started["case_id"])["log"].unsigned
    )
