"""Verifying a dossier: what it claims, each claim with its verdict, from its files and from what the reader kept alone.

`queries/dossiers/verify.py`, which goes with every dossier, does the same without a line of this; both say the same of
every claim but `replay`, for which the case is run again here.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from service.domain.dossiers import Claim, Verdict
from service.domain.notes import Key, Note, Verify
from service.queries.verifying import case, log, signatures
from service.queries.verifying.box import opened
from service.queries.verifying.signatures import Held

__all__ = ["claims"]


def claims(place: Path, verify: Verify, kept: Sequence[Note] = (), trusted: Sequence[Key] = ()) -> list[Claim]:
    """Every claim of the dossier in a file or folder. `kept` are checkpoints that the reader kept, `trusted` verifier keys
    that she got elsewhere; `verify` is Ed25519. Raises `DossierUnreadable`."""
    with opened(place) as box:
        held = Held(box, verify, kept, trusted)
        return list(_claims(held))


def _claims(held: Held) -> Iterator[Claim]:
    box = held.box
    changed = [name for name, digest in box.files.items() if box.digest(name) != digest]
    yield Claim(
        "files",
        Verdict.FAIL if changed else Verdict.PASS,
        f"{', '.join(changed)}: not as packed" if changed else f"{len(box.files)} are as they were packed",
    )
    yield signatures.checkpoints(held)
    yield signatures.key(held)
    yield from case.claims(held) if box.case else log.claims(held)
