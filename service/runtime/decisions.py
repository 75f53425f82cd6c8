"""Decision tables: which file answers a decision that a process asks for, and that it is still the one deployed."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from service.domain.sentences import say
from service.engine import XMLRefused, decisions, digest_of
from service.engine.shapes import DecisionFile, Definition
from service.store import definitions as store
from service.store import deployments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Altered(decisions.DecisionFault):
    """The files that are kept of a bundle no longer have its digest."""


def table(session: "Session", workspace_id: str, decision_key: str, caller: Definition) -> DecisionFile:
    """The decision file of that key: of the caller's own bundle, else of the bundle in force that has it.

    Raises LookupError when neither has it, and as `deployed` does; both are an incident of the case that asked.
    """
    own = store.decision(session, workspace_id, decision_key, digest=caller.bundle_digest)
    found = own or store.decision(session, workspace_id, decision_key)
    if found is None:
        raise LookupError(decision_key)
    return deployed(session, workspace_id, *found)


def deployed(session: "Session", workspace_id: str, digest: str, name: str) -> DecisionFile:
    """One decision file of a deployed bundle, with those beside it.

    The bundle is known by its digest, in the journal and wherever it is used. Raises `Altered` where the files that are kept under that digest no longer have it: somebody changed one behind the service's back.
    """
    files = deployments.files(session, workspace_id, digest)
    found = digest_of(files)
    if found != digest or name not in files:
        raise Altered(
            say(
                "The files of the bundle %(digest)s were changed after it was deployed: they now have the digest "
                "%(found)s. “%(name)s” is not asked. Deploy the bundle again from where it came.",
                digest=digest,
                found=found,
                name=name,
            )
        )
    return _beside(files, name)


def recorded(session: "Session", workspace_id: str, decision_key: str, digest: str) -> DecisionFile | None:
    """The file that an evaluation's record names by its digest, of all that ever answered the decision."""
    return next((file for found, file in _ever(session, workspace_id, decision_key) if found == digest), None)


def digests(session: "Session", workspace_id: str, decision_key: str) -> list[str]:
    """The digests of the files that ever answered a decision, as they are kept now."""
    return sorted({found for found, _ in _ever(session, workspace_id, decision_key)})


def _ever(session: "Session", workspace_id: str, decision_key: str) -> Iterator[tuple[str, DecisionFile]]:
    for bundle, name in store.decisions(session, workspace_id, decision_key):
        files = deployments.files(session, workspace_id, bundle)
        with suppress(XMLRefused, KeyError):
            file = _beside(files, name)
            yield decisions.load(file.data, file.beside).digest, file


def _beside(files: dict[str, bytes], name: str) -> DecisionFile:
    tables = tuple((other, data) for other, data in files.items() if other.endswith(".dmn"))
    return DecisionFile(files[name], tables)
