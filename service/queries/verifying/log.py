"""The whole log: its tree, computed anew from every record."""

from collections.abc import Iterable, Iterator

from service.domain.dossiers import LEAVES, WHOLE, Claim, Verdict
from service.domain.merkle import Frontier
from service.domain.notes import Note
from service.queries.verifying import signatures
from service.queries.verifying.records import Records
from service.queries.verifying.signatures import Held


def claims(held: Held) -> Iterator[Claim]:
    """What the whole log claims beside its signatures."""
    records = Records.read(held.box)
    yield records.claim()
    tree = _Tree(held, records, held.box.read(LEAVES, max(WHOLE, len(records.leaves))))
    wrong = next((it for note in held.box.notes if (it := tree.wrong(note))), None)
    if wrong is None:
        behind = records.size - held.last.checkpoint.size
        says = f"{len(held.box.notes)} checkpoints hold them; {behind} came behind"
        yield Claim("places", Verdict.PASS, says)
    else:
        yield Claim("places", Verdict.FAIL, *wrong)
    yield from signatures.kept(held, tree.wrong)


class _Tree:
    """The roots over the records at the sizes of checkpoints. `leaves.bin` has the hashes of the records as they were
    packed: where those have the root that was signed, they tell which record has not."""

    def __init__(self, held: Held, records: Records, packed: bytes) -> None:
        sizes = {it.checkpoint.size for it in (*held.box.notes, *held.kept)}
        self._held, self._size = held, records.size
        self._roots = _roots(records.each(), sizes)
        same = packed == records.leaves
        hashes = [packed[at : at + 32] for at in range(0, len(packed), 32)]
        self._packed = {} if same else _roots(hashes, sizes)
        self._odd = next((at for at, it in enumerate(records.each()) if hashes[at : at + 1] != [it]), records.size)

    def wrong(self, note: Note) -> tuple[str, int] | None:
        """Why the log does not lead through a checkpoint, and the first record that is wrong; None where it does."""
        size, root = note.checkpoint.size, note.checkpoint.root
        if self._roots.get(size) == root:
            return None
        if self._packed.get(size) == root and self._odd < self._size:
            return f"record {self._odd} is not what was signed", self._odd
        good = max((it for it in self._held_by(note) if it < size), default=0)
        if size > self._size:
            return (
                f"there are {self._size}: the end was cut off, or this is older. {good} are held by a checkpoint",
                good,
            )
        return f"one at least of the records {good} to {size - 1} is not what was signed", good

    def _held_by(self, note: Note) -> Iterator[int]:
        """The sizes of the checkpoints that the records fit, of those whom the signer of this one has signed."""
        keys = [*self._held.box.keys, *self._held.trusted]
        signers = [it for it in keys if note.signed_by(it, self._held.verify)]
        for it in (*self._held.box.notes, *self._held.kept):
            fits = self._roots.get(it.checkpoint.size) == it.checkpoint.root
            if fits and any(it.signed_by(key, self._held.verify) for key in signers):
                yield it.checkpoint.size


def _roots(leaves: Iterable[bytes], sizes: set[int]) -> dict[int, bytes]:
    tree, found = Frontier(), dict[int, bytes]()
    for leaf in leaves:
        tree.append(leaf)
        if tree.size in sizes:
            found[tree.size] = tree.root()
    return found
