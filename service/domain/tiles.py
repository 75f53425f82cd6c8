"""A tree's hashes in tiles, as C2SP tlog-tiles has them: 256 hashes in a row, so that a proof needs few reads.

Tile `number` of `level` holds hashes of complete subtrees of `256**level` leaves each. The last tile of a level is partial
until it holds 256; what a full tile hashes to is one hash of the level above.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from service.domain import merkle

HEIGHT, SIZE = 8, 32
WIDTH = 1 << HEIGHT
FULL = WIDTH * SIZE
"""Bytes of a full tile."""

Place = tuple[int, int]
"""Level and number of a tile."""

Read = Callable[[int, int], bytes | None]
"""`read(level, number)`: what the tile holds; None where there is none."""

_PATH = re.compile(r"([0-9]{1,2})/((?:x[0-9]{3}/){0,4}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class TilesTorn(ValueError):
    """The tiles of a tree are not those of its size: something else has written them, or not all was written."""


@dataclass(slots=True)
class Tiles:
    """The tiles of a tree of `size` leaves, read when they are needed; `changed` holds those that growing has written."""

    size: int
    read: Read
    changed: dict[Place, bytes] = field(default_factory=dict)
    _known: dict[Place, bytes] = field(default_factory=dict)

    def hash(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree of `2**level` leaves, as proofs ask for it (`merkle.Hashes`).

        Raises `TilesTorn`.
        """
        above, within = divmod(level, HEIGHT)
        number, place = divmod(index << within, WIDTH)
        tile = self.tile(above, number)
        return over(tile[place * SIZE : (place + (1 << within)) * SIZE])

    def tile(self, level: int, number: int) -> bytes:
        """What a tile of this tree holds: nothing where the tree does not reach. Raises `TilesTorn`."""
        place = level, number
        if place in self.changed:
            return self.changed[place]
        if place not in self._known:
            expected = width(self.size, level, number) * SIZE
            found = (self.read(level, number) or b"") if expected else b""
            if len(found) != expected:
                raise TilesTorn(f"tile {number} of level {level} holds {len(found) // SIZE} hashes")
            self._known[place] = found
        return self._known[place]

    def grow(self, leaves: Iterable[bytes]) -> None:
        """Add the hashes of further leaves. Raises `TilesTorn`."""
        for leaf in leaves:
            level, number, added = 0, self.size // WIDTH, leaf
            while True:
                tile = self.tile(level, number) + added
                self.changed[level, number] = tile
                if len(tile) < FULL:
                    break
                level, number, added = level + 1, number // WIDTH, over(tile)
            self.size += 1

    def root(self) -> bytes:
        """The root of the tree. Raises `TilesTorn`."""
        return merkle.root(self.size, self.hash)


def width(size: int, level: int, number: int) -> int:
    """How many hashes a tile holds in a tree of `size` leaves: from 0, where it does not reach, to 256."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - number * WIDTH))


def path(level: int, number: int, partial: int = 0) -> str:
    """Where a tile is found in the world: `0/x001/x234/067`, and behind that `.p/7` when it is partial."""
    digits = [f"{number % 1000:03}"]
    while number := number // 1000:
        digits.insert(0, f"x{number % 1000:03}")
    return "/".join((str(level), *digits)) + (f".p/{partial}" if partial else "")


def place(asked: str) -> tuple[int, int, int] | None:
    """Level, number and width of the tile that is found there; None where none can be."""
    found = _PATH.fullmatch(asked)
    if found is None:
        return None
    level, number, partial = int(found[1]), int(re.sub(r"[x/]", "", found[2])), int(found[3] or 0)
    right = level < 64 and partial < WIDTH and path(level, number, partial) == asked
    return (level, number, partial or WIDTH) if right else None


def over(hashes: bytes) -> bytes:
    """The hash over a row of hashes, whose number is a power of two."""
    row = [hashes[at : at + SIZE] for at in range(0, len(hashes), SIZE)]
    while len(row) > 1:
        row = [merkle.node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def count(size: int) -> int:
    """How many tiles a tree of `size` leaves has."""
    tiles = 0
    while size:
        tiles += -(-size // WIDTH)
        size >>= HEIGHT
    return tiles
