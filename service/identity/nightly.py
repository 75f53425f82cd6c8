"""By night some cases of each workspace are replayed, a few at a time, so that nothing else has to wait for them."""

import logging
import time
from typing import Any

from service.commands import replays as commands
from service.domain.actors import installation, scheduler
from service.domain.errors import CaseMovedOn, CaseNotFound, Contended
from service.domain.replays import DIFFERS, NOT_REPLAYED, SAME
from service.domain.sentences import say, to_json
from service.identity.callers import call_as, ports
from service.queries import replay, replays, workspaces

AT_A_TIME = 1.0
"""Seconds of the machine's time after which whatever else falls due gets its turn."""

log = logging.getLogger("mandat.nightly")


def replay_cases() -> int:
    """Replay the next cases of each workspace for which it is time; gives how many. Of several workers one is at it."""
    return sum(_some(workspace) for workspace in workspaces.names() if replays.due(workspace, ports().now()))


def _some(workspace_id: str) -> int:
    call, until = call_as(scheduler(workspace_id)), time.monotonic() + AT_A_TIME
    try:
        taken = commands.take(call)
        over, found = taken["over"], list[dict[str, Any]]()
        for case_id in taken["cases"]:
            found.append(_found(workspace_id, case_id))
            if time.monotonic() > until:
                break
        if found:
            over = commands.keep(call, found)["over"]
        if over:
            commands.close(call)
    except (CaseMovedOn, Contended):  # another worker was faster; it goes on there
        return 0
    return len(found)


def _found(workspace_id: str, case_id: str) -> dict[str, Any]:
    """What is kept of a replay: nothing of what stands in the case."""
    try:
        told = replay.case(installation(workspace_id), case_id, ports().verify)
    except CaseNotFound:
        return {"case": case_id, "outcome": SAME, "seq": None, "reason": None}
    except Exception:
        log.exception("a case could not be replayed")
        said = say("the replay itself failed; the log of the service says where")
        return {"case": case_id, "outcome": NOT_REPLAYED, "seq": None, "reason": to_json(said)}
    if told["ok"]:
        return {"case": case_id, "outcome": SAME, "seq": None, "reason": None}
    odd = told["difference"] or told["not_replayed"]
    outcome = DIFFERS if told["difference"] else NOT_REPLAYED
    log.warning("a case was replayed: %s", outcome, extra={"case": case_id, "seq": odd["seq"]})
    return {"case": case_id, "outcome": outcome, "seq": odd["seq"], "reason": to_json(odd["reason"])}
