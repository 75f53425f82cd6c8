"""Facts about the log: which key signs it, and who is given its checkpoints."""

import base64
from dataclasses import dataclass
from typing import ClassVar

from service.domain.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKeyed(Fact):
    """Checkpoints are signed with this key from now on, and no longer with the one that it replaces.

    Keys and signatures are in base64. Both keys have signed `text`. Without `signed_by_old` the one before was lost: what
    it had signed still counts, that the new one is ours only the journal says.
    """

    KIND: ClassVar[str] = "log.keyed"
    key: str
    replaces: str | None = None
    signed_by_new: str
    signed_by_old: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessAdded(Fact):
    """Somebody outside is given the checkpoints of the workspace from now on. `of` is mail, webhook or file."""

    KIND: ClassVar[str] = "witness.added"
    witness: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessRemoved(Fact):
    """Somebody outside is given no further checkpoints."""

    KIND: ClassVar[str] = "witness.removed"
    witness: str


def text(new: bytes, old: bytes | None) -> bytes:
    """What both keys sign when the new one takes the place of the old."""
    replaced = "-" if old is None else encoded(old)
    return f"mandat log key\n{encoded(new)}\n{replaced}\n".encode()


def encoded(value: bytes) -> str:
    """In base64."""
    return base64.b64encode(value).decode()


def decoded(value: str) -> bytes:
    """From base64."""
    return base64.b64decode(value)
