"""Passwords: Argon2id with 19 MiB and two passes, as OWASP asks at the least."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from service.domain.sign_in import refuse_weak

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)
"""No more hashes at once: whoever sends many passwords shall not take all the memory."""


def hashed(password: str) -> str:
    """What is kept of a new password. Raises `PasswordRefused`."""
    refuse_weak(password)
    with _AT_ONCE:
        return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one of which `kept` was kept. Without one it takes as long, and the answer is no."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobodys(), password) and kept is not None
        except VerificationError:
            return False


@cache
def _nobodys() -> str:
    return _HASHER.hash("what nobody has")
