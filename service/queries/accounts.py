"""Who a credential stands for."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.actors import Actor
from service.domain.sign_in import lasts
from service.store import people, sign_in
from service.store.db import glancing, reading


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account that is signed in, and the workspaces in which it is a person: name by key."""

    account_id: str
    name: str
    administrator: bool
    workspaces: dict[str, str]


def bearer(prefix: str, now: datetime, wall: datetime) -> tuple[str, Actor] | None:
    """The hash of the token with that prefix and the actor it stands for; None when no such token counts.

    A token expires by the machine's time `wall`; roles are held by the service's `now`.
    """
    with glancing() as session:
        return people.bearer(session, prefix, now, wall)


def in_workspace(digest: str, workspace_id: str, now: datetime, wall: datetime) -> tuple[datetime, Actor | None] | None:
    """When a sign-in session was last used, and who it stands for in a workspace (nobody: she has no part in it).

    None when no such session counts.
    """
    with glancing() as session:
        found = people.signed_in(session, digest, workspace_id, now)
    if found is None:
        return None
    began_at, seen_at, actor = found
    return (seen_at, actor) if lasts(began_at, seen_at, wall) else None


def signed_in(digest: str, wall: datetime) -> SignedIn | None:
    """The account of a sign-in session; None when no such session counts."""
    with reading() as session:
        found = sign_in.account_of(session, digest)
        if found is None or not lasts(found[1].began_at, found[1].seen_at, wall):
            return None
        account = found[0]
        workspaces = dict(sign_in.workspaces_of(session, account.id))
    return SignedIn(account.id, account.subject, account.administrator, workspaces)


def named(workspace_id: str, name: str, now: datetime) -> Actor | None:
    """The person of an account in a workspace, for who works on the machine itself; None when it is nobody there."""
    with glancing() as session:
        return people.named(session, workspace_id, name, now)


def password(name: str) -> tuple[str, str] | None:
    """The id and the password's hash of the local account of that name, unless it is disabled or has none."""
    with reading() as session:
        account = people.account(session, name)
        if account is None or account.disabled_at is not None or account.password_hash is None:
            return None
        return account.id, account.password_hash
