"""Verifying a dossier: what it claims, each claim with its verdict, from its files and from what the reader kept alone.

`queries/dossiers/verify.py`, which goes with every dossier, does the same without a line of this; both say the same of
every claim but `replay`, for which the case is run again here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from service.domain.dossiers import UNLISTED, Claim, Verdict, belongs, plain
from service.domain.notes import Key, Note, Verify
from service.queries.verifying import case, log, signatures
from service.queries.verifying.box import Box, opened
from service.queries.verifying.seal import Seal
from service.queries.verifying.signatures import Held

__all__ = ["claims"]


def claims(
    place: Path,
    verify: Verify,
    kept: Sequence[Sequence[Note]] = (),
    trusted: Sequence[Key] = (),
    leaves: Sequence[bytes] = (),
) -> list[Claim]:
    """Every claim of the dossier in a file or folder. `kept` are checkpoints that the reader kept, those of each file
    together; `trusted` verifier keys that she got elsewhere, and `leaves` the hashes of a log's records in a row, which are
    believed where a checkpoint holds them; `verify` is Ed25519. Raises `DossierUnreadable`."""
    with opened(place) as box:
        held = Held(box, verify, kept, trusted, leaves)
        return [replace(it, says=plain(it.says)) for it in _claims(held)]


def _claims(held: Held) -> Iterator[Claim]:
    box = held.box
    yield _files(box)
    yield signatures.checkpoints(held)
    seal = Seal.of(held)
    leads = held.ours(held.last, held.led.on) or (seal is not None and seal.follows(held.led.on))
    yield signatures.key(held, leads)
    yield from case.claims(held, seal) if box.case else log.claims(held)


def _files(box: Box) -> Claim:
    """The files that are listed are there as they were listed, in places where they are looked at, and are all. In a folder
    the reader may have put others beside them."""
    alone = {normalize("NFC", name).casefold(): name for name in box.files}.values()
    odd = box.files.keys() - {name for name in alone if belongs(name)}
    odd |= {name for name, digest in box.files.items() if box.digest(name) != digest}
    loose = box.names - box.files.keys() - UNLISTED
    if odd or (loose and box.packed):
        bad = ", ".join(sorted(odd | loose if box.packed else odd))
        return Claim("files", Verdict.FAIL, f"{bad}: not as packed, or no file of a dossier")
    says = f"{len(box.files)} are as they were packed"
    if loose:
        return Claim("files", Verdict.UNCHECKED, f"{says}; not of the dossier: {', '.join(sorted(loose))}")
    return Claim("files", Verdict.PASS, says)
