"""Whether the service lives, and whether it can do its work: for whoever runs it."""

from typing import Any

from flask import Blueprint, current_app

from service.domain.errors import Unavailable
from service.problems import RETRY_AFTER
from service.queries import health
from service.watching import storage
from service.watching.background import silent_for

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> dict[str, Any]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, Any], int, dict[str, str]]:
    """The database answers in the form this version knows, and what falls due is done.

    A process that fires timers itself is not ready when it does not. Where workers do it, this one still answers
    people: it says that they are silent, or that the queue is missing which wakes them, and stays in service. So it
    does where the database takes nothing new: everything can be read, and no other process could do more.
    """
    background = current_app.extensions.get(health.BACKGROUND)
    try:
        database = health.database()
        silent, queue, writes = (silent_for(), health.queued(), storage.state()) if database else (None, False, "none")
    except Unavailable:
        database, silent, queue, writes = False, None, False, "none"
    stalled = silent is None or silent >= health.SILENT
    ready = database and not (background is not None and stalled)
    told = {
        "ready": ready,
        "database": database,
        "storage": writes,
        "queue": queue,
        "background_silent_for": silent,
    }
    return told, 200 if ready else 503, {} if ready else {"Retry-After": RETRY_AFTER[503]}
