"""What the entries of a log add up to, read once and in the order of their places: streams, tree and roots."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.journal import GENESIS
from service.domain.log_facts import LogKeyed, decoded, text
from service.domain.merkle import Frontier, leaf_hash
from service.domain.notes import Verify
from service.domain.tiles import FULL, HEIGHT, SIZE, over

Tile = Callable[[int, int], bytes | None]
"""`tile(level, number)`: what the tile holds which is kept; None where there is none."""


@dataclass(slots=True)
class Course:
    """Takes entries one after the other. Of each kind of fault the first is kept, in words that name the entry.

    `roots` gets the root at every size that is asked for in `sizes`.
    """

    sizes: Iterable[int]
    tile: Tile
    streams: dict[str, tuple[int, str]] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)
    keyed: list[Mapping[str, Any]] = field(default_factory=list)
    waiting: int = 0
    broken_stream: str | None = None
    broken_place: str | None = None
    broken_tile: str | None = None
    odd: tuple[int, str] | None = None
    """The first place whose entry is not what its hash in the tiles says, and what entry that is."""
    _tree: Frontier = field(default_factory=Frontier)
    _rows: list[bytearray] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _marks: list[int] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    """Of the entries in the tile that is not full yet."""

    def __post_init__(self) -> None:
        self._marks = sorted(set(self.sizes), reverse=True)
        self._mark()

    @property
    def size(self) -> int:
        """How many entries have their place."""
        return self._tree.size

    def root(self) -> bytes:
        """The root over them."""
        return self._tree.root()

    def take(self, leaf: int | None, stream: str, seq: int, body: bytes) -> None:
        """The next entry. Those without a place come last, each stream's in order."""
        found = leaf_hash(body)
        self._chain(stream, seq, body, found.hex(), leaf)
        if leaf is None:
            self.waiting += 1
            return
        if leaf != self._tree.size and self.broken_place is None:
            self.broken_place = f"place {self._tree.size} is empty, and entry {seq} of stream {stream} stands at {leaf}"
        self._tree.append(found)
        self._names.append(f"entry {seq} of stream {stream}")
        self._keep(0, found)
        self._mark()

    def finish(self) -> None:
        """There are no more."""
        for level, row in enumerate(self._rows):
            if row:
                self._compare(level, bytes(row))

    def _chain(self, stream: str, seq: int, body: bytes, found: str, leaf: int | None) -> None:
        expected, before = self.streams.get(stream, (0, GENESIS))
        self.streams[stream] = expected + 1, found
        try:
            entry = json.loads(body)
            said = entry["stream"], entry["seq"], entry["prev"]
        except (ValueError, TypeError, KeyError, RecursionError):
            entry, said = {}, None
        if said == (stream, expected, before) and seq == expected:
            if entry.get("kind") == LogKeyed.KIND:
                self.keyed.append(entry.get("data", {}))
        elif self.broken_stream is None:
            at = "" if leaf is None else f" (place {leaf} in the log)"
            reason = f"entry {expected} is missing before it" if seq > expected else "it is not what was written"
            if said is not None and said[:2] == (stream, seq) == (stream, expected):
                reason = "it does not follow from the one before it: one of the two is not what was written"
            self.broken_stream = f"entry {seq} of stream {stream}{at}: {reason}"

    def _mark(self) -> None:
        if self._marks and self._marks[-1] == self._tree.size:
            self.roots[self._marks.pop()] = self._tree.root()

    def _keep(self, level: int, added: bytes) -> None:
        if level == len(self._rows):
            self._rows.append(bytearray())
            self._numbers.append(0)
        row = self._rows[level]
        row += added
        if len(row) == FULL:
            full = bytes(row)
            row.clear()
            self._compare(level, full)
            if level == 0:
                self._names.clear()
            self._numbers[level] += 1
            self._keep(level + 1, over(full))

    def _compare(self, level: int, hashes: bytes) -> None:
        number = self._numbers[level]
        kept = self.tile(level, number) or b""
        if self.broken_tile is not None or kept == hashes:
            return
        at = next(
            (it for it in range(0, len(hashes), SIZE) if hashes[it : it + SIZE] != kept[it : it + SIZE]), len(hashes)
        )
        first = (number << HEIGHT) + at // SIZE << HEIGHT * level
        if at == len(hashes):
            self.broken_tile = f"tile {number} of level {level} holds more than the tree has"
        elif level == 0 and len(kept) > at:
            self.odd = first, f"{self._names[at // SIZE]} (place {first} in the log)"
            self.broken_tile = f"tile {number} of level 0: {self.odd[1]} is not what its hash there says"
        else:
            span = f"places {first} to {first + (1 << HEIGHT * level) - 1}" if level else f"place {first}"
            self.broken_tile = f"tile {number} of level {level} does not hold the hash over {span}"


def broken_key(keyed: Iterable[Mapping[str, Any]], known: Iterable[str], verify: Verify) -> str | None:
    """What is wrong with the keys that the journal tells of, in order; `known` are those that are kept (base64)."""
    before: str | None = None
    told = []
    for number, fact in enumerate(keyed):
        key, mine, theirs = fact.get("key", ""), fact.get("signed_by_new", ""), fact.get("signed_by_old")
        told.append(key)
        try:
            new, old = decoded(key), None if before is None else decoded(before)
            signed = verify(new, text(new, old), decoded(mine))
            followed = theirs is None or old is None or verify(old, text(new, old), decoded(theirs))
        except ValueError:
            return f"key {number} cannot be read"
        if fact.get("replaces") != before:
            return f"key {number} replaces another than the one before it"
        if not signed or not followed:
            return f"key {number} is not signed as the journal says"
        before = key
    kept = list(known)
    return None if kept == told else f"{len(kept)} keys are kept, and the journal tells of {len(told)}, or of others"
