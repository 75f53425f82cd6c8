"""Signing in and out: the sessions of accounts, and the tries that are counted. None of it is anybody's record, but that
somebody came who may more than others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.domain.access_facts import RightsRaised
from service.domain.actors import RAISED
from service.domain.journal import By
from service.runtime.command import Answer, Work, command
from service.store import journal, people
from service.store import sign_in as store
from service.store.tables import Account, SignInSession


@command
def count_try(work: Work, most: Mapping[str, int]) -> Answer:
    """Count one try under each key, before it is known whether it succeeds. `refused`: one of them had its `most`."""
    now = work.ports.wall()
    counted = {key: store.count(work.session, key, now) for key in sorted(most)}
    return {"refused": any(counted[key] > allowed for key, allowed in most.items())}


@command
def forgive(work: Work, keys: Sequence[str]) -> Answer:
    """Take back the try that was counted under these keys: it was hers."""
    store.forgive(work.session, keys)
    return {}


@command
def begin(work: Work, account_id: str, digest: str, instead_of: str | None) -> Answer:
    """Sign an account in under a digest; the session `instead_of` in the same browser is over.

    Who may more in a workspace than work on her tasks leaves an entry there, and who administers the installation leaves
    one there. Nobody else's comings are anybody's record.
    """
    now = work.ports.wall()
    store.sweep(work.session, now)
    if instead_of is not None:
        store.end(work.session, instead_of)
    work.session.add(SignInSession(digest=digest, account_id=account_id, began_at=now, seen_at=now))
    by = By(actor=account_id, auth=people.session_name(digest))
    for workspace_id, person_id, roles in people.raised(work.session, account_id, RAISED, work.now):
        workspace = journal.of_workspace(work.session, workspace_id)
        assert workspace is not None, "she is a person of it"
        told = RightsRaised(account=account_id, roles=tuple(sorted(roles)), person=person_id)
        work.record(workspace, [told], replace(by, actor=person_id))
    account = work.session.get_one(Account, account_id)
    if account.administrator:
        told = RightsRaised(account=account_id, roles=("administrator",))
        work.record(journal.of_installation(work.session), [told], by)
    return {}


@command
def see(work: Work, digest: str) -> Answer:
    """Note that a session was used now."""
    store.see(work.session, digest, work.ports.wall())
    return {}


@command
def end(work: Work, digest: str) -> Answer:
    """Sign out in one browser."""
    store.end(work.session, digest)
    return {}


@command
def end_all(work: Work, account_id: str) -> Answer:
    """Sign an account out everywhere."""
    store.end_all(work.session, account_id)
    return {}
