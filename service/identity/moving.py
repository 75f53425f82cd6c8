"""Many running instances moved to another version, each in a transaction of its own: what hinders one holds up no other."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from service.commands import instances
from service.domain.errors import Conflict, DefinitionNotFound, InstanceNotFound
from service.domain.misfits import MigrationRefused
from service.identity.callers import call

MOST = 200
"""Instances that are moved in one request."""


def move_many(runs: Iterable[tuple[str, Mapping[str, str]]], to: int, reason: str) -> dict[str, list[str]]:
    """Move instances, each with what is called otherwise for it, to the version of that number, as the current request's
    actor; gives their ids by what became of them: `moved`, or `stay`, where something does not fit (any more), somebody
    was faster, or it is none that she may see. Raises `ProcessOwnerNeeded`, `ReasonRefused`.
    """
    found: dict[str, list[str]] = {"moved": [], "stay": []}
    asked = call()
    asked.actor.must_own_processes()
    for instance_id, renamed in list(runs)[:MOST]:
        key = asked.request and replace(asked.request, key=f"{asked.request.key[:150]}:{instance_id}")
        try:
            instances.migrate(replace(asked, request=key), instance_id, to, renamed, reason)
            found["moved"].append(instance_id)
        except (Conflict, DefinitionNotFound, InstanceNotFound, MigrationRefused):
            found["stay"].append(instance_id)
    return found
