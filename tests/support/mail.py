"""A mail server that keeps what it is sent, on a free port of this machine."""

from __future__ import annotations

import email
from asyncio.base_events import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbag:
    """What arrived, in order. `refused` are answers by address, `broken` one that the server gives to every
    letter, `goodbye` one to who is about to go."""

    letters: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    broken: str | None = None
    goodbye: str = "221 bye"
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        """What each is called: the part of its Message-ID before the @."""
        return [str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in self.letters]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.goodbye

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.broken is not None:
            return self.broken
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 taken"


class _Anywhere(Controller):
    """Takes the port that the system gives it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[Mailbag]:
    """A server for as long as the context lasts."""
    bag = Mailbag()
    controller = _Anywhere(bag, hostname="127.0.0.1", port=0)
    controller.start()
    bag.port = controller.port
    try:
        yield bag
    finally:
        controller.stop()
