"""Whether somebody does what falls due: this process itself, or workers beside it."""

import time

from flask import current_app

from service.queries import health

KNOWN = "mandat.background-known"
LAST = "mandat.background-last"
"""Where a process keeps, by the monotonic clock, when workers last reported as far as it has heard, or else its first look."""

LASTING = 5.0
"""Seconds for which the answer is not asked for again where the database is asked."""


def silent_for() -> float | None:
    """Seconds since background work last reported; None on SQLite in a process that does none.

    On PostgreSQL it is never None: where the queue knows of no worker, or is not there itself, this process tells since when
    it has known of none, which is no longer than it lives. Raises `DatabaseBusy`.
    """
    background = current_app.extensions.get(health.BACKGROUND)
    if background is not None:
        return float(background.silent_for())
    if health.embedded():
        return None
    now, told = time.monotonic(), health.workers_silent_for()
    last: float = current_app.extensions.setdefault(LAST, now)
    if told is not None:
        last = current_app.extensions[LAST] = now - told
    return round(now - last, 1)


def stands_still() -> bool:
    """Whether nobody has done for a minute what falls due. On SQLite, in a process that does not do it itself, that cannot be
    told. Raises `DatabaseBusy`.
    """
    background, kept = current_app.extensions.get(health.BACKGROUND), current_app.extensions.get(KNOWN)
    if background is not None:
        return float(background.silent_for()) >= health.SILENT
    now = time.monotonic()
    if kept is None or now - kept[0] >= LASTING:
        silent = silent_for()
        still = silent is not None and silent >= health.SILENT
        kept = current_app.extensions[KNOWN] = (now, still)
    return bool(kept[1])
