"""The proofs of a dossier: where its records stand in the log, and that the log leads through what witnesses have."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.domain import merkle, turns
from service.domain.dossiers import LogUnsigned
from service.domain.journal import INSTALLATION
from service.domain.log_facts import LogKeyed, decoded
from service.domain.notes import Key, read
from service.domain.tiles import Tiles
from service.store import checkpoints, log, witnesses

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Signed:
    """The last checkpoint of a log, and the tree under it; the keys that have signed, and how one led to the next."""

    origin: str
    note: str
    size: int
    tree: Tiles
    keys: str
    turns: str

    @classmethod
    def of(cls, session: "Session", workspace_id: str) -> "Signed":
        """What is signed of a workspace's log. Raises `LogUnsigned`."""
        row, signed = log.log(session, workspace_id), checkpoints.latest(session, workspace_id)
        if row is None or signed is None:
            raise LogUnsigned
        keys, tree = keys_of(session, row.origin), log.tree_of(session, workspace_id, signed.size)
        return cls(row.origin, signed.note, signed.size, tree, keys, turns_of(session, row.origin))


def keys_of(session: "Session", origin: str) -> str:
    """The verifier keys of the log of that name, each on a line of its own, the one that signs now last."""
    return "".join(f"{Key(origin, decoded(it.public)).text()}\n" for it in checkpoints.keys(session))


def turns_of(session: "Session", origin: str) -> str:
    """How each of them took the place of the one before it, as both have signed."""
    if len(checkpoints.keys(session)) < 2:
        return ""
    entries = log.stream(session, INSTALLATION, INSTALLATION)
    told = [json.loads(it.body) for it in entries if LogKeyed.KIND.encode() in it.body]
    return turns.notes((it["data"] for it in told if it["kind"] == LogKeyed.KIND), origin)


def witnessed(session: "Session", workspace_id: str) -> set[int]:
    """The sizes of the checkpoints that witnesses have."""
    return {it.size for it in witnesses.active(session, workspace_id) if it.size}


class Proofs:
    """Collects paths through the tree under a checkpoint. Each hash is kept once, and paths name it by its number."""

    def __init__(self, signed: Signed) -> None:
        self._signed = signed
        self._numbers: dict[str, int] = {}

    def inclusions(self, places: Iterable[int | None]) -> list[list[int] | None]:
        """For each place in the log itself and the path from there; None for one that is not under the checkpoint."""
        size, tree = self._signed.size, self._signed.tree
        return [
            None if place is None or place >= size else [place, *self._path(merkle.inclusion(place, size, tree.hash))]
            for place in places
        ]

    def consistency(self, sizes: Iterable[int]) -> dict[str, list[int]]:
        """For each size that the log has gone through, the path from its root."""
        size, tree = self._signed.size, self._signed.tree
        return {
            str(old): self._path(merkle.consistency(old, size, tree.hash)) for old in sorted(sizes) if 0 < old <= size
        }

    @property
    def nodes(self) -> list[str]:
        """The hashes that the paths go by, in hexadecimal."""
        return list(self._numbers)

    def _path(self, hashes: Sequence[bytes]) -> list[int]:
        return [self._numbers.setdefault(it.hex(), len(self._numbers)) for it in hashes]


def root_of(note: str) -> dict[str, Any]:
    """A checkpoint in words: how many records it is over, and their root in hexadecimal."""
    checkpoint = read(note).checkpoint
    return {"size": checkpoint.size, "root": checkpoint.root.hex()}
