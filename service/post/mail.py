"""Mail by SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from service.domain.outgoing import Letter, Undelivered
from service.post.trust import authorities

PATIENCE = 10.0
"""Seconds that the mail server may take for each thing it is asked."""

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
            with self._server() as server:
                server.send_message(self._message(letter), self._settings.sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise Undelivered("recipient", final=code >= PERMANENT) from None
        except smtplib.SMTPAuthenticationError:
            raise Undelivered("refused") from None
        except smtplib.SMTPDataError as error:
            raise Undelivered("refused", final=error.smtp_code >= PERMANENT) from None
        except smtplib.SMTPResponseException:
            raise Undelivered("refused") from None
        except (smtplib.SMTPException, OSError):
            raise Undelivered("unreachable") from None

    def _server(self) -> smtplib.SMTP:
        to = self._settings
        server: smtplib.SMTP
        if to.scheme == "smtps":
            server = smtplib.SMTP_SSL(to.host, to.port, timeout=PATIENCE, context=self._trust or authorities())
        else:
            server = smtplib.SMTP(to.host, to.port, timeout=PATIENCE)
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
