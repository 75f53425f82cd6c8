"""Who signed what: the checkpoints of a dossier, and those that its reader kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.domain.dossiers import Claim, Verdict
from service.domain.notes import Key, Note, Verify
from service.queries.verifying.box import Box

Shown = Callable[[Note], tuple[str, int | None] | None]
"""`shown(note)`: None where the log leads through it, else why not, and the first record that is wrong if that is known."""


@dataclass(frozen=True, slots=True)
class Held:
    """A dossier, and what its reader holds it to: checkpoints that she kept, verifier keys that she got elsewhere."""

    box: Box
    verify: Verify
    kept: Sequence[Note]
    trusted: Sequence[Key]

    @property
    def last(self) -> Note:
        """The last checkpoint of the dossier."""
        return self.box.notes[-1]

    def ours(self, note: Note, keys: Sequence[Key]) -> bool:
        """Whether a checkpoint is of the log of the dossier, and signed with one of these keys."""
        return note.checkpoint.origin == self.box.origin and any(note.signed_by(it, self.verify) for it in keys)


def checkpoints(held: Held) -> Claim:
    """The checkpoints in the dossier are signed by keys of the log."""
    notes, keys = held.box.notes, [*held.box.keys, *held.trusted]
    odd = [it.checkpoint.size for it in notes if not held.ours(it, keys)]
    if odd:
        return Claim("checkpoints", Verdict.FAIL, f"those over {odd} records are not signed by a key of the log")
    size = held.last.checkpoint.size
    says = f"{len(notes)} are signed by keys of the log, the last over {size} records"
    return Claim("checkpoints", Verdict.PASS, says)


def key(held: Held) -> Claim:
    """The last of them is signed by a key that the reader brought."""
    if not held.trusted:
        return Claim("key", Verdict.UNCHECKED, "bring the key that you got elsewhere: anybody may have signed")
    if any(held.last.signed_by(it, held.verify) for it in held.trusted):
        return Claim("key", Verdict.PASS, "the last is signed by your key")
    return Claim("key", Verdict.FAIL, "the last checkpoint is not signed by your key")


def kept(held: Held, shown: Shown) -> Iterator[Claim]:
    """The log leads through each checkpoint that the reader kept."""
    for note in held.kept:
        size, wrong = note.checkpoint.size, shown(note)
        why, index = wrong or ("", None)
        if not held.ours(note, held.trusted or held.box.keys):
            why = "it is of another log, or signed by another key"
        if why:
            yield Claim("kept", Verdict.FAIL, f"yours over {size} records: {why}", index)
        else:
            yield Claim("kept", Verdict.PASS, f"the log leads through the one over {size} records that you kept")
    if not held.kept:
        yield Claim(
            "kept",
            Verdict.UNCHECKED,
            "bring a checkpoint that you kept: nothing tells that the end was cut off, or all written and signed anew",
        )
