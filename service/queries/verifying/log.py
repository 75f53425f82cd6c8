"""The whole log: its tree, computed anew from every record."""

from collections.abc import Iterable, Iterator

from service.domain.dossiers import LEAVES, Claim, Verdict
from service.domain.merkle import Frontier
from service.domain.notes import Note
from service.queries.verifying import signatures
from service.queries.verifying.records import Records
from service.queries.verifying.signatures import Held


def claims(held: Held) -> Iterator[Claim]:
    """What the whole log claims beside its signatures."""
    records = Records.of(held.box)
    yield records.claim()
    tree = _Tree(records, held.box.read(LEAVES), [*held.box.notes, *held.kept])
    wrong = next((it for note in held.box.notes if (it := tree.wrong(note))), None)
    if wrong is None:
        says = f"the tree over the records leads through {len(held.box.notes)} checkpoints"
        yield Claim("places", Verdict.PASS, says)
    else:
        yield Claim("places", Verdict.FAIL, *wrong)
    yield from signatures.kept(held, tree.wrong)


class _Tree:
    """The roots over the records at the sizes of checkpoints. `leaves.bin` has the hashes of the records as they were
    packed: where those have the root that was signed, they tell which record has not."""

    def __init__(self, records: Records, packed: bytes, notes: Iterable[Note]) -> None:
        sizes = {it.checkpoint.size for it in notes}
        self._size = records.size
        self._roots = _roots(records.each(), sizes)
        same = packed == records.leaves
        hashes = [packed[at : at + 32] for at in range(0, len(packed), 32)]
        self._packed = {} if same else _roots(hashes, sizes)
        self._odd = next((at for at, it in enumerate(records.each()) if hashes[at : at + 1] != [it]), records.size)
        self._notes = list(notes)

    def wrong(self, note: Note) -> tuple[str, int] | None:
        """Why the log does not lead through a checkpoint, and the first record that is wrong; None where it does."""
        size, root = note.checkpoint.size, note.checkpoint.root
        if self._roots.get(size) == root:
            return None
        if self._packed.get(size) == root and self._odd < self._size:
            return f"record {self._odd} is not what was signed", self._odd
        if size > self._size:
            return f"there are {self._size} here: the end was cut off, or this was made before", self._size
        good = max((it for it in self._fitting() if it < size), default=0)
        return f"of the records {good} to {size - 1} one at least is not what was signed", good

    def _fitting(self) -> Iterator[int]:
        for it in self._notes:
            if self._roots.get(it.checkpoint.size) == it.checkpoint.root:
                yield it.checkpoint.size


def _roots(leaves: Iterable[bytes], sizes: set[int]) -> dict[int, bytes]:
    tree, found = Frontier(), dict[int, bytes]()
    for leaf in leaves:
        tree.append(leaf)
        if tree.size in sizes:
            found[tree.size] = tree.root()
    return found
