"""PostgreSQL, for more than one machine."""

from typing import Any

from sqlalchemy import make_url

SESSION = (
    "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
    " -c synchronous_commit=on"  # whatever the server's default: what was acknowledged survives its fall
    ' -c search_path="$user",public,queue'  # the queue's own functions call each other by their bare names
)


def options(url: str) -> dict[str, Any]:
    """Options of the engine. Every acknowledged commit is in the primary's log; that `fsync` is on is the server's part."""
    return {
        "url": make_url(url),
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": 30,
        "pool_pre_ping": True,
        "connect_args": {"options": SESSION, "application_name": "mandat"},
    }
