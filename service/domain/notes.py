"""Signed notes and checkpoints, as C2SP signed-note and tlog-checkpoint write them: short texts that others can verify.

A checkpoint says how large a log is and what its root is. Signatures are Ed25519 over the text, which ends in a newline.
"""

import base64
import binascii
import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from hashlib import sha256
from typing import Protocol

ED25519 = b"\x01"
KEY_ID = 4
"""Bytes of a key's id, which stand before its signature."""

LONGEST = 10_000
"""Characters of a note that is read; ours have three hundred."""

_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
_NOTE = re.compile(r"^\S+\n[0-9]+\n[A-Za-z0-9+/=]+\n\n(?:— \S+ \S+\n)+", re.MULTILINE)
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


Signatures = tuple[tuple[str, bytes, bytes], ...]
"""Under a text: name and id of each key, and what it signed."""


class NoteRefused(ValueError):
    """That is no signed note of a checkpoint, or no verifier key."""


class Verify(Protocol):
    """Ed25519."""

    def __call__(self, public: bytes, text: bytes, signature: bytes, /) -> bool:
        """Whether the key with those 32 public bytes has signed the text."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log was and what its root was. `origin` names the log."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key by the name under which it signs: that of the log."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID]

    def text(self) -> str:
        """As verifiers take it: `name+id+key`."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures: name and id of each key, and what it signed."""

    checkpoint: Checkpoint
    signatures: Signatures

    def signed_by(self, key: Key, verify: Verify) -> bool:
        """Whether that key, of the log that it is a checkpoint of, has signed it."""
        if key.name != self.checkpoint.origin:
            return False  # one pair of keys signs for all logs: what another log has signed is not this one's
        return signed(self.checkpoint.text(), self.signatures, key, verify)


def signed(text: str, signatures: Signatures, key: Key, verify: Verify) -> bool:
    """Whether a text has signatures of that key, and each of them holds."""
    mine = [made for name, key_id, made in signatures if (name, key_id) == (key.name, key.id)]
    return bool(mine) and all(verify(key.public, text.encode(), made) for made in mine)


def written(checkpoint: Checkpoint, key: Key, signature: bytes) -> str:
    """The note of a checkpoint that `key` has signed."""
    return f"{checkpoint.text()}\n— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def read(text: str) -> Note:
    """The note of a checkpoint in our form, which has no further lines. Raises `NoteRefused`."""
    body, gap, signed = text.rpartition("\n\n")
    lines = body.split("\n")
    found = [_SIGNATURE.fullmatch(line) for line in signed.removesuffix("\n").split("\n")]
    if len(text) > LONGEST or not gap or not signed.endswith("\n") or len(lines) != 3 or not all(found):
        raise NoteRefused("it is not in the form of a signed checkpoint")
    origin, size, root = lines
    if not origin or _SIZE.fullmatch(size) is None:
        raise NoteRefused("it does not say which log is how large")
    signatures = [(it[1], _bytes(it[2])) for it in found if it is not None]
    checkpoint = Checkpoint(origin, int(size), _bytes(root))
    if len(checkpoint.root) != 32:
        raise NoteRefused("its root is no hash")
    return Note(checkpoint, tuple((name, made[:KEY_ID], made[KEY_ID:]) for name, made in signatures))


def within(text: str) -> list[Note]:
    """The checkpoints that stand in a text, as in a mail that brought them."""
    found = []
    for part in _NOTE.findall(text.replace("\r\n", "\n")):
        with suppress(NoteRefused):
            found.append(read(part))
    return found


def kept_in(raw: bytes) -> list[Note]:
    """The checkpoints of a file that somebody kept: a text, or a mail as it was sent, whose parts may be encoded."""
    parts = (it.get_payload(decode=True) for it in message_from_bytes(raw).walk())
    texts = (it.decode("utf-8", "replace") for it in (raw, *parts) if isinstance(it, bytes))
    return next(filter(None, map(within, texts)), [])


def key(text: str) -> Key:
    """The verifier key `name+id+key`. Raises `NoteRefused`."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    public = _bytes(encoded)
    found = Key(name, public[1:])
    if public[:1] != ED25519 or len(public) != 33 or found.id.hex() != key_id or not name or re.search(r"\s", name):
        raise NoteRefused("it is no verifier key of the form name+id+key")
    return found


def _bytes(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise NoteRefused("a part of it is not in base64") from None
    if base64.b64encode(found).decode() != text:
        raise NoteRefused("a part of it is not in base64 as it is written")
    return found
