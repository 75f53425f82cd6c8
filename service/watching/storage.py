"""Whether what people send can be kept: the database is asked to take something, for its disk may be full or read-only."""

import time

from flask import current_app

from service.commands import probing
from service.domain.actors import operator
from service.domain.errors import DatabaseBusy, Unavailable
from service.domain.journal import INSTALLATION
from service.domain.storage_errors import DatabaseReadOnly, DiskFailing, DiskFull
from service.identity import call_as

KNOWN = "mandat.storage-known"
LASTING = 5.0
"""Seconds for which the answer is not asked for again."""

WORDS: dict[type[Unavailable], str] = {DiskFull: "full", DatabaseReadOnly: "read-only", DiskFailing: "failing"}


def state() -> str:
    """`ok`, `full`, `read-only`, `failing`, or `busy` where it does not take anything in time."""
    kept, now = current_app.extensions.get(KNOWN), time.monotonic()
    if kept is None or now - kept[0] >= LASTING:
        kept = current_app.extensions[KNOWN] = (now, _asked())
    return str(kept[1])


def _asked() -> str:
    try:
        probing.write(call_as(operator(INSTALLATION)))
    except DatabaseBusy:
        return "busy"
    except Unavailable as error:
        return WORDS[type(error)]
    return "ok"
