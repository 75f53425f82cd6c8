"""The key that signs checkpoints, as the service asks for it: it lies outside the database."""

from typing import Protocol

from service.domain.errors import Refused, Unavailable


class LogKeyUnusable(Unavailable):
    """The key that signs the log cannot be used: {reason}."""


class LogKeyMissing(Unavailable):
    """The file with the key that signs the log is not there: {path}. Bring it from where you keep a copy, or, if it is lost,
    say so with `mandat log rotate-key --lost`."""


class LogKeyUnknown(Unavailable):
    """The key that signs the log is not the one that the journal knows. Bring that one's file, or, if it is lost, say so with
    `mandat log rotate-key --lost`."""


class LogForked(Unavailable):
    """The log no longer leads through the checkpoint that was signed last, so nothing more is signed. `mandat verify --log`
    says which entry is not what was written."""


class LogKeyAbsent(Refused):
    """No key signs the log here: MANDAT_LOG_KEY does not say where one is."""


class Signer(Protocol):
    """A key."""

    @property
    def public(self) -> bytes:
        """Its 32 public bytes."""

    def sign(self, text: bytes, /) -> bytes:
        """The 64 bytes of its signature."""


class Keyring(Protocol):
    """Where the key lies, and the one that is to follow it."""

    def first(self) -> Signer:
        """The key that is to sign from the beginning; it is made where there is none. Raises `LogKeyUnusable`."""

    def current(self) -> Signer:
        """The key that signs. It is never made here: the journal knows it, and would not know another. Raises
        `LogKeyMissing`, `LogKeyUnusable`."""

    def next(self) -> Signer:
        """The key that is to follow; the first time, it is made. Raises `LogKeyUnusable`."""

    def follow(self) -> None:
        """Let the next key be the current one. The one before is gone. Raises `LogKeyUnusable`."""
