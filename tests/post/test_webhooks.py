"""Calling a receiver: only at an address that was checked, for no longer than it may take, and once."""

import base64
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest

from service.domain.addresses import Allowed
from service.domain.outgoing import Notice, Undelivered
from service.post import Webhooks, webhooks
from service.post.signing import headers
from tests.support.receiver import receiving

NOW = datetime(2022, 11, 10, 15, 20, 30, tzinfo=UTC)


def notice(url: str) -> Notice:
    return Notice("id", url, b"secret", b"{}", NOW)


def refused(call: Webhooks, url: str) -> Undelivered:
    with pytest.raises(Undelivered) as error:
        call(notice(url))
    return error.value


def test_a_signature_is_that_of_standard_webhooks():
    """The example of its own library for Python."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    moment = datetime.fromtimestamp(1614265330, UTC)
    assert headers("msg_p5jXN8AQM9LWM0D4loKWxJek", moment, b'{"test": 2432232314}', secret) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "fd00::1",
        "0.0.0.0",
        "224.0.0.1",
    ],
)
def test_a_name_that_means_an_address_inside_is_not_called(address):
    with receiving() as receiver:
        call = Webhooks(resolve=lambda _host, _port: [address])
        error = refused(call, f"https://events.example.dk:{receiver.port}/")
        assert (error.reason, error.final) == ("address", True)
        assert receiver.calls == []


def test_a_name_with_one_public_address_and_one_inside_is_not_called():
    call = Webhooks(resolve=lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    assert refused(call, "https://events.example.dk/").reason == "address"


def test_a_name_is_resolved_once_and_what_it_meant_then_is_called():
    """A name that means something else at the second question is never asked twice."""
    with receiving() as receiver:
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        call = Webhooks(Allowed.of(["events.intern"]), resolve=lambda _host, _port: next(answers))
        call(notice(f"http://events.intern:{receiver.port}/in"))
        assert receiver.calls[0].headers["Host"] == f"events.intern:{receiver.port}"
        assert next(answers) == ["127.0.0.2"]


def test_the_next_address_is_tried_where_one_takes_no_connection():
    with receiving() as receiver:
        call = Webhooks(Allowed.of(["events.intern"]), resolve=lambda _host, _port: ["::1", "127.0.0.1"])
        call(notice(f"http://events.intern:{receiver.port}/in"))
        assert len(receiver.calls) == 1


@pytest.mark.parametrize("to", ["http://127.0.0.1:9/", "http://127.0.0.1:{port}/", "https://127.0.0.1:9/"])
def test_a_redirect_leads_nowhere(to):
    with receiving() as receiver:
        receiver.answers, receiver.location = [307], to.format(port=receiver.port)
        error = refused(Webhooks(Allowed.of(["127.0.0.1"])), receiver.url)
        assert (error.reason, error.final) == ("redirect", True)
        assert len(receiver.calls) == 1


def test_a_name_that_nobody_knows_is_tried_again():
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    error = refused(Webhooks(resolve=unknown), "https://events.example.dk/")
    assert (error.reason, error.final) == ("unreachable:name", False)


@pytest.mark.parametrize("status", [500, 503, 404, 401, 429])
def test_an_answer_that_may_change_is_tried_again(status):
    with receiving() as receiver:
        receiver.answers = [status]
        error = refused(Webhooks(Allowed.of(["127.0.0.1"])), receiver.url)
        assert (error.reason, error.final) == (f"answer:{status}", False)


@contextmanager
def answering(*parts: bytes, hold: bool = False) -> Iterator[int]:
    """A server that sends these bytes to the first who calls, and then holds the line or hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                try:
                    for part in parts:
                        connection.sendall(part)
                    if hold:
                        connection.recv(1)
                except OSError:
                    pass  # the other side has had enough

        thread = Thread(target=answer)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


def test_an_answer_without_end_is_not_read_to_its_end():
    with answering(b"HTTP/1.1 200 OK\r\n", *[b"x: " + b"y" * 60_000 + b"\r\n"] * 40) as port:
        error = refused(Webhooks(Allowed.of(["127.0.0.1"])), f"http://127.0.0.1:{port}/")
    assert (error.reason, error.final) == ("unreachable:broken", False)


def test_what_does_not_speak_http_did_not_take_it():
    with answering(b"220 mail.example.dk ESMTP\r\n") as port:
        assert refused(Webhooks(Allowed.of(["127.0.0.1"])), f"http://127.0.0.1:{port}/").reason == "unreachable:broken"


def test_who_keeps_silent_is_waited_for_no_longer_than_is_said(monkeypatch):
    monkeypatch.setattr(webhooks, "PATIENCE", 0.05)
    with answering(b"HTTP/1.1 ", hold=True) as port:
        assert refused(Webhooks(Allowed.of(["127.0.0.1"])), f"http://127.0.0.1:{port}/").reason == "unreachable:timeout"


def test_a_server_whose_certificate_is_not_trusted_hears_nothing():
    with answering(b"not tls") as port:
        call = Webhooks(Allowed.of(["127.0.0.1"]), trust=ssl.create_default_context())
        assert refused(call, f"https://127.0.0.1:{port}/").reason == "unreachable:broken"
