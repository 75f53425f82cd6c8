"""The journal as it lies in the database."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from service.domain.errors import CaseMovedOn
from service.domain.facts import RoleAdded
from service.domain.journal import By, Head, envelope, first_break, leaf_hash
from service.store import db, journal
from service.store.tables import JournalEntry, Workspace
from tests.app.house import START, House

BY = By(actor="someone", auth="cli")


def write(count: int) -> None:
    for number in range(count):
        with db.transaction() as session:
            owner = journal.of_workspace(session, "pogi")
            assert owner is not None
            facts = [RoleAdded(role=f"r{number}", label="R"), RoleAdded(role=f"s{number}", label="S")]
            journal.append(session, owner, facts, by=BY, now=START, demo=True)


def verdict():
    with db.reading() as session:
        owner = session.get_one(Workspace, "pogi")
        return journal.verify(session, owner)


def test_what_is_written_is_read_again_in_its_order(house: House):
    write(2)
    with db.reading() as session:
        entries = journal.entries(session, "pogi", "pogi")
        assert journal.entries(session, "pogi", "pogi", after=2, limit=5) == entries[3:]
    assert [entry["data"]["role"] for entry in entries] == ["r0", "s0", "r1", "s1"]
    assert entries[0] == {
        "v": 1,
        "stream": "pogi",
        "seq": 0,
        "prev": "0" * 64,
        "at": "2026-01-05T08:00:00.000000Z",
        "kind": "role.added",
        "actor": "someone",
        "auth": "cli",
        "clock": "demo",
        "data": {"role": "r0", "label": "R"},
    }
    assert verdict() is None


def test_a_changed_entry_is_found(house: House):
    write(2)
    with db.transaction() as session:
        row = session.scalars(select(JournalEntry).where(JournalEntry.seq == 1)).one()
        row.body = row.body.replace(b"s0", b"s9")
    assert verdict().seq == 2


def test_an_entry_left_out_is_found(house: House):
    write(2)
    with db.transaction() as session:
        session.execute(delete(JournalEntry).where(JournalEntry.seq == 3))
    assert verdict().seq == 3


def test_a_head_put_back_is_found(house: House):
    write(2)
    with db.transaction() as session:
        session.execute(update(Workspace).where(Workspace.id == "pogi").values(journal_seq=3))
    assert verdict().reason == "the stream does not end where its owner says"


def test_two_writers_cannot_write_the_same_place(house: House):
    """The version of the stream's owner is compared and set: who read before the other wrote is refused."""
    with db.reading() as session:
        stale = session.get_one(Workspace, "pogi")
        session.expunge(stale)
    write(1)
    with pytest.raises(CaseMovedOn), db.transaction() as session:
        session.add(stale)
        journal.append(session, stale, [RoleAdded(role="x", label="X")], by=BY, now=START, demo=True)
    assert verdict() is None


def stream(count: int) -> tuple[list[bytes], Head]:
    head, bodies = Head("s"), []
    for number in range(count):
        fact = RoleAdded(role=f"r{number}", label="R")
        entry = envelope(head, kind=fact.KIND, v=fact.V, by=BY, now=START, data=fact.data())
        body = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
        bodies.append(body)
        head = Head("s", head.seq + 1, leaf_hash(body))
    return bodies, head


@settings(max_examples=60)
@given(st.data())
def test_no_byte_of_a_stream_can_be_changed_unseen(data):
    bodies, head = stream(4)
    place = data.draw(st.integers(0, 3))
    spot = data.draw(st.integers(0, len(bodies[place]) - 1))
    changed = bytearray(bodies[place])
    changed[spot] ^= data.draw(st.integers(1, 127))
    bodies[place] = bytes(changed)
    try:
        entries = [(body, json.loads(body)) for body in bodies]
    except ValueError:
        return  # not even JSON any more
    assert first_break("s", entries, head) is not None


@given(st.permutations(range(4)))
def test_entries_cannot_change_places(order):
    bodies, head = stream(4)
    moved = [(bodies[place], json.loads(bodies[place])) for place in order]
    assert (first_break("s", moved, head) is None) == (list(order) == sorted(order))
