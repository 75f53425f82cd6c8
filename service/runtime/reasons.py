"""Reasons in a person's own words: sealed, so that the journal names them and what they say can be erased."""

import rfc8785

from service.domain.errors import ReasonRefused
from service.forms import commit
from service.runtime.command import Work
from service.store.tables import Case, Disclosure, Workspace

MOST = 2_000
"""Characters."""


def sealed(work: Work, owner: Case | Workspace, reason: str) -> dict[str, str]:
    """Keep a reason beside the case, or the workspace, in whose stream it is named; gives what stands in its place there.
    Raises `ReasonRefused`."""
    said = reason.strip()
    if not 1 <= len(said) <= MOST:
        raise ReasonRefused(most=f"{MOST:,}")
    return seal(work, owner, said, "/reason")


def seal(work: Work, owner: Case | Workspace, value: str, pointer: str) -> dict[str, str]:
    """Keep a text beside the case or the workspace; gives `{"sealed": commitment}`. `pointer` says where it stood."""
    salt, canonical = work.ports.salt(), rfc8785.dumps(value)
    commitment = commit(salt, canonical)
    work.session.add(
        Disclosure(
            workspace_id=work.workspace_id,
            commitment=commitment,
            case_id=owner.id,
            task_id=None,
            person_id=work.actor.person_id,
            pointer=pointer,
            salt=salt,
            value=canonical,
            sealed_at=work.now,
        )
    )
    return {"sealed": commitment}
