"""Witnesses get the checkpoints by mail, webhook and file, and none of that makes the log grow for ever."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.commands import outbox, witnesses
from service.domain import notes
from service.domain.outgoing_errors import AddressRefused, MailAddressRefused
from service.domain.witnesses import FolderRefused, WitnessKindUnknown, WitnessNotFound, WitnessPaceRefused
from service.identity.callers import PORTS
from service.post import Files
from service.queries import log
from service.queries import witnesses as queries
from service.store import db
from service.store import outbox as store
from tests.app.house import House
from tests.app.logged import Logged, logged, write
from tests.app.sending import Sending, sending

__all__ = ["sending"]


@pytest.fixture
def watched(sending: Sending, tmp_path: Path) -> Iterator[tuple[Sending, Logged, Path]]:
    """A house that sends and signs, and the folder in which it may leave files."""
    (tmp_path / "drop").mkdir()
    found = logged(sending.house)
    ports = replace(found.house.ports, files=Files([str(tmp_path / "drop")]))
    found.house.app.extensions[PORTS] = ports
    yield (
        replace(sending, house=House(found.house.app, ports)),
        Logged(House(found.house.app, ports)),
        tmp_path / "drop",
    )


def test_each_witness_gets_the_checkpoint_in_her_way_and_the_page_knows_it(watched):
    sends, log_, folder = watched
    operator = log_.house.operator()
    witnesses.add(operator, "mail", "revision@example.dk")
    hook = witnesses.add(operator, "webhook", sends.receiver.url)
    witnesses.add(operator, "file", str(folder))
    write(3)
    log_.round()
    log_.round()
    sends.send()
    size = notes.read(log_.note()).checkpoint.size
    (letter,) = sends.mail.letters
    assert letter["To"] == "revision@example.dk"
    in_mail = notes.within(letter.get_content())
    call = sends.receiver.calls[-1]
    assert call.signed_with(base64.b64decode(hook["secret"].removeprefix("whsec_")))
    assert call.event["type"] == "eu.mandat.log.signed"
    in_files = {notes.read(file.read_text()).checkpoint for file in folder.iterdir()}
    assert notes.read(call.event["data"]["checkpoint"]).checkpoint in in_files
    assert in_mail[0].checkpoint.origin.endswith("/pogi/log")
    assert [row["size"] for row in queries.listed(operator.actor)].count(None) == 0
    assert log_.broken([file.read_text() for file in folder.iterdir()]) == []
    assert size >= max(row["size"] for row in queries.listed(operator.actor))


def test_telling_witnesses_does_not_make_the_log_grow(watched):
    sends, log_, folder = watched
    witnesses.add(log_.house.operator(), "webhook", sends.receiver.url)
    witnesses.add(log_.house.operator(), "file", str(folder))
    write(1)
    for _ in range(3):
        log_.round()
        sends.send()
    size, told = notes.read(log_.note()).checkpoint.size, len(sends.receiver.calls)
    for _ in range(5):
        assert log_.round() == 0
        assert sends.send() == 0
    assert (notes.read(log_.note()).checkpoint.size, len(sends.receiver.calls)) == (size, told)
    log_.house.later(days=1)
    log_.round()
    sends.send()
    assert len(sends.receiver.calls) == told + 1, "a day went by, and she hears that all is still there"


def test_a_witness_who_wants_few_mails_gets_the_latest_checkpoint_when_it_is_time(watched):
    sends, log_, _ = watched
    witnesses.add(log_.house.operator(), "mail", "revision@example.dk", 30)
    for _ in range(10):
        write(1)
        log_.round()
        sends.send()
    assert len(sends.mail.letters) == 1
    log_.house.later(minutes=30)
    log_.round()
    sends.send()
    assert len(sends.mail.letters) == 2
    latest = notes.within(sends.mail.letters[1].get_content())[0]
    assert latest == notes.read(log_.note())


def test_a_witness_who_is_gone_for_good_hears_of_the_next_checkpoint_again(watched):
    sends, log_, _ = watched
    witnesses.add(log_.house.operator(), "webhook", sends.receiver.url)
    sends.receiver.answers = [410]
    write(1)
    log_.round()
    sends.send()
    (row,) = queries.listed(log_.house.operator().actor)
    assert (row["size"], row["under_way"]) == (None, False)
    with db.reading() as session:
        (dead,) = store.dead(session, "pogi", None, 10)
    outbox.discard(log_.house.operator(), [dead.id], "receiver-gone")
    log_.round()
    sends.send()
    (row,) = queries.listed(log_.house.operator().actor)
    assert row["size"] == notes.read(log_.note()).checkpoint.size


def test_a_file_that_is_there_is_not_written_over(watched):
    sends, log_, folder = watched
    witnesses.add(log_.house.operator(), "file", str(folder))
    write(1)
    log_.round()
    sends.send()
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    for _ in range(2):
        write(1)
        log_.round()
        sends.send()
    assert before
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert not [file for file in folder.iterdir() if file.name.startswith(".")]


@pytest.mark.parametrize(
    ("kind", "address", "minutes", "error"),
    [
        ("pigeon", "x", None, WitnessKindUnknown),
        ("mail", "nobody", None, MailAddressRefused),
        ("webhook", "https://10.0.0.1/", None, AddressRefused),
        ("file", "/etc", None, FolderRefused),
        ("mail", "a@example.dk", -1, WitnessPaceRefused),
    ],
)
def test_who_cannot_be_reached_becomes_no_witness(watched, kind, address, minutes, error):
    with pytest.raises(error):
        witnesses.add(watched[1].house.operator(), kind, address, minutes)
    with pytest.raises(WitnessNotFound):
        witnesses.remove(watched[1].house.operator(), "nobody")


def test_who_was_removed_gets_nothing_more(watched):
    sends, log_, _ = watched
    hook = witnesses.add(log_.house.operator(), "webhook", sends.receiver.url)
    write(1)
    log_.round()
    witnesses.remove(log_.house.operator(), hook["id"])
    sends.send()
    log_.round()
    sends.send()
    assert sends.receiver.calls == []
    assert log.notes("pogi") != []
