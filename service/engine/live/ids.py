"""Ids that a replay finds again: nothing in the engine is drawn at random."""

from hashlib import blake2b
from uuid import UUID


def derived_id(owner: str, name: object) -> UUID:
    """The id of `name` within `owner`: a UUID of version 8 (RFC 9562 5.8) over a keyed BLAKE2b."""
    digest = bytearray(blake2b(str(name).encode(), key=owner.encode()[:64], digest_size=16).digest())
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return UUID(bytes=bytes(digest))
