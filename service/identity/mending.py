"""Many incidents tried again, each in a transaction of its own: what one of them meets holds up no other."""

from collections.abc import Iterable
from dataclasses import replace

from service.commands import incidents
from service.domain.errors import CaseSuspended, Conflict, IncidentNotFound
from service.identity.callers import call

MOST = 200
"""Incidents that are tried in one request."""


def retry_many(ids: Iterable[str]) -> dict[str, list[str]]:
    """Try incidents again as the current request's actor; gives their ids by what became of them.

    `went_on`: the case moves again. `stands`: the step failed again. `suspended`: its case is. `gone`: somebody was
    faster, or it is none that she may see. Raises `ProcessOwnerNeeded`.
    """
    found: dict[str, list[str]] = {"went_on": [], "stands": [], "suspended": [], "gone": []}
    asked = call()
    asked.actor.must_own_processes()
    for incident_id in list(dict.fromkeys(ids))[:MOST]:
        key = asked.request and replace(asked.request, key=f"{asked.request.key[:150]}:{incident_id}")
        try:
            answer = incidents.retry(replace(asked, request=key), incident_id)
            resolved = answer["incident"]["resolved_at"] is not None
            found["went_on" if resolved else "stands"].append(incident_id)
        except CaseSuspended:
            found["suspended"].append(incident_id)
        except (Conflict, IncidentNotFound):
            found["gone"].append(incident_id)
    return found
