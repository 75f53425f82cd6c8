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
"""Messages to one receiver that a relay takes at a time."""

MAIL = "mail"
"""The receiver of all mail: the mail server. Any other is a webhook or a witness, by id."""

LEASE, TURN = timedelta(minutes=1), timedelta(seconds=20)
"""How long a relay has a receiver and what it took for it, and how long it goes on beginning another message to it. The
last one takes less than the rest."""

REST, LONGEST_REST = timedelta(minutes=1), timedelta(minutes=5)
SILENT = "unreachable"
"""Why a receiver rests: nothing came back from it, not even a refusal."""

LATE = timedelta(minutes=15)
"""A message that has waited for so long asks for a look: so long a mail server that is started again takes at most."""

TRIES = 12
"""After so many the message is dead: a day and a half after the first."""

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=24)
KEPT = timedelta(days=30)
"""How long the outbox shows what was sent. The journal says so for ever."""

CHANCE = 2
"""Random bytes that `pause` takes."""


def rest(silences: int) -> timedelta:
    """How long a receiver is left in peace that kept silent so many times in a row (from 1): a minute, doubled each time,
    but never more than five, so that what is written to it meanwhile goes out soon after it is back."""
    return min(REST * (1 << min(silences - 1, TRIES)), LONGEST_REST)


def pause(tries: int, chance: bytes) -> timedelta:
    """How long to wait after that many tries (from 1): a minute, doubled each time up to a day, and up to a quarter more.

    The more is drawn from `chance`, so that what failed together does not come back together.
    """
    span = min(FIRST * (1 << min(tries - 1, TRIES)), LONGEST)
    return span * (1 + int.from_bytes(chance, "big") / (1 << 8 * len(chance)) / 4)
