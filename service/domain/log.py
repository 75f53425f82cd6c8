"""The log: every entry of a workspace's journal in one tree, signed now and then, so that outsiders can hold us to it.

The streams of a workspace and its cases share one log; the installation has one of its own.
"""

from datetime import datetime, timedelta

from service.domain.journal import INSTALLATION

BATCH = 1000
"""Entries that take their places by one transaction."""

EVERY, STEP, DAILY = timedelta(seconds=60), 1000, timedelta(days=1)
"""A checkpoint is signed when the last is so old and the log has grown, when it has grown by so many entries, and when
the last is so old although nothing has happened: silence is told from standstill."""

HERE = "localhost"
"""How a service is called whose address nobody has set."""


def origin(address: str, workspace_id: str) -> str:
    """What the log of a workspace is called in the world, as it is from its first entry on: `host/workspace`."""
    host = address.partition("://")[2].rstrip("/") or HERE
    return f"{host}/{'installation' if workspace_id == INSTALLATION else workspace_id}/log"


def due(size: int, signed_size: int | None, signed_at: datetime | None, now: datetime) -> bool:
    """Whether a log of that size is to be signed now."""
    if signed_size is None or signed_at is None:
        return size > 0
    if size == signed_size:
        return now - signed_at >= DAILY
    return now - signed_at >= EVERY or size - signed_size >= STEP
