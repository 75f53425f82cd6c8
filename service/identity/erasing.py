"""The list of erasures outside the database: a backup from before an erasure does not know of it, the list does."""

import logging
from typing import cast

from flask import current_app

from service.domain import erasures as rules
from service.domain.erasures import ErasureListUnreadable, ErasureListUnwritable
from service.domain.ports import SeededRandomness
from service.identity.callers import ports
from service.queries import erasures

KEPT, WARNED = "mandat.erasures.kept", "mandat.erasures.warned"
log = logging.getLogger("mandat.erasures")


def keeps() -> bool:
    """Whether this service keeps a list. A demonstration that repeats itself keeps none: in its next run it would erase
    what nobody had asked to be erased in that one."""
    return ports().erasures is not None and not isinstance(ports().randomness, SeededRandomness)


def keep() -> bool:
    """Let the list name every erasure that was carried out, and those that it named before; gives whether it had to be
    written. A list that cannot be written is said once in the log, and is tried again at the next round.

    """
    shelf, done = ports().erasures, erasures.done()
    if shelf is None or not keeps() or current_app.extensions.get(KEPT) == len(done):
        return False
    try:
        before = shelf.read()
        kept = [] if before is None else rules.read(before)
        known = {(it.workspace, it.erasure): it for it in kept}
        text = rules.written((known | {(it.workspace, it.erasure): it for it in done}).values())
        new = text != before and bool(done or known)
        if new:
            shelf.write(text)
    except (ErasureListUnreadable, ErasureListUnwritable) as error:
        _warn(f"the list of erasures is not kept: {error}")
        return False
    current_app.extensions[KEPT] = len(done)
    return new


def _warn(sentence: str) -> None:
    said = cast("set[str]", current_app.extensions.setdefault(WARNED, set()))
    if sentence not in said:
        said.add(sentence)
        log.warning(sentence)
