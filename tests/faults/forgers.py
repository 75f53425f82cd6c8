"""Forgers: what somebody who has the files of a dossier does to its records, and how well she covers it up.

Whatever she does, the list of files and the receipt fit it afterwards: neither is signed.
"""

import hashlib
import json
import random
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from service.domain import merkle
from service.domain.journal import GENESIS
from service.domain.merkle import Frontier, leaf_hash
from service.domain.notes import Checkpoint, Key, Note, key, within, written
from service.post import DerivedKey
from tests.app.taken import Files

HERS = DerivedKey(666).first()
"""The key of a forger."""

Line = tuple[bytes, Any]
"""A record, and what proves its place: nothing in a whole log."""


@dataclass(frozen=True)
class Forged:
    """What came of it: `place` is the first record that is not what was written. `alone`: who has kept no checkpoint
    cannot tell; `ever`: nor can who has."""

    what: str
    files: Files
    place: int
    alone: bool = False
    ever: bool = False


# --- what is done to records -----------------------------------------------------------------------------------------


def byte(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], int]:
    """Another byte somewhere."""
    place = chance.randrange(len(lines))
    body, proof = lines[place]
    at = chance.randrange(len(body))
    other = bytes([chance.choice([it for it in range(256) if it != body[at]])])
    return [*lines[:place], (body[:at] + other + body[at + 1 :], proof), *lines[place + 1 :]], place


def drop(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], int]:
    """A record less; not the last, which would be an end that is cut off."""
    place = chance.randrange(len(lines) - 1)
    return [*lines[:place], *lines[place + 1 :]], place


def insert(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], int]:
    """One of the records in a second place, before another."""
    place = chance.randrange(len(lines))
    other = chance.choice([it for it in lines if it[0] != lines[place][0]])
    return [*lines[:place], other, *lines[place:]], place


def swap(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], int]:
    """Two records in each other's place."""
    first, second = sorted(chance.sample(range(len(lines)), 2))
    changed = list(lines)
    changed[first], changed[second] = lines[second], lines[first]
    return changed, first


def rewrite(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], int]:
    """Another person did it."""
    place = chance.randrange(len(lines))
    entry = json.loads(lines[place][0]) | {"actor": "somebody else"}
    return [*lines[:place], (rfc8785.dumps(entry), lines[place][1]), *lines[place + 1 :]], place


EDITS: dict[str, Callable[[Sequence[Line], random.Random], tuple[list[Line], int]]] = {
    "byte": byte,
    "drop": drop,
    "insert": insert,
    "swap": swap,
    "rewrite": rewrite,
}


def chained(lines: Sequence[Line]) -> list[Line]:
    """The same, each following from the one before it in its stream; what cannot be read stays as it is."""
    heads, made = dict[str, tuple[int, str]](), []
    for body, proof in lines:
        try:
            entry = json.loads(body)
            seq, head = heads.get(entry["stream"], (0, GENESIS))
            body = rfc8785.dumps(entry | {"seq": seq, "prev": head})  # noqa: PLW2901
            heads[entry["stream"]] = seq + 1, leaf_hash(body).hex()
        except (ValueError, TypeError, KeyError, rfc8785.CanonicalizationError):
            pass
        made.append((body, proof))
    return made


# --- the whole log ---------------------------------------------------------------------------------------------------


def log(files: Files, chance: random.Random) -> Forged:
    """Forge a whole log: its records alone, or the list of their hashes with them, or all that follows as well."""
    return told_apart(files, lambda: _log(files, chance))


def _log(files: Files, chance: random.Random) -> Forged:
    lines = [(it, None) for it in files["records.jsonl"].splitlines()]
    notes, what = notes_of(files), chance.choice([*EDITS, "truncate", "roll back", "re-sign"])
    if what in ("truncate", "roll back"):
        first, last = notes[0].checkpoint.size, notes[-1].checkpoint.size
        end = chance.randrange(first, last)
        if what == "roll back":
            end = chance.choice([it.checkpoint.size for it in notes[:-1]])
        left = lines[:end]
        if what == "truncate" and chance.random() < 0.5:  # and writes on
            left = chained([*left, *chance.choices(lines, k=5)])
        older = [text for text, note in zip(texts(files), notes, strict=True) if note.checkpoint.size <= end]
        return Forged(
            what, packed({**files, **of(left), "checkpoints.txt": "\n".join(older).encode()}), end, alone=True
        )
    if what == "re-sign":
        changed, place = chance.choice([drop, insert, swap, rewrite])(lines, chance)
        hers = of(chained(changed))
        return Forged(what, packed({**files, **hers, **signed(files, hers["leaves.bin"])}), place, alone=True)
    changed, place = EDITS[what](lines, chance)
    skill = chance.choice(("plain", "hashes", "chains"))
    made = of(chained(changed) if skill == "chains" else changed)
    return Forged(
        what, packed({**files, **(made if skill != "plain" else {"records.jsonl": made["records.jsonl"]})}), place
    )


def of(lines: Sequence[Line]) -> Files:
    """Records, and the list of their hashes."""
    bodies = b"".join(body + b"\n" for body, _ in lines)
    return {"records.jsonl": bodies, "leaves.bin": b"".join(leaf_hash(it) for it in bodies.split(b"\n")[:-1])}


def signed(files: Files, leaves: bytes) -> Files:
    """Checkpoints over hashes at the sizes of those that there were, and the key that has signed them: a forger's."""
    tree, notes = Frontier(), notes_of(files)
    sizes = {min(it.checkpoint.size, len(leaves) // 32) for it in notes}
    made, hers = [], Key(notes[0].checkpoint.origin, HERS.public)
    for at in range(0, len(leaves), 32):
        tree.append(leaves[at : at + 32])
        if tree.size in sizes:
            found = Checkpoint(hers.name, tree.size, tree.root())
            made.append(written(found, hers, HERS.sign(found.text().encode())))
    return {"checkpoints.txt": "\n".join(made).encode(), "keys.txt": f"{hers.text()}\n".encode()}


# --- a case ----------------------------------------------------------------------------------------------------------


def case(files: Files, chance: random.Random) -> Forged:
    """Forge the dossier of a case: its records alone, or their proofs with them, or all that follows as well."""
    return told_apart(files, lambda: _case(files, chance))


def _case(files: Files, chance: random.Random) -> Forged:
    proofs = json.loads(files["proofs.json"])
    lines: list[Line] = list(zip(files["records.jsonl"].splitlines(), proofs["records"], strict=True))
    what = chance.choice([*EDITS, "truncate", "re-sign"])
    if what == "truncate":
        end = chance.randrange(1, len(lines))
        made = packed({**files, **told(lines[:end], proofs), "disclosures.jsonl": left(files, lines[:end])})
        if chance.random() < 0.5:  # and leaves the seal of the whole in it
            return Forged(what, {**made, "seal.json": files["seal.json"]}, end)
        return Forged(what, made, end, alone=True, ever=True)
    if what == "re-sign":
        changed, _ = chance.choice([drop, insert, swap, rewrite])(lines, chance)
        made = {**anew(files, chained(changed)), "disclosures.jsonl": left(files, changed)}
        return Forged(what, packed({**named(files, changed), **made}), 0, alone=True)
    changed, place = EDITS[what](lines, chance)
    made = told(chained(changed) if chance.random() < 0.5 else changed, proofs)
    if chance.random() < 0.3:
        made["proofs.json"] = files["proofs.json"]
    return Forged(what, packed({**files, **made}), place)


def told(lines: Sequence[Line], proofs: Any) -> Files:
    """The records of a case with their proofs."""
    proved = {**proofs, "records": [proof for _, proof in lines]}
    return {"records.jsonl": b"".join(body + b"\n" for body, _ in lines), "proofs.json": rfc8785.dumps(proved)}


def left(files: Files, lines: Sequence[Line]) -> bytes:
    """Of what opens sealed values, that of the values which these records hold."""
    bodies = b"".join(body for body, _ in lines)
    return b"".join(
        it
        for it in files["disclosures.jsonl"].splitlines(keepends=True)
        if json.loads(it)["commitment"].encode() in bodies
    )


def named(files: Files, lines: Sequence[Line]) -> Files:
    """The files without the bundles that these records do not name."""
    bodies = b"".join(body for body, _ in lines)
    return {
        name: it for name, it in files.items() if name[:12] != "definitions/" or name.split("/")[1].encode() in bodies
    }


def anew(files: Files, lines: Sequence[Line]) -> Files:
    """A log of a forger's own that has these records and those of the workspace alone, signed with her key."""
    beside = files["workspace.jsonl"].splitlines()
    leaves = [leaf_hash(it) for it in [*(body for body, _ in lines), *beside]]
    count, nodes = len(leaves), dict[str, int]()

    def hashes(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return merkle.node_hash(hashes(level - 1, 2 * index), hashes(level - 1, 2 * index + 1))

    def proof(place: int) -> list[int]:
        path = merkle.inclusion(place, count, hashes)
        return [place, *(nodes.setdefault(it.hex(), len(nodes)) for it in path)]

    found = Checkpoint(notes_of(files)[0].checkpoint.origin, count, merkle.root(count, hashes))
    hers = Key(found.origin, HERS.public)
    made = told([(body, proof(place)) for place, (body, _) in enumerate(lines)], {})
    ours = {"kept": {str(count): []}, "size": count, "workspace": [proof(len(lines) + it) for it in range(len(beside))]}
    proofs: dict[str, Any] = {**json.loads(made["proofs.json"]), **ours, "nodes": list(nodes)}
    made["proofs.json"] = rfc8785.dumps(proofs)
    note = written(found, hers, HERS.sign(found.text().encode()))
    return {**made, "checkpoints.txt": note.encode(), "keys.txt": f"{hers.text()}\n".encode()}


def told_apart(files: Files, forge: Callable[[], Forged]) -> Forged:
    """A forgery that is one. Who changes what a record says of the one before it, and then lets each follow from the one
    before it, has changed nothing; nor has who cuts off a record and writes the same one on."""
    before = files["records.jsonl"].splitlines()
    while True:
        forged = forge()
        after = forged.files["records.jsonl"].splitlines()
        if after[: len(before)] != before:
            return forged


# --- parts -----------------------------------------------------------------------------------------------------------


def notes_of(files: Files) -> list[Note]:
    """The checkpoints of a dossier, the smallest first."""
    return within(files["checkpoints.txt"].decode())


def texts(files: Files) -> list[str]:
    """The same as they were signed."""
    (own,) = [key(it) for it in files["keys.txt"].decode().splitlines()]
    return [
        f"{note.checkpoint.text()}\n— {own.name} {b64encode(own.id + made).decode()}\n"
        for note in notes_of(files)
        for _, _, made in note.signatures
    ]


def packed(files: Files) -> Files:
    """The files with a list and a receipt that fit them; nothing else could be sealed."""
    about = json.loads(files["dossier.json"])
    listed = {name: hashlib.sha256(files[name]).hexdigest() for name in about["files"] if name in files}
    content = rfc8785.dumps({**about, "files": listed}) + b"\n"
    made = {**{name: it for name, it in files.items() if name != "seal.json"}, "dossier.json": content}
    if "receipt.json" in files:
        bodies = files["records.jsonl"].split(b"\n")[:-1]
        receipt = json.loads(files["receipt.json"]) | {"seq": len(bodies), "prev": leaf_hash(bodies[-1]).hex()}
        receipt["data"] |= {"digest": hashlib.sha256(content).hexdigest()}
        made["receipt.json"] = rfc8785.dumps(receipt) + b"\n"
    return made
