"""A case: its records under the checkpoint, what they rest on in the workspace, and that they are all of it."""

from collections.abc import Iterator
from typing import Any

from service.domain.dossier_facts import CaseExported
from service.domain.dossiers import ABOUT, PROOFS, RECEIPT, WORKSPACE, Claim, Verdict
from service.domain.merkle import leaf_hash, proves_consistency, proves_inclusion
from service.domain.notes import Note
from service.queries.verifying import contents, signatures
from service.queries.verifying.again import again
from service.queries.verifying.box import entry
from service.queries.verifying.records import Records
from service.queries.verifying.signatures import Held


def claims(held: Held) -> Iterator[Claim]:
    """What the dossier of a case claims beside its signatures."""
    box, records = held.box, Records.of(held.box)
    yield records.claim()
    proofs, beside = _Proofs(held, box.json(PROOFS)), list(box.lines(WORKSPACE))
    yield proofs.inclusion(records, beside)
    yield from contents.claims(box, records, [entry(it) for it in beside])
    yield _complete(held, records)
    yield again(box, records)
    yield from signatures.kept(held, proofs.wrong)


class _Proofs:
    def __init__(self, held: Held, read: Any) -> None:
        checkpoint = held.last.checkpoint
        self._size, self._root = checkpoint.size, checkpoint.root
        self._nodes = [bytes.fromhex(it) for it in read["nodes"]]
        self._own, self._beside, self._kept = read["records"], read["workspace"], read["kept"]

    def inclusion(self, records: Records, beside: list[bytes]) -> Claim:
        """Each record stands under the last checkpoint, or came behind it; so do those of the workspace."""
        own, count = self._own, records.size
        under = sum(it is not None for it in own)  # what has no place under the checkpoint comes behind what has
        odd = next((at for at in range(min(under, count)) if not self._stands(records.leaf(at), own[at])), None)
        if odd is None and len(own) != count:
            odd = min(count, len(own))
        if odd is not None:
            return Claim("inclusion", Verdict.FAIL, f"record {odd} does not stand under the last checkpoint", odd)
        pairs = zip(beside, self._beside, strict=True)
        others = [entry(body).get("seq") for body, way in pairs if way and not self._stands(leaf_hash(body), way)]
        if others:
            says = f"of the workspace's records {others} do not stand under the last checkpoint"
            return Claim("inclusion", Verdict.FAIL, says)
        says = f"{under} of the case and {len(beside)} of the workspace stand in the log; {count - under} have no proof yet"
        return Claim("inclusion", Verdict.PASS, says)

    def wrong(self, note: Note) -> tuple[str, int] | None:
        """Why it is not shown that the log leads through a checkpoint; None where it is."""
        old, path = note.checkpoint, [self._nodes[it] for it in self._kept.get(str(note.checkpoint.size), ())]
        if old.size > 0 and proves_consistency(path, old.size, old.root, self._size, self._root):
            return None
        return f"that the log leads through it, and on to {self._size}, is not shown", 0

    def _stands(self, leaf: bytes, way: Any) -> bool:
        if not way:
            return False
        place, *path = way
        return proves_inclusion([self._nodes[it] for it in path], leaf, place, self._size, self._root)


def _complete(held: Held, records: Records) -> Claim:
    """The receipt follows from the last record and is for this very dossier. Nothing holds the receipt itself yet."""
    receipt = entry(held.box.read(RECEIPT)[:-1])
    given = [receipt.get(it) for it in ("stream", "seq", "prev", "kind")]
    last = records.leaf(records.size - 1).hex()
    wanted = [held.box.case, records.size, last, CaseExported.KIND]
    if [*given, receipt.get("data", {}).get("digest")] != [*wanted, held.box.digest(ABOUT)]:
        return Claim("complete", Verdict.FAIL, "its receipt is not for what it holds")
    says = (
        f"that these are all the receipt of {receipt.get('at')} says; a later dossier, or the whole log, can prove it"
    )
    return Claim("complete", Verdict.UNCHECKED, says)
