"""The parts of the program that goes with dossiers, held against those of others: signatures, canonical JSON, the tree."""

import ast
import json
import sys
from pathlib import Path

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import merkle
from service.domain.merkle import Frontier
from service.domain.notes import Checkpoint, Key, written
from service.queries.dossiers import verify as program
from service.queries.verifying import canonical

SOURCE = Path(program.__file__).read_text()


def test_it_is_one_page_that_needs_nothing_but_python():
    assert SOURCE.count("\n") < 300
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([it.name for it in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("public", "text", "signature"),
    [  # RFC 8032, 7.1
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ],
)
def test_signatures_of_the_standard_hold(public: str, text: str, signature: str):
    key, body, made = bytes.fromhex(public), bytes.fromhex(text), bytes.fromhex(signature)
    assert program.signed(key, body, made)
    assert not program.signed(key, body + b"x", made)


@settings(max_examples=25)
@given(
    seed=st.binary(min_size=32, max_size=32), text=st.binary(max_size=40), at=st.integers(0, 63), bit=st.integers(0, 7)
)
def test_a_signature_holds_where_another_library_says_so(seed: bytes, text: bytes, at: int, bit: int):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, made = key.public_key().public_bytes_raw(), key.sign(text)
    spoilt = bytes([*made[:at], made[at] ^ 1 << bit, *made[at + 1 :]])
    assert program.signed(public, text, made)
    assert program.signed(public, text, spoilt) == holds(public, text, spoilt)
    other = bytes([*public[: at // 2], public[at // 2] ^ 1 << bit, *public[at // 2 + 1 :]])
    assert program.signed(other, text, made) == holds(other, text, made)


def holds(public: bytes, text: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-(2.0**53) + 1, 2.0**53 - 1)
    | st.text(st.characters(max_codepoint=0xD7FF, min_codepoint=1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=0xD7FF, min_codepoint=1)), inner, max_size=4),
)  # fmt: skip


@given(entry=st.dictionaries(st.text(st.characters(max_codepoint=0xD7FF, min_codepoint=1)), VALUES, max_size=5))
def test_what_is_canonical_is_taken_and_what_was_written_otherwise_is_not(entry: dict[str, object]):
    line = rfc8785.dumps(entry)  # type: ignore[arg-type]  # it is JSON
    assert canonical.value(line) == entry, "no number of a record is beyond 2**53"
    assert program.value_of(line) is not None
    for other in (line + b" ", json.dumps(entry, indent=1).encode()):
        assert program.value_of(other) is None or not entry
        assert canonical.entry(other) == {}


@pytest.mark.parametrize(
    "line",
    [b"", b"[]", b"1", b'{"a":1,"a":1}', b'{"a":1,"a":2}', b'{"b":1,"a":1}', b'{"a":NaN}', b'{"a":-Infinity}', b"\xff"]
    + [b'{"a":%s}' % number for number in (b"1.0", b"1.50", b"1e2", b"1E400", b"-0", b"00", b"9007199254740992")]
    + [b'{"a":"\\ud800"}', b'{"a":"\\u0041"}', b'{"a":1' + b"0" * 9999 + b"}", b"[" * 99_999],
)
def test_what_is_no_record_is_none(line: bytes):
    assert program.value_of(line) is None
    assert canonical.entry(line) == {}


@given(size=st.integers(1, 70), data=st.data())
def test_its_tree_is_that_of_the_log(size: int, data: st.DataObject):
    leaves = [merkle.leaf_hash(str(it).encode()) for it in range(size)]
    tree, roots = Frontier(), []
    for it in leaves:
        tree.append(it)
        roots.append(tree.root())
    assert program.roots_of(b"".join(leaves), set(range(1, size + 1))) == dict(enumerate(roots, 1))

    def hashes(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return merkle.node_hash(hashes(level - 1, 2 * index), hashes(level - 1, 2 * index + 1))

    at, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path = merkle.inclusion(at, size, hashes)
    note = signed_over(size, roots[-1])
    assert note.holds(leaves[at], at, [*path])
    assert not note.holds(leaves[at][::-1], at, [*path])
    assert not note.holds(leaves[at], at, [*path, leaves[0]])
    assert not note.holds(leaves[at], at, path[1:]) or not path
    assert not note.holds(leaves[at], size, [*path])
    way = merkle.consistency(old, size, hashes)
    assert note.follows(old, roots[old - 1], [*way])
    assert not note.follows(old, leaves[0][::-1], [*way])
    assert not note.follows(old, roots[old - 1], [*way, leaves[0]])
    assert not note.follows(old, roots[old - 1], way[1:]) or not way
    assert not note.follows(0, roots[old - 1], [*way])
    assert not note.follows(size + 1, roots[old - 1], [*way])


def signed_over(size: int, root: bytes) -> program.Note:
    (note,) = program.notes_in(written(Checkpoint("a/log", size, root), Key("a/log", bytes(32)), bytes(64)))
    return note
