"""Acts of setting a variable as bits, and what such an act makes of a state: the bits of those that may still stand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.engine.checks.acts import Stage
from service.engine.checks.content import UNKNOWN
from service.engine.checks.writes import ANYTHING, Write, always

REACHED, FREE, VAGUE, FAR = 1, 2, 4, 8
"""Bits of what is no variable: a token comes there; more may have come with the start, though nothing asked for it;
something was set of which nobody knows the name; something was set that another bundle decides on."""
_FIRST = 4


class Effect(NamedTuple):
    """What an act makes of a state: what it ends, and what it begins."""

    ends: int
    begins: int

    def on(self, state: int) -> int:
        """The state after the act; where no token comes, there is none."""
        return state & ~self.ends | self.begins if state else 0


class Bits:
    """The bits of one process."""

    def __init__(self) -> None:
        self.named: dict[str, int] = {}
        self.far = self.outside = 0
        self._acts: list[tuple[Write, str | None, Stage]] = []

    def add(self, write: Write, element: str | None, stage: Stage) -> int:
        """The bit of an act of an element (None: before the process), whose value is worked out at that stage."""
        bit = 1 << len(self._acts) + _FIRST
        self._acts.append((write, element, stage))
        if write.name is not None:
            self.named[write.name] = self.named.get(write.name, 0) | bit
        self.far |= bit if write.far else 0
        return bit

    def brought(self, names: Iterable[str]) -> int:
        """The bits of variables that come with the start. Now every name must be there: each gets a bit for a value
        that nobody here has set, though it may be there."""
        found = 0
        for name in names:
            found |= self.add(Write(name, always(UNKNOWN)), None, "arrival")
        for name in list(self.named):
            self.outside |= self.add(Write(name, always(UNKNOWN)), None, "arrival")
        return found

    def effect(self, writes: Iterable[Write], bits: Iterable[int]) -> Effect:
        """What these acts, one after another, make of a state."""
        ends = begins = 0
        for write, bit in zip(writes, bits, strict=True):
            if write is ANYTHING:
                begins |= VAGUE | self.outside
                continue
            if write.sure:
                ends |= self.named[write.name or ""]
                begins &= ~self.named[write.name or ""]
            begins |= bit | (FAR if write.far else 0)
        return Effect(ends, begins)

    def without(self, state: int, names: Iterable[str | None]) -> int:
        """The state without these variables."""
        for name in names:
            state &= ~self.named.get(name or "", 0)
        return state

    def acts(self, state: int) -> Iterator[tuple[int, Write, str | None, Stage]]:
        """The acts in a state, each with its place."""
        state >>= _FIRST
        while state:
            lowest = state & -state
            place = lowest.bit_length() - 1
            yield place, *self._acts[place]
            state ^= lowest
