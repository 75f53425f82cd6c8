"""The sequencer's rounds: what was written to the journal takes its place in the log, and the log is signed."""

import logging
import time
from typing import cast

from flask import current_app

from service.commands import log_keys, sequencing
from service.domain.actors import scheduler
from service.domain.errors import CaseMovedOn, Unavailable
from service.domain.journal import INSTALLATION
from service.domain.log import BATCH
from service.domain.signing import LogKeyMissing, LogKeyUnknown, LogKeyUnusable
from service.domain.tiles import TilesTorn
from service.identity.callers import call_as, ports
from service.identity.relay import ADDRESS
from service.queries import log as queries
from service.queries import witnesses

WARNED = "mandat.sequencer.warned"
GIVING_WAY = 0.01
"""Seconds between two full batches, in which whoever waits to write gets in."""

log = logging.getLogger("mandat.sequencer")


def round_of() -> int:
    """Let all entries of all logs take their places, sign the logs for which it is time, and let witnesses know; gives how
    many entries.

    Several may do so at once: one is at it, the others pass on.
    """
    appended = sum(append(workspace) for workspace in queries.behind())
    if ports().keys is not None:
        sign()
        for workspace in witnesses.untold(ports().wall()):
            sequencing.tell(call_as(scheduler(workspace)))
    return appended


def append(workspace_id: str) -> int:
    """Let all entries of one log take their places; gives how many. A log whose tiles are torn stays as it is."""
    call, address, appended = call_as(scheduler(workspace_id)), current_app.extensions[ADDRESS], 0
    try:
        while batch := sequencing.append(call, address)["appended"]:
            appended += batch
            if batch < BATCH:
                break
            time.sleep(GIVING_WAY)
    except (TilesTorn, CaseMovedOn) as error:  # the second: an entry already stands where this one was to
        _warn(f"the log of {_said(workspace_id)} is torn and does not grow: {error}; `mandat verify --log` says more")
    return appended


def sign() -> None:
    """Sign the logs for which it is time. Where one cannot be signed, or none for want of the key, that is said once."""
    for workspace in queries.unsigned(ports().wall()):
        if not _sign(workspace):
            return  # one key signs those of all workspaces


def catch_up(workspace_id: str) -> None:
    """Let the entries of one log take their places and sign it now, where this process has a key: what somebody takes with
    her is to be proved. Where it has none, or another is at it, that comes a moment later."""
    append(workspace_id)
    if ports().keys is not None:
        _sign(workspace_id, at_once=True)


def sign_anew() -> None:
    """Sign every log now with the key that signs from now on, so that whoever has the new key alone is shown what it holds."""
    for workspace in queries.begun():
        catch_up(workspace)


def _sign(workspace_id: str, at_once: bool = False) -> bool:
    """Sign a log; whether the key can be used."""
    try:
        if not queries.keys():
            log_keys.begin(call_as(scheduler(INSTALLATION)))
        sequencing.sign(call_as(scheduler(workspace_id)), at_once)
    except (LogKeyMissing, LogKeyUnknown, LogKeyUnusable) as error:
        _warn(f"the log is not signed: {error}")
        return False
    except (TilesTorn, Unavailable) as error:
        _warn(f"the log of {_said(workspace_id)} is not signed: {error}")
    return True


def _said(workspace_id: str) -> str:
    return "the installation" if workspace_id == INSTALLATION else workspace_id


def _warn(sentence: str) -> None:
    said = cast("set[str]", current_app.extensions.setdefault(WARNED, set()))
    if sentence not in said:
        said.add(sentence)
        log.warning(sentence)
