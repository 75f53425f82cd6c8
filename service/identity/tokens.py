"""Tokens for programs: `mandat_<prefix>_<secret>`. Only the hash of the whole is kept; the prefix finds it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

_TOKEN = re.compile(r"mandat_([a-z2-7]{13})_[A-Za-z0-9_-]{43}")
_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as it is shown once, and what is kept of it."""

    text: str
    prefix: str
    digest: str


def new() -> NewToken:
    """A fresh token: 256 bits that nobody can guess, from the operating system in every mode."""
    prefix = "".join(secrets.choice(_SIGNS) for _ in range(13))
    text = f"mandat_{prefix}_{secrets.token_urlsafe(32)}"
    return NewToken(text, prefix, digest(text))


def prefix(text: str) -> str | None:
    """The part of a token that finds it; None when this is no token."""
    match = _TOKEN.fullmatch(text)
    return None if match is None else match[1]


def digest(text: str) -> str:
    """What is kept of a token: SHA-256 as hex. A token has 256 bits, so a slow hash would protect nothing more."""
    return hashlib.sha256(text.encode()).hexdigest()


def fits(text: str, kept: str) -> bool:
    """Whether a token is the one of which `kept` was kept, compared in constant time."""
    return hmac.compare_digest(digest(text), kept)
