"""The Merkle tree of RFC 9162: one hash over any number of leaves, and short proofs about it.

A hash is 32 bytes. A leaf is hashed with 0x00 before it and a node with 0x01, so that none can be taken for the other.
Proofs ask for the hashes of complete subtrees alone (`Hashes`), which never change once they are complete.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""

Hashes = Callable[[int, int], bytes]
"""`hashes(level, index)`: the hash over the leaves from `index * 2**level` on, `2**level` of them, all of which are there."""


def leaf_hash(body: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A tree that only grows: its size, and the hashes of the complete subtrees that it falls into, largest first."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Add the hash of one more leaf."""
        complete = self.size
        self.size += 1
        while complete & 1:
            leaf = node_hash(self.peaks.pop(), leaf)
            complete >>= 1
        self.peaks.append(leaf)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return EMPTY
        *larger, found = self.peaks
        for peak in reversed(larger):
            found = node_hash(peak, found)
        return found


def root(size: int, hashes: Hashes) -> bytes:
    """The root of the first `size` leaves."""
    return _over(0, size, hashes) if size else EMPTY


def inclusion(index: int, size: int, hashes: Hashes) -> list[bytes]:
    """The proof that leaf `index` is in the tree of the first `size` leaves (2.1.3.1), the nearest sibling first.

    Raises ValueError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    begin, end, path = 0, size, []
    while end - begin > 1:
        middle = begin + _half(end - begin)
        if index < middle:
            path.append(_over(middle, end, hashes))
            end = middle
        else:
            path.append(_over(begin, middle, hashes))
            begin = middle
    return path[::-1]


def consistency(old: int, new: int, hashes: Hashes) -> list[bytes]:
    """The proof that the first `old` of `new` leaves are those of the tree of size `old` (2.1.4.1).

    It is empty for a tree of size 0 and for one of the same size. Raises ValueError when `old` is the larger.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not follow one of {old}")
    begin, end, path = 0, new, []
    while 0 < old < end:
        middle = begin + _half(end - begin)
        if old <= middle:
            path.append(_over(middle, end, hashes))
            end = middle
        else:
            path.append(_over(begin, middle, hashes))
            begin = middle
    if begin:
        path.append(_over(begin, end, hashes))
    return path[::-1]


def proves_inclusion(path: Sequence[bytes], leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether `path` proves that the leaf with that hash stands at `index` under `root` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(path: Sequence[bytes], old: int, old_root: bytes, new: int, new_root: bytes) -> bool:
    """Whether `path` proves that the tree of size `old` under `old_root` is the beginning of the new one (2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not path and old_root == (EMPTY if old == 0 else new_root)
    if not path:
        return False
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _half(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def _over(begin: int, end: int, hashes: Hashes) -> bytes:
    """The hash over the leaves from `begin` to `end`. `begin` is a multiple of the largest power of two in between."""
    size = end - begin
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return hashes(level, begin >> level)
    middle = begin + _half(size)
    return node_hash(_over(begin, middle, hashes), _over(middle, end, hashes))
