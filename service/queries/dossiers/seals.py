"""The seal of a dossier: that its receipt stands in the log, under a checkpoint that was signed after it."""

import rfc8785

from service.domain import merkle
from service.queries.dossiers.proofs import Signed
from service.store import log
from service.store.db import reading


def seal(workspace_id: str, case_id: str, seq: int, size: int) -> bytes | None:
    """That entry `seq` of a case stands under the last checkpoint of its workspace, to which the log leads from its first
    `size` entries; None while it does not."""
    with reading() as session:
        signed, place = Signed.of(session, workspace_id), log.placed(session, workspace_id, case_id, seq)
        if place is None or place >= signed.size:
            return None
        begun = merkle.consistency(size, signed.size, signed.tree.hash)
        stands = merkle.inclusion(place, signed.size, signed.tree.hash)
        return rfc8785.dumps(
            {
                "note": signed.note,
                "place": place,
                "from": [it.hex() for it in begun],
                "path": [it.hex() for it in stands],
            }
        )
