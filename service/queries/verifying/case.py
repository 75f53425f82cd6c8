"""A case: its records under the checkpoint, what they rest on in the workspace, and that they are all of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from service.domain.dossier_facts import CaseExported
from service.domain.dossiers import ABOUT, PROOFS, RECEIPT, WORKSPACE, Claim, Verdict
from service.domain.merkle import leaf_hash, proves_inclusion
from service.domain.notes import Checkpoint, Note
from service.queries.verifying import contents, signatures
from service.queries.verifying.again import again
from service.queries.verifying.canonical import entry
from service.queries.verifying.records import Records, hashed
from service.queries.verifying.seal import Seal, leads
from service.queries.verifying.signatures import Held


def claims(held: Held, seal: Seal | None) -> Iterator[Claim]:
    """What the dossier of a case claims beside its signatures."""
    box, records = held.box, Records.read(held.box)
    yield records.claim()
    proofs, beside = _Proofs(held, box.json(PROOFS)), list(box.lines(WORKSPACE))
    stand = proofs.standing(beside)
    sealed, complete = _complete(held, records, seal)
    yield proofs.inclusion(records, stand, sealed is not None)
    yield from contents.claims(box, records, [entry(it) for it in stand])
    yield complete
    yield again(box, records)
    yield from signatures.kept(held, lambda note: proofs.wrong(note, sealed))


class _Proofs:
    def __init__(self, held: Held, read: Any) -> None:
        self._last = held.last.checkpoint
        self._nodes = [hashed(it) for it in read["nodes"]]
        self._own, self._beside, self._read = read["records"], read["workspace"], read

    def standing(self, beside: Sequence[bytes]) -> list[bytes]:
        """Those of the workspace's records that stand under the last checkpoint."""
        return [body for body, way in zip(beside, self._beside, strict=True) if self._stands(leaf_hash(body), way)]

    def inclusion(self, records: Records, standing: Sequence[bytes], sealed: bool) -> Claim:
        """Each record stands under the last checkpoint, and so do those of the workspace. Of one without a proof nothing is
        known, least of all that it came behind the checkpoint; but those of a case follow from one another up to its seal."""
        own, beside, count = self._own, self._beside, records.size
        under = sum(it is not None for it in own)  # what has no place under the checkpoint comes behind what has
        odd = next((at for at in range(min(under, count)) if not self._stands(records.leaf(at), own[at])), None)
        if odd is None and len(own) != count:
            odd = min(count, len(own))
        if odd is not None:
            return Claim("inclusion", Verdict.FAIL, f"record {odd} does not stand under the last checkpoint", odd)
        if len(standing) + beside.count(None) != len(beside):
            says = "one of the workspace's records does not stand under the last checkpoint"
            return Claim("inclusion", Verdict.FAIL, says)
        behind = own.count(None) + beside.count(None)
        says = f"{under} of the case and {len(standing)} of the workspace stand in the log; {behind} have no proof yet"
        held = None not in beside and (sealed or None not in own)
        return Claim("inclusion", Verdict.PASS if held else Verdict.UNCHECKED, says)

    def wrong(self, note: Note, sealed: Checkpoint | None) -> tuple[str, int | None] | None:
        """Why the log does not lead through a checkpoint, or why that is not shown; None where it does."""
        old = note.checkpoint
        path = self._read["kept"].get(str(old.size))
        if old == sealed or leads([self._nodes[it] for it in path or ()], old, self._last):
            return None
        if path is None and old.size not in {self._last.size, sealed.size if sealed else None}:
            says = "this dossier does not show whether the log leads through it. Take the case home again, and bring it then"
            return says, None
        says = f"the log does not lead through it, and on to {self._last.size}; which of the records is another no root tells"
        return says, 0

    def _stands(self, leaf: bytes, way: Any) -> bool:
        if not way:
            return False
        place, *path = way
        return proves_inclusion([self._nodes[it] for it in path], leaf, place, self._last.size, self._last.root)


def _complete(held: Held, records: Records, seal: Seal | None) -> tuple[Checkpoint | None, Claim]:
    """The receipt follows from the last record, is for this very dossier, and stands in the log itself: whoever left out a
    record before it has written another one at its place. With it the checkpoint that it stands under, if it does."""
    line = held.box.read(RECEIPT).removesuffix(b"\n")
    receipt = entry(line)
    given = [receipt.get(it) for it in ("stream", "seq", "prev", "kind")]
    last = records.leaf(records.size - 1).hex()
    wanted = [held.box.case, records.size, last, CaseExported.KIND]
    if [*given, receipt.get("data", {}).get("digest")] != [*wanted, held.box.digest(ABOUT)]:
        return None, Claim("complete", Verdict.FAIL, "its receipt is not for what it holds", records.size)
    says = f"that these are all, the receipt of {receipt.get('at')} says"
    if seal is None:
        says = f"{says}; a later dossier, or the whole log, can prove it"
        return None, Claim("complete", Verdict.UNCHECKED, says)
    stands = seal.holds(leaf_hash(line))
    says = f"{says}, and it stands in the log under the one over {seal.checkpoint.size} records"
    if stands and seal.follows(held.believed):
        return seal.checkpoint, Claim("complete", Verdict.PASS, says)
    if stands and seal.follows(held.box.keys):
        says = f"{says}, signed by no key to which yours leads"
        return None, Claim("complete", Verdict.UNCHECKED, says)
    says = "its receipt does not stand in the log as its seal says"
    return None, Claim("complete", Verdict.FAIL, says, records.size)
