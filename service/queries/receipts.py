"""Answers that were kept for whoever sends the same again."""

from datetime import datetime

from service.domain.requests import KEPT
from service.store import receipts
from service.store.db import reading


def any_lapsed(workspace_id: str, now: datetime) -> bool:
    """Whether some have been kept for as long as was promised."""
    with reading() as session:
        return receipts.any_before(session, workspace_id, now - KEPT)
