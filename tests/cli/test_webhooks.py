"""`mandat webhook`, `mandat user mail`, and what `mandat run-due` sends."""

import base64

from tests.app.house import two_tasks
from tests.cli.test_commands import folder, mandat
from tests.support.mail import mail_server
from tests.support.receiver import receiving

__all__ = ["mandat"]


def test_a_receiver_is_added_listed_told_and_removed(mandat, monkeypatch, tmp_path):
    with receiving() as receiver, mail_server() as bag:
        monkeypatch.setenv("MANDAT_WEBHOOK_HOSTS", "127.0.0.1")
        monkeypatch.setenv("MANDAT_SMTP_URL", bag.url)
        monkeypatch.setenv("MANDAT_MAIL_FROM", "mandat@example.dk")
        monkeypatch.setenv("MANDAT_PUBLIC_URL", "https://mandat.example/")
        mandat("db", "upgrade")
        added = mandat("webhook", "add", receiver.url, "--kind", "bundle.deployed").output
        hook, secret = added.split()
        assert mandat("webhook", "list").output == f"{hook} {receiver.url} bundle.deployed\n"
        mandat("deploy", folder(tmp_path / "a", two_tasks()), "--create-roles")
        assert "1 messages taken from the outbox." in mandat("run-due").output
        (call,) = receiver.calls
        assert call.event["source"] == "https://mandat.example/pogi/"
        assert call.signed_with(base64.b64decode(secret.removeprefix("whsec_")))
        mandat("webhook", "remove", hook)
        assert mandat("webhook", "list").output == ""
        assert "There is no such webhook" in mandat("webhook", "remove", hook, status=1).output
        refused = mandat("webhook", "add", "https://192.168.0.1/", status=1).output
        assert "may not be called" in refused


def test_a_persons_address_is_given_by_the_operator(mandat):
    mandat("user", "add", "anne")
    assert mandat("user", "mail", "anne", "anne@example.dk").output == "anne gets mail at anne@example.dk.\n"
    assert "is no mail address" in mandat("user", "mail", "anne", "anne", status=1).output
    assert mandat("user", "mail", "anne", "").output == "anne gets no mail.\n"
