"""What makes a request the same request when it is sent again."""

from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

KEPT = timedelta(days=7)
"""How long the answer to a request is kept for whoever sends the same again."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key in the hands of one account of one workspace, and the hash of what was asked with it."""

    workspace_id: str
    account_id: str
    key: str
    request_hash: str

    @property
    def parts(self) -> str:
        """With what the keys begin under which the parts of this request are answered."""
        return f"{sha256(self.key.encode()).hexdigest()}:"

    def part(self, name: str) -> "RequestKey":
        """The request for one part of what was asked, where each has a transaction of its own. `name`: 100 characters
        at most."""
        return replace(self, key=self.parts + name)
