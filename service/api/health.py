"""Whether the service lives, and whether it can do its work: for whoever runs it."""

from typing import Any

from flask import Blueprint, current_app

from service.domain.errors import Unavailable
from service.queries import health

blueprint = Blueprint("health", __name__)

SILENT = 60.0
"""Seconds after which background work that has not reported counts as stopped."""


@blueprint.get("/healthz")
def healthz() -> dict[str, Any]:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, Any], int]:
    """The database answers in the form this version knows, and timers fire (where this process is to fire them)."""
    try:
        database = health.database()
    except Unavailable:
        database = False
    background = current_app.extensions.get(health.BACKGROUND)
    silent = None if background is None else background.silent_for()
    ready = database and (silent is None or silent < SILENT)
    return {"ready": ready, "database": database, "background_silent_for": silent}, 200 if ready else 503
