"""Entries lie packed in the database, and come out as they were written."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from service.commands import instances
from service.queries import replay
from service.runtime.command import Call
from service.store import db
from service.store.tables import Case, JournalEntry
from service.store.tables.packing import WORDS, pack, unpack
from tests.app.house import House, two_tasks


@given(
    st.one_of(
        st.binary(), st.lists(st.integers(0, len(WORDS) - 20)).map(lambda at: b"".join(WORDS[i : i + 20] for i in at))
    )
)
def test_what_is_packed_comes_out_as_it_was(body: bytes):
    assert unpack(pack(b"{" + body)) == b"{" + body


def test_an_entry_lies_in_half_the_room(house: House):
    begin(house)
    with db.reading() as session:
        written = sum(len(body) for body in session.scalars(select(JournalEntry.body)))
        lies = session.scalar(text("SELECT sum(length(body)) FROM journal_entries"))
    assert lies * 2 < written * 1.2


def test_an_entry_that_was_written_as_text_is_read_as_text(house: House):
    case = begin(house)
    with db.transaction() as session:
        for row in session.scalars(select(JournalEntry).where(JournalEntry.stream_id == case)):
            spoil(session, case, row.seq, row.body)
    assert replay.case(house.operator().actor, case)["ok"]


def test_an_entry_that_cannot_be_read_is_found_and_named(house: House):
    case = begin(house)
    for spoilt in (b"", b"\x01\x00\x00", b"{", b"[]", b"\xff"):
        with db.transaction() as session:
            spoil(session, case, 1, spoilt)
        verdict = replay.case(house.operator().actor, case)
        assert not verdict["ok"]
        assert verdict["difference"]["seq"] == 1


def begin(house: House) -> str:
    house.deploy(two_tasks())
    call = Call(house.person("anne", "pogi.sec").actor, house.ports)
    instances.start(call, "adoption", {}, None)
    with db.reading() as session:
        return session.scalars(select(Case.id)).one()


def spoil(session, case: str, seq: int, body: bytes) -> None:
    """Write over an entry as somebody with the database in her hands could."""
    session.execute(
        text("UPDATE journal_entries SET body = :body WHERE stream_id = :case AND seq = :seq"),
        {"body": body, "case": case, "seq": seq},
    )
