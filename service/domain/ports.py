"""What the service asks of the outside: the time and randomness, so that a run can be repeated to the byte."""

import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

from service.domain.erasures import Shelf
from service.domain.notes import Verify
from service.domain.outgoing import Caller, Dropper, Post
from service.domain.signing import Keyring

Clock = Callable[[], datetime]
"""Gives now as aware UTC."""

Randomness = Callable[[int], bytes]
"""Gives that many bytes that nobody can foretell (in production) or that a seed foretells (in a demonstration)."""


def system_clock() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


class SteppedClock:
    """A clock that stands still until it is moved, and never goes back: the demonstration's and the tests'."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = start.astimezone(UTC)
        self._moving = Lock()

    def __call__(self) -> datetime:
        """The time it stands at, aware UTC."""
        return self._now

    def forward(self, moment: datetime) -> datetime:
        """Move to that moment, or stay where it is later already; gives the time it then is."""
        with self._moving:
            self._now = max(self._now, moment.astimezone(UTC))
            return self._now


class SeededRandomness:
    """Bytes that follow from a seed: for demonstrations and tests, never for secrets."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._source = random.Random(seed)
        self._drawing = Lock()

    def resume(self, written: int) -> None:
        """Draw what no service has drawn that left `written` entries behind: a restart repeats no id."""
        if written:
            with self._drawing:
                self._source = random.Random(f"{self._seed}/{written}")

    def __call__(self, size: int) -> bytes:
        """The next bytes of the seed's sequence."""
        with self._drawing:
            return self._source.randbytes(size)


@dataclass(frozen=True, slots=True)
class Ports:
    """The clock and the randomness of one service. `demo` marks the journal's entries as made on a moved clock.

    `wall` is the clock that credentials and the outbox go by: moving a demonstration on signs nobody out. `mail`,
    `http` and `files` send what leaves the service; without one, that way is off. `keys` sign the log; without them it is
    not signed. `verify` looks at such signatures. `erasures` is where the list of erasures lies outside the database.
    """

    clock: Clock = system_clock
    randomness: Randomness = field(default=secrets.token_bytes)
    demo: bool = False
    wall: Clock = system_clock
    mail: Post | None = None
    http: Caller | None = None
    files: Dropper | None = None
    keys: Keyring | None = None
    verify: Verify | None = None
    erasures: Shelf | None = None

    def now(self) -> datetime:
        """The time, aware UTC."""
        return self.clock()

    def new_id(self, now: datetime) -> str:
        """A UUIDv7 (RFC 9562, 5.7): sorts by the millisecond it was made in, random behind that."""
        milliseconds = int(now.timestamp() * 1000)
        value = (milliseconds << 80) | int.from_bytes(self.randomness(10), "big")
        value = value & ~(0xF000 << 64) | (0x7000 << 64)
        value = value & ~(0xC000 << 48) | (0x8000 << 48)
        return str(UUID(int=value))

    def salt(self) -> bytes:
        """32 fresh bytes: what hides one sealed value."""
        return self.randomness(32)


def demonstration(start: datetime) -> Ports:
    """Ports of a demonstration that may be stopped and started again on its data: its own clock, random ids."""
    return Ports(clock=SteppedClock(start), demo=True)


def seeded(seed: int, start: datetime) -> Ports:
    """Ports that repeat themselves: the same seed and start give the same ids, salts and times."""
    return Ports(clock=SteppedClock(start), randomness=SeededRandomness(seed), demo=True)
