"""What is to be sent waits in an outbox: how often it is tried, how long between, and when a person must look."""

from datetime import timedelta
from typing import Literal, get_args

Kind = Literal["mail", "webhook", "file"]
State = Literal["waiting", "sent", "dead"]
"""`dead`: it was tried as often as it may be, or refused for good. A person sends it again, or discards it."""

Discard = Literal["told-otherwise", "no-longer-matters", "wrong-recipient", "receiver-gone"]
DISCARDS: tuple[Discard, ...] = get_args(Discard)
"""Why a message is never sent after all."""

BATCH = 50
"""Messages that one relay takes at a time."""

LEASE, MARGIN = timedelta(minutes=5), timedelta(minutes=1)
"""How long a relay has what it took, and how long before the end it begins no other: sending takes less than that."""

TRIES = 12
"""After so many the message is dead: a day and a half after the first."""

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=24)
KEPT = timedelta(days=30)
"""How long the outbox shows what was sent. The journal says so for ever."""

CHANCE = 2
"""Random bytes that `pause` takes."""


def pause(tries: int, chance: bytes) -> timedelta:
    """How long to wait after that many tries (from 1): a minute, doubled each time up to a day, and up to a quarter more.

    The more is drawn from `chance`, so that what failed together does not come back together.
    """
    span = min(FIRST * (1 << min(tries - 1, TRIES)), LONGEST)
    return span * (1 + int.from_bytes(chance, "big") / (1 << 8 * len(chance)) / 4)
