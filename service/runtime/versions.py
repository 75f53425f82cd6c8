"""The versions of a process between which a running instance can go over."""

from typing import TYPE_CHECKING

from service.domain.errors import DefinitionNotFound
from service.domain.misfits import AlreadyOnVersion
from service.engine.shapes import Definition
from service.runtime import definitions
from service.store import deployments
from service.store.tables import Instance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def another(session: "Session", instance: Instance, to: str | int) -> Definition:
    """The process of an instance in another version of its bundle: the one of that digest, or of that number.

    Only what was put into force counts, not what waits for approval. Raises `DefinitionNotFound` where there is no such
    version or it lacks the process, `AlreadyOnVersion`.
    """
    key = deployments.bundle_key(session, instance.workspace_id, instance.bundle_digest)
    rows = [] if key is None else deployments.of_key(session, instance.workspace_id, key)
    digest = next((row.bundle_digest for row in rows if to in (row.bundle_digest, row.number)), None)
    if digest is None:
        raise DefinitionNotFound(key=instance.process_key)
    if digest == instance.bundle_digest:
        raise AlreadyOnVersion
    return definitions.by_digest(session, instance.workspace_id, digest, instance.process_key)
