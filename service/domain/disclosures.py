"""What was sealed: opened for who may read it, if it is what was sealed, and erased on a legal ground, of which there is a
closed list."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.record_errors import LegalBasisUnknown

LEGAL_BASES: Mapping[str, str] = {
    "gdpr-17-1-a": "no longer needed for the purpose it was collected for (GDPR art. 17(1)(a))",
    "gdpr-17-1-b": "consent was withdrawn (GDPR art. 17(1)(b))",
    "gdpr-17-1-c": "the person objects, and no ground overrides it (GDPR art. 17(1)(c))",
    "gdpr-17-1-d": "it was processed unlawfully (GDPR art. 17(1)(d))",
    "gdpr-17-1-e": "law demands its erasure (GDPR art. 17(1)(e))",
    "retention": "its time of retention is over (GDPR art. 5(1)(e))",
}
"""The journal holds no free text: a ground is named by its key."""


SALT = 32
"""Bytes of a salt."""


def check_basis(basis: str) -> None:
    """Raise `LegalBasisUnknown` for a ground that is not on the list."""
    if basis not in LEGAL_BASES:
        raise LegalBasisUnknown(basis=basis, known=", ".join(LEGAL_BASES))


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed value as it was given: it is kept where it can be erased."""

    value: Any


@dataclass(frozen=True, slots=True)
class Erased:
    """A sealed value that is gone: when it was erased, and on which ground. Either is None where nobody wrote it down."""

    at: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """What is kept under a commitment is not what was sealed under it: nobody is shown it as that."""


def commit(salt: bytes, value: bytes) -> str:
    """The commitment to a value's canonical bytes (RFC 8785): SHA-256 over `c1`, 0x00, the salt and the bytes."""
    return hashlib.sha256(b"c1\x00" + salt + value).hexdigest()


def opens(commitment: str, salt: bytes, value: bytes) -> bool:
    """Whether that is what was sealed under the commitment. A salt of another length would let a part of the value pass
    for salt."""
    return len(salt) == SALT and commit(salt, value) == commitment


def value_of(commitment: str, salt: bytes, value: bytes) -> Any:
    """What was sealed under a commitment; `Broken` where that is not what is kept."""
    return json.loads(value) if opens(commitment, salt, value) else Broken()


def commitments(value: Any) -> Iterator[str]:
    """The commitments that stand in a value in the place of what was sealed, however deep."""
    return (commitment for _, commitment in sealed(value))


def sealed(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """The same, each behind the JSON pointer (RFC 6901) to where it stands."""
    if isinstance(value, Mapping):
        if is_sealed(value):
            yield pointer, value["sealed"]
        else:
            for name, inner in value.items():
                yield from sealed(inner, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from sealed(inner, f"{pointer}/{number}")


def is_sealed(value: Any) -> bool:
    """Whether this stands in the place of a sealed value."""
    return isinstance(value, Mapping) and value.keys() == {"sealed"} and isinstance(value["sealed"], str)


def revealed(value: Any, opened: Mapping[str, Any], gone: Mapping[str, Erased | Broken]) -> Any:
    """The same value with `Opened`, `Erased` or `Broken` wherever something is sealed. They are found by commitment."""
    if is_sealed(value):
        commitment = value["sealed"]
        return Opened(opened[commitment]) if commitment in opened else gone.get(commitment, Erased())
    if isinstance(value, Mapping):
        return {name: revealed(inner, opened, gone) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [revealed(inner, opened, gone) for inner in value]
    return value


def bare(value: Any) -> Any:
    """A revealed value without the marks, as a form is filled in with it: what was erased, or is not what was sealed, is
    left out."""
    if isinstance(value, Opened):
        return value.value
    if isinstance(value, Erased | Broken):
        return None
    if isinstance(value, Mapping):
        plain = {name: bare(inner) for name, inner in value.items()}
        return {name: inner for name, inner in plain.items() if inner is not None}
    if isinstance(value, list):
        return [inner for item in value if (inner := bare(item)) is not None]
    return value


def spelled(value: Any) -> Any:
    """A revealed value as JSON: what was erased is `{"erased": {"at", "basis"}}`, and what is not what was sealed
    `{"broken": true}`."""
    if isinstance(value, Opened):
        return value.value
    if isinstance(value, Erased):
        return {"erased": {"at": value.at, "basis": value.basis}}
    if isinstance(value, Broken):
        return {"broken": True}
    if isinstance(value, Mapping):
        return {name: spelled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    return value
