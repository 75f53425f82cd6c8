"""Whether somebody does what falls due: this process itself, or workers beside it."""

import time

from flask import current_app

from service.queries import health

KNOWN = "mandat.background-known"
LASTING = 5.0
"""Seconds for which the answer is not asked for again where the database is asked."""


def silent_for() -> float | None:
    """Seconds since background work last reported; None: nobody does any, as far as is known here.

    Raises `DatabaseBusy`.
    """
    background = current_app.extensions.get(health.BACKGROUND)
    if background is not None:
        return float(background.silent_for())
    return None if health.embedded() else health.workers_silent_for()


def stands_still() -> bool:
    """Whether nobody has done for a minute what falls due. Where neither this process nor a queue does it, that cannot
    be told. Raises `DatabaseBusy`.
    """
    background, kept = current_app.extensions.get(health.BACKGROUND), current_app.extensions.get(KNOWN)
    if background is not None:
        return float(background.silent_for()) >= health.SILENT
    now = time.monotonic()
    if kept is None or now - kept[0] >= LASTING:
        silent = silent_for()
        still = not health.embedded() and (silent is None or silent >= health.SILENT)
        kept = current_app.extensions[KNOWN] = (now, still)
    return bool(kept[1])
