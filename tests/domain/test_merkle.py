"""The tree, beside RFC 9162 written down as it stands there: by recursion over the leaves themselves."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import merkle, tiles
from service.domain.merkle import Frontier
from service.domain.tiles import Tiles, TilesTorn


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % number) for number in range(count)]


def half(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def mth(row: list[bytes]) -> bytes:
    """2.1.1: the Merkle tree hash."""
    if not row:
        return sha256(b"").digest()
    if len(row) == 1:
        return row[0]
    k = half(len(row))
    return sha256(b"\x01" + mth(row[:k]) + mth(row[k:])).digest()


def path(m: int, row: list[bytes]) -> list[bytes]:
    """2.1.3.1: the inclusion proof."""
    if len(row) == 1:
        return []
    k = half(len(row))
    return [*path(m, row[:k]), mth(row[k:])] if m < k else [*path(m - k, row[k:]), mth(row[:k])]


def subproof(m: int, row: list[bytes], whole: bool) -> list[bytes]:
    """2.1.4.1: the consistency proof."""
    if m == len(row):
        return [] if whole else [mth(row)]
    k = half(len(row))
    if m <= k:
        return [*subproof(m, row[:k], whole), mth(row[k:])]
    return [*subproof(m - k, row[k:], False), mth(row[:k])]


def grown(row: list[bytes]) -> Tiles:
    """A tree in tiles, of which every one was written."""
    tree = Tiles(0, lambda *_: None)
    tree.grow(row)
    written = dict(tree.changed)
    return Tiles(len(row), lambda *place: written.get(place))


def test_a_tree_of_known_leaves_has_the_root_that_others_compute():
    """The vectors of the first implementation, Certificate Transparency's in C++."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    frontier = Frontier()
    for text in inputs:
        frontier.append(merkle.leaf_hash(bytes.fromhex(text)))
        assert roots.get(frontier.size, frontier.root().hex()) == frontier.root().hex()


@pytest.mark.parametrize("size", range(34))
def test_every_root_and_proof_of_a_small_tree_is_the_definitions(size: int):
    row = leaves(size)
    frontier, tree = Frontier(), grown(row)
    for leaf in row:
        frontier.append(leaf)
    assert frontier.root() == tree.root() == mth(row)
    for index in range(size):
        proof = merkle.inclusion(index, size, tree.hash)
        assert proof == path(index, row)
        assert merkle.proves_inclusion(proof, row[index], index, size, tree.root())
    for old in range(size + 1):
        proof = merkle.consistency(old, size, tree.hash)
        assert proof == (subproof(old, row, True) if old else [])
        assert merkle.proves_consistency(proof, old, mth(row[:old]), size, tree.root())


SIZES = st.integers(1, 1500)


@settings(max_examples=25)
@given(st.data())
def test_a_larger_trees_proofs_hold_and_hold_for_nothing_else(data: st.DataObject):
    size = data.draw(SIZES)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    row = leaves(size)
    tree, other = grown(row), merkle.leaf_hash(b"forged")
    proof, root = merkle.inclusion(index, size, tree.hash), tree.root()
    assert root == mth(row)
    assert merkle.proves_inclusion(proof, row[index], index, size, root)
    assert not merkle.proves_inclusion(proof, other, index, size, root)
    assert not merkle.proves_inclusion(proof, row[index], index, size, other)
    assert not merkle.proves_inclusion([*proof, other], row[index], index, size, root)
    assert size == 1 or not merkle.proves_inclusion(proof, row[index], (index + 1) % size, size, root)
    proof, before = merkle.consistency(old, size, tree.hash), mth(row[:old])
    assert merkle.proves_consistency(proof, old, before, size, root)
    assert not merkle.proves_consistency(proof, old, other, size, root)
    assert not merkle.proves_consistency(proof, old, before, size, other)
    assert not merkle.proves_consistency([*proof, other], old, before, size, root)
    for place in range(len(proof)):
        forged = [*proof[:place], other, *proof[place + 1 :]]
        assert not merkle.proves_consistency(forged, old, before, size, root)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 400), max_size=6))
def test_a_tree_that_grows_by_batches_is_the_tree_that_grew_at_once(batches: list[int]):
    row, size = leaves(sum(batches)), 0
    kept: dict[tuple[int, int], bytes] = {}
    for count in batches:
        tree = Tiles(size, lambda *place, kept=dict(kept): kept.get(place))
        tree.grow(row[size : size + count])
        kept |= tree.changed
        size += count
        assert tree.root() == mth(row[:size])
    at_once = Tiles(0, lambda *_: None)
    at_once.grow(row)
    assert kept == at_once.changed
    for (level, number), tile in kept.items():
        assert len(tile) == 32 * tiles.width(size, level, number)


def test_a_tree_of_70000_leaves_has_the_tiles_that_the_specification_counts():
    assert [tiles.width(70_000, 0, number) for number in (0, 272, 273, 274)] == [256, 256, 112, 0]
    assert [tiles.width(70_000, 1, number) for number in (0, 1, 2)] == [256, 17, 0]
    assert [tiles.width(70_000, 2, number) for number in (0, 1)] == [1, 0]
    assert tiles.width(256, 1, 0) == 1


@pytest.mark.parametrize("held", [0, 2, 4, 256])
def test_tiles_that_are_not_those_of_the_size_are_noticed(held: int):
    torn = Tiles(3, lambda *_: bytes(32 * held))
    with pytest.raises(TilesTorn):
        torn.grow(leaves(1))


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((0, 1234067, 256), "0/x001/x234/067"),
        ((0, 0, 256), "0/000"),
        ((1, 999, 17), "1/999.p/17"),
        ((2, 1000, 1), "2/x001/000.p/1"),
    ],
)
def test_a_tile_has_one_address(place, path):
    level, number, wide = place
    assert tiles.path(level, number, 0 if wide == 256 else wide) == path
    assert tiles.place(path) == place


@pytest.mark.parametrize(
    "path",
    ["", "0", "0/0", "00/000", "64/000", "0/x000/001", "0/000.p/0", "0/000.p/256", "0/000.p/007", "-1/000", "0/1"],
)
def test_there_is_no_other_address(path: str):
    assert tiles.place(path) is None


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_what_is_not_in_a_tree_has_no_proof(index: int, size: int):
    tree = grown(leaves(size))
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size, tree.hash)
    assert not merkle.proves_inclusion([], b"", index, size, merkle.EMPTY)


def test_a_smaller_tree_follows_no_larger_one():
    with pytest.raises(ValueError, match="does not follow"):
        merkle.consistency(4, 3, grown(leaves(3)).hash)
    assert not merkle.proves_consistency([], 4, merkle.EMPTY, 3, merkle.EMPTY)
