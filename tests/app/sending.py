"""A house that sends: to a mail server and a receiver of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from service.domain.addresses import Allowed
from service.identity import clockwork
from service.identity.callers import PORTS
from service.identity.relay import ADDRESS
from service.post import Mail, MailSettings, Webhooks
from tests.app.house import House, opened
from tests.support.mail import Mailbag, mail_server
from tests.support.receiver import Receiver, receiving

HERE = "https://mandat.example"


@dataclass(frozen=True)
class Sending:
    """A service, its mail server, and a receiver of its webhooks."""

    house: House
    mail: Mailbag
    receiver: Receiver

    def send(self) -> int:
        """Send what is due, until nothing is."""
        count = 0
        while taken := clockwork.send_out():
            count += taken
        return count


@contextmanager
def sends(url: str) -> Iterator[Sending]:
    """A house on that database that sends."""
    with opened(url) as house, mail_server() as bag, receiving() as receiver:
        mail = Mail(MailSettings.of(bag.url, "Mandat <mandat@example.dk>"))
        ports = replace(house.ports, mail=mail, http=Webhooks(Allowed.of(["127.0.0.1"])))
        house.app.extensions[PORTS], house.app.extensions[ADDRESS] = ports, HERE
        yield Sending(House(house.app, ports), bag, receiver)


@pytest.fixture
def sending(database_url: str) -> Iterator[Sending]:
    """A sending house on each database in turn."""
    with sends(database_url) as sending:
        yield sending
