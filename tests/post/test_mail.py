"""Handing mail in, to a real server."""

import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from service.domain.outgoing import Letter, Undelivered
from service.post import Mail, MailSettings
from service.post import mail as posted
from tests.support.mail import mail_server

LETTER = Letter(
    "01890a5d-ac96-774b-bcce-b302099a8057", "anne@example.dk", "Æblegrød på tirsdag", "Kære Anne\n\n.\nÅh.\n", "da"
)


def mail(url: str) -> Mail:
    return Mail(MailSettings.of(url, "Mandat <mandat@example.dk>"))


def refused(url: str) -> Undelivered:
    with pytest.raises(Undelivered) as error:
        mail(url)(LETTER)
    return error.value


def test_a_letter_arrives_as_it_was_written_under_its_id():
    with mail_server() as bag:
        mail(bag.url)(LETTER)
        mail(bag.url)(LETTER)
    first, second = bag.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{LETTER.id}@example.dk>"
    assert first["Subject"] == LETTER.subject
    assert first.get_content().replace("\r\n", "\n") == LETTER.text
    assert first.get_content_type() == "text/plain"


def test_an_address_that_the_server_does_not_know_is_refused_for_good_and_a_full_one_is_not():
    with mail_server() as bag:
        bag.refused[LETTER.to] = "550 no such person"
        error = refused(bag.url)
        assert (error.reason, error.final) == ("recipient:550", True)
        bag.refused[LETTER.to] = "452 4.2.2 her box is full"
        error = refused(bag.url)
        assert (error.reason, error.final) == ("recipient:452 4.2.2", False)
    assert bag.letters == []


def test_a_letter_that_the_server_does_not_take_is_refused():
    with mail_server() as bag:
        bag.broken = "554 spam"
        error = refused(bag.url)
        assert (error.reason, error.final) == ("refused:554", True)
        bag.broken = "451 4.7.1 anne@example.dk later"
        error = refused(bag.url)
        assert (error.reason, error.final) == ("refused:451 4.7.1", False)


def test_a_server_that_drips_its_answer_is_listened_to_for_no_longer_than_is_said(monkeypatch):
    """Each of its words comes in time, and all of them together do not."""
    monkeypatch.setattr(posted, "PATIENCE", 0.2)
    with dripping(b"220-slowly\r\n") as port:
        assert refused(f"smtp://127.0.0.1:{port}").reason == "unreachable:timeout"


def test_a_server_that_says_goodbye_in_an_odd_way_has_the_letter_all_the_same():
    with mail_server() as bag:
        bag.goodbye = "451 not now"
        mail(bag.url)(LETTER)
    assert len(bag.letters) == 1


@contextmanager
def dripping(part: bytes) -> Iterator[int]:
    """A server that says a part of its greeting over and over, and never comes to an end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):  # until the other side has had enough
                while not select.select([connection], [], [], 0.01)[0]:
                    connection.sendall(part)

        thread = Thread(target=greet)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_a_server_that_lacks_what_is_asked_of_it_gets_no_letter():
    """Neither without encryption nor without signing in does a letter go out where the setting asks for them."""
    with mail_server() as bag:
        for url in (f"starttls://127.0.0.1:{bag.port}", f"smtp://user:password@127.0.0.1:{bag.port}"):
            assert refused(url).reason == "unreachable:lacks"
    assert bag.letters == []


def test_where_no_server_is_the_letter_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = refused(f"smtp://127.0.0.1:{port}")
    assert (error.reason, error.final) == ("unreachable:refused", False)


def test_a_line_in_a_subject_or_an_address_makes_no_header():
    with mail_server() as bag:
        bad = Letter("id", "anne@example.dk", "a\r\nBcc: all@example.dk", "text", "da")
        with pytest.raises(ValueError, match="linefeed"):
            mail(bag.url)(bad)
    assert bag.letters == []


def test_user_and_password_may_hold_any_letter():
    found = MailSettings.of("starttls://us%40er:p%2Fw@mail.example.dk", "m@example.dk")
    assert (found.user, found.password, found.host, found.port) == ("us@er", "p/w", "mail.example.dk", 587)
