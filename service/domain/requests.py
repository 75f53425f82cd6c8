"""What makes a request the same request when it is sent again."""

from dataclasses import dataclass
from datetime import timedelta

KEPT = timedelta(days=7)
"""How long the answer to a request is kept for whoever sends the same again."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key in the hands of one account of one workspace, and the hash of what was asked with it."""

    workspace_id: str
    account_id: str
    key: str
    request_hash: str
