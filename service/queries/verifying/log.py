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
    """The roots over the records at the sizes of checkpoints. Hashes of the records from elsewhere, and `leaves.bin` as it was
    packed, tell which record is another one, where they have the root that was signed."""

    def __init__(self, held: Held, records: Records, packed: bytes) -> None:
        sizes = {it.checkpoint.size for it in (*held.box.notes, *held.own)}
        self._held, self._size, self._records = held, records.size, records
        self._roots = _roots(records.each(), sizes)
        rows = dict.fromkeys(it for it in (*held.leaves, packed) if it != records.leaves)
        self._others = {it: _roots(_apart(it), sizes) for it in rows}

    def wrong(self, note: Note) -> tuple[str, int] | None:
        """Why the log does not lead through a checkpoint, and the first record that may be wrong; None where it does. A root
        is over all records: where no hashes tell them apart, they are told between a size that holds and one that does not."""
        size, root = note.checkpoint.size, note.checkpoint.root
        if self._roots.get(size) == root:
            return None
        held = self._held_by(note)
        good = max((it for it, holds in held.items() if holds and it < size), default=0)
        bad = min((it for it, holds in held.items() if not holds and it > good), default=size)
        named = [
            at for row, its in self._others.items() if its.get(size) == root and (at := self._odd(row)) < self._size
        ]
        if size > self._size and not named:
            says = f"there are {self._size}: the end was cut off, or this is older. {good} are held by a checkpoint"
            return says, good
        first = [*named, good][0]
        which = f"record {first}"
        if bad > good + 1 and not named:
            which = (
                f"one at least of the records {good} to {bad - 1}, which a root does not tell apart (--leaves from elsewhere "
                "do),"
            )
        return f"{which} is not what was signed", first

    def _odd(self, row: bytes) -> int:
        """The first record that is not what its hash in a row says."""
        hashes = _apart(row)
        return next((at for at, it in enumerate(self._records.each()) if hashes[at : at + 1] != [it]), self._size)

    def _held_by(self, note: Note) -> dict[int, bool]:
        """Whether the records fit the checkpoints that the signer of this one has signed, by their sizes."""
        keys = [*self._held.box.keys, *self._held.trusted]
        signers = [it for it in keys if note.signed_by(it, self._held.verify)]
        return {
            it.checkpoint.size: self._roots.get(it.checkpoint.size) == it.checkpoint.root
            for it in (*self._held.box.notes, *self._held.own)
            if any(it.signed_by(key, self._held.verify) for key in signers)
        }


def _apart(row: bytes) -> list[bytes]:
    return [row[at : at + 32] for at in range(0, len(row) - 31, 32)]


def _roots(leaves: Iterable[bytes], sizes: set[int]) -> dict[int, bytes]:
    tree, found = Frontier(), dict[int, bytes]()
    for leaf in leaves:
        tree.append(leaf)
        if tree.size in sizes:
            found[tree.size] = tree.root()
    return found
