"""What seals the dossier of a case: a checkpoint that was signed for it, to which the log leads from the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.dossiers import SEAL
from service.domain.merkle import proves_consistency, proves_inclusion
from service.domain.notes import Checkpoint, Key, Note, within
from service.queries.verifying.records import hashed
from service.queries.verifying.signatures import Held


@dataclass(frozen=True, slots=True)
class Seal:
    """The checkpoint, and what proves that the receipt stands under it."""

    held: Held
    note: Note
    read: Any

    @classmethod
    def of(cls, held: Held) -> "Seal | None":
        """What seals a dossier; None without one, or with one of another log."""
        read = held.box.json(SEAL) if SEAL in held.box.names else {}
        found = [it for it in within(read.get("note", "")) if it.checkpoint.origin == held.box.origin]
        return cls(held, found[0], read) if found else None

    @property
    def checkpoint(self) -> Checkpoint:
        """What was signed."""
        return self.note.checkpoint

    def follows(self, keys: Sequence[Key]) -> bool:
        """Whether one of these keys has signed it, and the log leads to it from the last checkpoint."""
        signed = self.held.ours(self.note, keys)
        path = [hashed(it) for it in self.read["from"]] if signed else []
        return signed and leads(path, self.held.last.checkpoint, self.checkpoint)

    def holds(self, leaf: bytes) -> bool:
        """Whether the receipt with that hash stands under it."""
        path = [hashed(it) for it in self.read["path"]]
        return proves_inclusion(path, leaf, self.read["place"], self.checkpoint.size, self.checkpoint.root)


def leads(path: Sequence[bytes], old: Checkpoint, new: Checkpoint) -> bool:
    """Whether a path proves that the log leads from one checkpoint, which is of some record, to another."""
    return old.size > 0 and proves_consistency(path, old.size, old.root, new.size, new.root)
