"""Mail by SMTP."""

import io
import re
import smtplib
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote, urlsplit

from service.domain.outgoing import Letter, Undelivered
from service.post.patience import Heard, left
from service.post.silence import silence
from service.post.trust import authorities

PATIENCE = 30.0
"""Seconds that handing in one letter may take, from the first connection to the server's last word. A server that looks
into a letter before it takes it is given time for that; one that lets us wait longer gets the letter again."""

LONGEST = 65_536
"""Bytes that are read of all that the server says."""

ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")
PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail is handed in, and who it is from."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None
    sender: str

    @classmethod
    def of(cls, url: str, sender: str) -> "MailSettings":
        """From `smtp://host`, `starttls://user:password@host:587` or `smtps://host`."""
        parts = urlsplit(url)
        user, password = (None if it is None else unquote(it) for it in (parts.username, parts.password))
        return cls(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme], user, password, sender)


class Mail:
    """Hands letters to a mail server, each on a connection of its own."""

    def __init__(self, settings: MailSettings, trust: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._trust = trust

    def __call__(self, letter: Letter) -> None:
        """Hand a letter in. Raises `Undelivered`: for good where the server refuses her address or the letter itself."""
        try:
            server = self._server()
            try:
                server.send_message(self._message(letter), self._settings.sender, [letter.to])
                with suppress(smtplib.SMTPException):  # it has the letter, whatever it says when we go
                    server.quit()
            finally:
                server.close()
        except smtplib.SMTPRecipientsRefused as error:
            code, said = max(error.recipients.values())
            raise Undelivered(f"recipient:{_in_numbers(code, said)}", final=code >= PERMANENT) from None
        except smtplib.SMTPResponseException as error:
            final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= PERMANENT
            answer = _in_numbers(error.smtp_code, error.smtp_error)
            raise Undelivered(f"refused:{answer}", final=final) from None
        except smtplib.SMTPServerDisconnected as error:
            raise silence(error.__context__ if isinstance(error.__context__, OSError) else error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise silence(error) from None

    def _server(self) -> smtplib.SMTP:
        to, until = self._settings, time.monotonic() + PATIENCE
        server: smtplib.SMTP
        if to.scheme == "smtps":
            server = _SafeServer(until, to.host, to.port, timeout=PATIENCE, context=self._trust or authorities())
        else:
            server = _Patient(until, to.host, to.port, timeout=PATIENCE)
        try:
            if to.scheme == "starttls":
                server.starttls(context=self._trust or authorities())
            if to.user is not None:
                server.login(to.user, to.password or "")
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self._settings.sender, letter.to, letter.subject
        message["Message-ID"] = f"<{letter.id}@{self._settings.sender.rpartition('@')[2].rstrip('>')}>"
        message["Date"] = formatdate()
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        if letter.trace is not None:
            message["X-Request-Id"] = letter.trace
        message.set_content(letter.text, cte="quoted-printable")
        message["Content-Language"] = letter.language  # behind what sets the content anew
        return message


class _Patient(smtplib.SMTP):
    """A connection whose time is over at `until`, however the server spreads what it says."""

    def __init__(self, until: float, *args: Any, **kwargs: Any) -> None:
        self._until = until
        super().__init__(*args, **kwargs)

    def getreply(self) -> tuple[int, bytes]:
        """What the server answers."""
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(Heard(self.sock, self._until, LONGEST))
        return super().getreply()

    def send(self, s: Any) -> None:
        """Say something to it. Raises TimeoutError."""
        if self.sock is not None:
            self.sock.settimeout(left(self._until))
        super().send(s)


class _SafeServer(_Patient, smtplib.SMTP_SSL):
    """A mail server to whom nothing is said in clear."""


def _in_numbers(code: int, said: bytes | str) -> str:
    """A server's answer without its words, which may name a person: `550`, or `550 5.1.1` where it says so (RFC 3463)."""
    found = ENHANCED.match(said if isinstance(said, bytes) else said.encode())
    return str(code) if found is None else f"{code} {found[0].decode()}"
