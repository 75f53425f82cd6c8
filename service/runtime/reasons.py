"""Reasons in a person's own words: sealed, so that the journal names them and what they say can be erased."""

import rfc8785

from service.domain.errors import ReasonRefused
from service.forms import commit
from service.runtime.command import Work
from service.store.tables import Case, Disclosure

MOST = 2_000
"""Characters."""


def sealed(work: Work, case: Case, reason: str) -> dict[str, str]:
    """Keep a reason beside the case; gives what stands in its place in the journal. Raises `ReasonRefused`."""
    said = reason.strip()
    if not 1 <= len(said) <= MOST:
        raise ReasonRefused(most=f"{MOST:,}")
    return seal(work, case, said, "/reason")


def seal(work: Work, case: Case, value: str, pointer: str) -> dict[str, str]:
    """Keep a text beside the case; gives `{"sealed": commitment}`. `pointer` says where it stood."""
    salt, canonical = work.ports.salt(), rfc8785.dumps(value)
    commitment = commit(salt, canonical)
    work.session.add(
        Disclosure(
            workspace_id=work.workspace_id,
            commitment=commitment,
            case_id=case.id,
            task_id=None,
            person_id=work.actor.person_id,
            pointer=pointer,
            salt=salt,
            value=canonical,
            sealed_at=work.now,
        )
    )
    return {"sealed": commitment}
