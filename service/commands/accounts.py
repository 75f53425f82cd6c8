"""Accounts, people, and the tokens that programs use in their name."""

from datetime import datetime

from service.domain import facts
from service.domain.errors import AccountNotFound, AlreadyThere
from service.domain.journal import instant
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import journal, people, sign_in
from service.store.tables import Account, Person, Token


@command
def create(
    work: Work, name: str, administrator: bool = False, *, password_hash: str | None = None, persona: bool = False
) -> Answer:
    """Open a local account. Without a password only tokens are made out to it. Raises `AlreadyThere`.

    `persona`: in a demonstration, and only there, anybody may be her.
    """
    work.actor.must_administer_installation()
    if people.account(work.session, name) is not None:
        raise AlreadyThere(what=f"The account {name}")
    account = Account(
        id=work.new_id(),
        issuer=people.LOCAL,
        subject=name,
        password_hash=password_hash,
        administrator=administrator,
        persona=persona,
        created_at=work.now,
    )
    work.session.add(account)
    created = facts.AccountCreated(account=account.id, administrator=administrator)
    work.record(journal.of_installation(work.session), [created])
    return {"id": account.id}


@command
def set_password(work: Work, name: str, password_hash: str) -> Answer:
    """Give a local account another password, and sign it out everywhere. Raises `AccountNotFound`."""
    work.actor.must_administer_installation()
    account = people.account(work.session, name)
    if account is None:
        raise AccountNotFound(name=name)
    account.password_hash = password_hash
    sign_in.end_all(work.session, account.id)
    work.record(journal.of_installation(work.session), [facts.PasswordSet(account=account.id)])
    return {"id": account.id}


@command
def join(work: Work, name: str, full_name: str) -> Answer:
    """Make the account a person of the workspace, under her full name. Raises `AccountNotFound`, `AlreadyThere`."""
    work.actor.must_administer()
    workspace = owner(work)
    account = people.account(work.session, name)
    if account is None:
        raise AccountNotFound(name=name)
    if people.person_of(work.session, work.workspace_id, account.id) is not None:
        raise AlreadyThere(what=f"The person of the account {name}")
    person = Person(workspace_id=work.workspace_id, id=work.new_id(), account_id=account.id, name=full_name)
    work.session.add(person)
    work.record(workspace, [facts.PersonAdded(person=person.id, account=account.id)])
    return {"id": person.id}


@command
def give_token(work: Work, name: str, prefix: str, digest: str, expires_at: datetime) -> Answer:
    """Keep the hash of a token that was made for an account. Raises `AccountNotFound`."""
    work.actor.must_administer_installation()
    workspace = owner(work)
    account = people.account(work.session, name)
    if account is None:
        raise AccountNotFound(name=name)
    token = Token(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        account_id=account.id,
        prefix=prefix,
        digest=digest,
        created_at=work.now,
        expires_at=expires_at,
    )
    work.session.add(token)
    made = facts.TokenCreated(token=token.id, account=account.id, expires_at=instant(expires_at))
    work.record(workspace, [made])
    return {"id": token.id}
