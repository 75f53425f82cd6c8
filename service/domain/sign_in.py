"""Signing in: how long a session lasts, how often one may try, and what a password must be.

Times are the machine's, also where the service's clock is moved by hand (`Ports.wall`).
"""

from datetime import datetime, timedelta

from service.domain.errors import PasswordRefused

IDLE = timedelta(minutes=30)
"""A session that was not used for so long is over."""

LONGEST = timedelta(hours=8)
"""A session is over after so long, however much it is used."""

GRAIN = timedelta(minutes=1)
"""How exactly it is kept when a session was last used: not every request writes."""

WINDOW = timedelta(minutes=15)
"""The time in which tries are counted."""

TRIES_OF_ONE = 10
TRIES_FROM_ADDRESS = 50
TRIES_AT_ACCOUNT = 100
"""How many tries fail in that time before the next is refused: at one account from one address, from one address at
any account, and at one account from any address. The last is the most, so that no stranger locks her out alone."""

LEAST, MOST = 12, 200


def lasts(began_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session that began and was last used then still counts at `now`."""
    return now < began_at + LONGEST and now < seen_at + IDLE


def refuse_weak(password: str) -> None:
    """Raise `PasswordRefused` for one that is too short or too long. What it is made of is her own affair."""
    if not LEAST <= len(password) <= MOST:
        raise PasswordRefused(least=LEAST, most=MOST)
