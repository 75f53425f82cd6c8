"""What it means that nothing came back from a server, as a key that people and programs can be told."""

import smtplib
import socket
import ssl

from service.domain.outbox import SILENT
from service.domain.outgoing import Undelivered


def silence(error: Exception) -> Undelivered:
    """`unreachable`, and why: `timeout`, `refused`, `name` (nobody knows it), `certificate`, `lacks` (it does not offer what we
    ask for), or else `broken`."""
    kinds: list[tuple[type[Exception], str]] = [
        (TimeoutError, "timeout"),
        (ConnectionRefusedError, "refused"),
        (socket.gaierror, "name"),
        (UnicodeError, "name"),
        (ssl.SSLCertVerificationError, "certificate"),
        (smtplib.SMTPNotSupportedError, "lacks"),
    ]
    why = next((name for kind, name in kinds if isinstance(error, kind)), "broken")
    return Undelivered(f"{SILENT}:{why}")
