"""What goes out, as it is handed to the ports that send it, and how they say that it did not arrive."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person in plain text. Sent twice, it has the same `id`. `trace`: the request that it came of."""

    id: str
    to: str
    subject: str
    text: str
    language: str
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """An event for one receiver: the bytes of a CloudEvent, and what they are signed with. Sent twice: the same `id`.

    `at` is the moment of this try; the receiver may refuse an old one. `trace`: the request that it came of.
    """

    id: str
    url: str
    secret: bytes
    body: bytes
    at: datetime
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Files for one folder: their contents by name. Written twice, they are the same. `trace`: what they came of."""

    id: str
    folder: str
    files: Mapping[str, bytes]
    trace: str | None = None


class Undelivered(Exception):
    """It did not arrive.

    `reason` is a key: `address` (that address may not be called), `unreachable:<why>` (`timeout`, `refused`, `name`,
    `certificate`, `lacks`, `broken`: what came was no answer), `redirect`, `answer:<status>`, `recipient:<answer>` and
    `refused:<answer>` (by the mail server, in its numbers), `no-address`, `gone` (the subscription), `folder` (none
    takes files there), `fault` (ours). `final`: another try would be no better.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


class Post(Protocol):
    """Sends a letter."""

    def __call__(self, letter: Letter, /) -> None:
        """Hand it to the mail server. Raises `Undelivered`."""


class Caller(Protocol):
    """Sends a notice."""

    def check(self, url: str, /) -> None:
        """Raise `AddressRefused` for an address that is never called, as far as can be said without calling it."""

    def __call__(self, notice: Notice, /) -> None:
        """Post it to its receiver. Raises `Undelivered`."""


class Dropper(Protocol):
    """Leaves files in a folder."""

    def check(self, folder: str, /) -> None:
        """Raise `FolderRefused` for a folder that the operator has not allowed."""

    def __call__(self, drop: Drop, /) -> None:
        """Write the files, each whole or not at all. Raises `Undelivered`."""


def shown(secret: bytes) -> str:
    """The secret of a receiver as it is shown, and as libraries for Standard Webhooks take it: `whsec_` and base64."""
    return f"whsec_{base64.b64encode(secret).decode()}"
