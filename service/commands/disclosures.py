"""Erasing sealed values: what opens a commitment is deleted, and the journal says on which ground."""

from collections.abc import Sequence

from service.domain import record_facts as facts
from service.domain.disclosures import check_basis
from service.domain.record_errors import DisclosureNotFound
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import disclosures as store


@command
def erase(work: Work, commitments: Sequence[str], basis: str) -> Answer:
    """Erase the values behind these commitments. The cases that hold the commitments replay as before.

    The salt goes with the value, so that nobody can find the value again by trying. Raises `LegalBasisUnknown`,
    `DisclosureNotFound`.
    """
    work.actor.must_administer()
    check_basis(basis)
    workspace = owner(work)
    wanted = sorted(set(commitments))
    found = {row.commitment for row in store.some(work.session, work.workspace_id, wanted)}
    if not wanted or found != set(wanted):
        raise DisclosureNotFound
    store.erase(work.session, work.workspace_id, wanted)
    work.record(workspace, [facts.DisclosuresErased(commitments=tuple(wanted), basis=basis)])
    return {"erased": len(wanted)}
