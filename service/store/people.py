"""Accounts, people and their roles."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from service.domain.actors import Actor
from service.store.tables import Account, Person, Representative, Role, RoleHolding, Token

LOCAL = "local"
"""The issuer of accounts that this installation keeps itself."""


# Built once: with every request, building these would cost more than running them.
_BEARER = (
    select(
        Token,
        Account.administrator,
        Person.id,
        Person.name,
        RoleHolding.role_key,
        RoleHolding.case_id,
        Representative.organisation_id,
    )
    .join(Account, Account.id == Token.account_id)
    .outerjoin(Person, (Person.workspace_id == Token.workspace_id) & (Person.account_id == Account.id))
    .outerjoin(
        RoleHolding,
        (RoleHolding.workspace_id == Person.workspace_id)
        & (RoleHolding.person_id == Person.id)
        & (RoleHolding.valid_from <= bindparam("now"))
        & or_(RoleHolding.valid_to.is_(None), RoleHolding.valid_to > bindparam("now")),
    )
    .outerjoin(
        Representative,
        (Representative.workspace_id == Person.workspace_id)
        & (Representative.person_id == Person.id)
        & (Representative.valid_from <= bindparam("now"))
        & or_(Representative.valid_to.is_(None), Representative.valid_to > bindparam("now")),
    )
    .where(
        Token.prefix == bindparam("prefix"),
        Token.expires_at > bindparam("now"),
        Token.revoked_at.is_(None),
        Account.disabled_at.is_(None),
    )
)
_MATCHING = select(Role.key, Role.label).where(
    Role.workspace_id == bindparam("workspace"),
    or_(Role.key.in_(bindparam("drawn", expanding=True)), Role.label.in_(bindparam("drawn", expanding=True))),
)


def bearer(session: Session, prefix: str, now: datetime) -> tuple[str, Actor] | None:
    """The hash of the token that begins so, and the actor it stands for, by one statement.

    None when there is no such token, or when it or its account no longer counts at `now`. Whether the rest of the
    token fits the hash is for the caller to see.
    """
    rows = session.execute(_BEARER, {"prefix": prefix, "now": now}).all()
    if not rows:
        return None
    token, administrator, person_id, name, *_ = rows[0]
    held = [(case_id, role) for *_, role, case_id, _ in rows if role is not None]
    actor = Actor(
        workspace_id=token.workspace_id,
        auth=f"token:{token.id}",
        account_id=token.account_id,
        person_id=person_id,
        name=name or "",
        roles=frozenset(role for case_id, role in held if case_id is None),
        case_roles=frozenset((case_id, role) for case_id, role in held if case_id is not None),
        organisations=frozenset(organisation for *_, organisation in rows if organisation is not None),
        administrator=administrator,
    )
    return token.digest, actor


def account(session: Session, subject: str) -> Account | None:
    """The local account of that name."""
    return session.scalar(select(Account).where(Account.issuer == LOCAL, Account.subject == subject))


def person(session: Session, workspace_id: str, person_id: str) -> Person | None:
    """A person of a workspace."""
    return session.get(Person, (workspace_id, person_id))


def person_of(session: Session, workspace_id: str, account_id: str) -> Person | None:
    """The person that an account is in a workspace."""
    return session.scalar(select(Person).where(Person.workspace_id == workspace_id, Person.account_id == account_id))


def names(session: Session, workspace_id: str, person_ids: Collection[str]) -> dict[str, str]:
    """The names of those people, by id. Asks nothing when there are none."""
    if not person_ids:
        return {}
    statement = select(Person.id, Person.name).where(Person.workspace_id == workspace_id, Person.id.in_(person_ids))
    return {person_id: name for person_id, name in session.execute(statement)}


def role(session: Session, workspace_id: str, key: str) -> Role | None:
    """A role of a workspace."""
    return session.get(Role, (workspace_id, key))


def matching_roles(session: Session, workspace_id: str, drawn: Collection[str]) -> dict[str, str]:
    """What lanes and properties call a role → its key, by key first and by the body's own label then."""
    if not drawn:
        return {}
    rows = session.execute(_MATCHING, {"workspace": workspace_id, "drawn": sorted(drawn)}).all()
    return {label: key for key, label in rows} | {key: key for key, _ in rows}


def holds(session: Session, workspace_id: str, person_id: str, role_key: str, case_id: str, now: datetime) -> bool:
    """Whether a person holds a role at `now`, in the workspace or in that case."""
    statement = select(RoleHolding.id).where(
        RoleHolding.workspace_id == workspace_id,
        RoleHolding.person_id == person_id,
        RoleHolding.role_key == role_key,
        or_(RoleHolding.case_id.is_(None), RoleHolding.case_id == case_id),
        RoleHolding.valid_from <= now,
        or_(RoleHolding.valid_to.is_(None), RoleHolding.valid_to > now),
    )
    return session.scalar(statement.limit(1)) is not None
