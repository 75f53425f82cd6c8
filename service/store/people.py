"""Accounts, people and their roles."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.domain.actors import Actor
from service.domain.cases import knowing
from service.store.tables import (
    Account,
    Case,
    Membership,
    Organisation,
    Person,
    Representative,
    Role,
    RoleHolding,
    SignInSession,
    Task,
    Token,
    Workspace,
)

LOCAL = "local"
"""The issuer of accounts that this installation keeps itself."""


_NOW: BindParameter[Any] = bindparam("now")


def _holds_now(held: type[RoleHolding] | type[Representative]) -> ColumnElement[bool]:
    """What the person of the same row holds at `now`."""
    return (
        (held.workspace_id == Person.workspace_id)
        & (held.person_id == Person.id)
        & (held.valid_from <= _NOW)
        & or_(held.valid_to.is_(None), held.valid_to > _NOW)
    )


def _closed_off(workspace: InstrumentedAttribute[str]) -> ColumnElement[Any]:
    """The cases of a workspace that are closed off, in one text: `<id> <role> <role> |` for each. They are few."""
    found = func.aggregate_strings(Case.id + Case.readers, "|")
    return select(found).where(Case.workspace_id == workspace, Case.readers.is_not(None)).scalar_subquery()


def _holding(who: Select[*tuple[Any, ...]], workspace: InstrumentedAttribute[str]) -> Select[Any]:
    """That selection of an account, with the person that it is in a workspace, and all that she holds at `now`."""
    return (
        who.add_columns(
            Account.id.label("account_id"),
            Account.administrator,
            Person.id.label("person_id"),
            Person.name,
            RoleHolding.role_key,
            RoleHolding.case_id,
            Representative.organisation_id,
            Membership.id.label("membership_id"),
            _closed_off(workspace).label("closed_off"),
        )
        .outerjoin(Person, (Person.workspace_id == workspace) & (Person.account_id == Account.id))
        .outerjoin(RoleHolding, _holds_now(RoleHolding))
        .outerjoin(Representative, _holds_now(Representative))
        .outerjoin(
            Membership,
            (Membership.workspace_id == Representative.workspace_id)
            & (Membership.organisation_id == Representative.organisation_id)
            & (Membership.valid_from <= _NOW)
            & or_(Membership.valid_to.is_(None), Membership.valid_to > _NOW),
        )
        .where(Account.disabled_at.is_(None))
    )


# Built once: with every request, building these would cost more than running them.
_BEARER = _holding(
    select(Token.id.label("token_id"), Token.digest, Token.workspace_id)
    .join(Account, Account.id == Token.account_id)
    .where(Token.prefix == bindparam("prefix"), Token.expires_at > bindparam("wall"), Token.revoked_at.is_(None)),
    Token.workspace_id,
)
_SIGNED_IN = _holding(
    select(SignInSession.began_at, SignInSession.seen_at, Workspace.id.label("workspace_id"))
    .join(Account, Account.id == SignInSession.account_id)
    .outerjoin(Workspace, Workspace.id == bindparam("workspace"))
    .where(SignInSession.digest == bindparam("digest")),
    Workspace.id,
)
_NAMED = _holding(
    select(Workspace.id.label("workspace_id"))
    .select_from(Account)
    .join(Workspace, Workspace.id == bindparam("workspace"))
    .where(Account.issuer == LOCAL, Account.subject == bindparam("name")),
    Workspace.id,
)
_PERSONAS = (
    select(
        Account.id,
        Account.subject,
        Person.name,
        Role.key,
        Role.label,
        Organisation.name,
        Person.id.label("person_id"),
        RoleHolding.case_id,
        Organisation.id.label("organisation_id"),
    )
    .join(Person, Person.account_id == Account.id)
    .outerjoin(RoleHolding, _holds_now(RoleHolding))
    .outerjoin(Role, (Role.workspace_id == Person.workspace_id) & (Role.key == RoleHolding.role_key))
    .outerjoin(Representative, _holds_now(Representative))
    .outerjoin(
        Organisation,
        (Organisation.workspace_id == Person.workspace_id) & (Organisation.id == Representative.organisation_id),
    )
    .where(Person.workspace_id == bindparam("workspace"), Account.persona, Account.disabled_at.is_(None))
    .order_by(Account.subject, Role.key)
)
_MATCHING = select(Role.key, Role.label).where(
    Role.workspace_id == bindparam("workspace"),
    or_(Role.key.in_(bindparam("drawn", expanding=True)), Role.label.in_(bindparam("drawn", expanding=True))),
)


def bearer(session: Session, prefix: str, now: datetime, wall: datetime) -> tuple[str, Actor] | None:
    """The hash of the token that begins so, and the actor it stands for, by one statement.

    None when there is no such token, or when it or its account no longer counts. A token expires by the machine's time
    `wall`, roles are held by the service's `now`. Whether the rest of the token fits the hash is for the caller to see.
    """
    rows = session.execute(_BEARER, {"prefix": prefix, "now": now, "wall": wall}).all()
    if not rows:
        return None
    return rows[0].digest, _actor(rows, rows[0].workspace_id, f"token:{rows[0].token_id}")


def signed_in(
    session: Session, digest: str, workspace_id: str, now: datetime
) -> tuple[datetime, datetime, Actor | None] | None:
    """When the session of that digest began and was last used, and who it stands for in a workspace, by one statement.

    None when there is no such session; no actor when there is no such workspace, or no part in it for her.
    """
    rows = session.execute(_SIGNED_IN, {"digest": digest, "workspace": workspace_id, "now": now}).all()
    if not rows:
        return None
    first = rows[0]
    takes_part = first.workspace_id is not None and (first.person_id is not None or first.administrator)
    actor = _actor(rows, workspace_id, session_name(digest)) if takes_part else None
    return first.began_at, first.seen_at, actor


def named(session: Session, workspace_id: str, name: str, now: datetime) -> Actor | None:
    """The person that the local account of that name is in a workspace, with all that she holds at `now`."""
    rows = session.execute(_NAMED, {"workspace": workspace_id, "name": name, "now": now}).all()
    return _actor(rows, workspace_id, "cli") if rows and rows[0].person_id is not None else None


def holder(session: Session, workspace_id: str, person_id: str, now: datetime) -> Actor:
    """The person as an actor: with all that she holds at `now`, and no credential."""
    held = select(RoleHolding.case_id, RoleHolding.role_key).join(Person, _holds_now(RoleHolding))
    acts = select(Representative.organisation_id).join(Person, _holds_now(Representative))
    here, given = (Person.workspace_id == workspace_id) & (Person.id == person_id), {"now": now}
    roles = session.execute(held.where(here), given).all()
    return Actor(
        workspace_id=workspace_id,
        auth="",
        person_id=person_id,
        roles=frozenset(key for case_id, key in roles if case_id is None),
        case_roles=frozenset((case_id, key) for case_id, key in roles if case_id is not None),
        organisations=frozenset(session.scalars(acts.where(here), given)),
    )


def session_name(digest: str) -> str:
    """How the journal names the sign-in session of that digest."""
    return f"session:{digest[:16]}"


def _actor(rows: Sequence[Row[Any]], workspace_id: str, auth: str) -> Actor:
    """Who the rows of `_holding` tell of: one row for each role, case and organisation of hers."""
    first = rows[0]
    held = [(row.case_id, row.role_key) for row in rows if row.role_key is not None]
    organisations = frozenset(row.organisation_id for row in rows if row.organisation_id is not None)
    actor = Actor(
        workspace_id=workspace_id,
        auth=auth,
        account_id=first.account_id,
        person_id=first.person_id,
        name=first.name or "",
        roles=frozenset(role for case_id, role in held if case_id is None),
        case_roles=frozenset((case_id, role) for case_id, role in held if case_id is not None),
        organisations=organisations,
        outside=bool(organisations) and all(row.membership_id is None for row in rows),
        administrator=first.administrator,
    )
    if not first.closed_off:
        return actor
    closed, barred = knowing(actor, (it.partition(" ")[::2] for it in first.closed_off.split("|")))
    return replace(actor, closed=closed, barred=barred)


def raised(
    session: Session, account_id: str, roles: Collection[str], now: datetime
) -> Sequence[tuple[str, str, frozenset[str]]]:
    """The workspaces in which an account's person holds some of those roles at `now`: workspace, person and the roles."""
    statement = (
        select(Person.workspace_id, Person.id, RoleHolding.role_key)
        .join(RoleHolding, _holds_now(RoleHolding))
        .where(Person.account_id == account_id, RoleHolding.case_id.is_(None), RoleHolding.role_key.in_(roles))
        .order_by(Person.workspace_id)
    )
    found: dict[tuple[str, str], set[str]] = {}
    for workspace_id, person_id, role in session.execute(statement, {"now": now}):
        found.setdefault((workspace_id, person_id), set()).add(role)
    return [(workspace_id, person_id, frozenset(held)) for (workspace_id, person_id), held in found.items()]


def personas(session: Session, workspace_id: str, now: datetime) -> Sequence[Any]:
    """The personas of a workspace: account id and name, full name, key and label of a role, organisation; then the ids
    of the person, of the case in which she holds the role if it is one, and of the organisation.

    One row for each role that she holds at `now` and each organisation that she acts for then.
    """
    here = {"workspace": workspace_id, "now": now}
    return session.execute(_PERSONAS, here).all()


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


def roles(session: Session, workspace_id: str) -> dict[str, str]:
    """What the workspace calls each of its roles, by key in order of the labels."""
    statement = select(Role.key, Role.label).where(Role.workspace_id == workspace_id).order_by(Role.label)
    return {key: label for key, label in session.execute(statement)}


def role_names(session: Session, workspace_id: str) -> set[str]:
    """The keys and labels of every role of a workspace: what a lane may be called."""
    rows = session.execute(select(Role.key, Role.label).where(Role.workspace_id == workspace_id))
    return {name for row in rows for name in row}


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


def takes_part(session: Session, workspace_id: str, person_id: str, now: datetime) -> bool:
    """Whether a person holds a role or acts for an organisation, at `now` or later, or has a task."""
    for held in (RoleHolding, Representative):
        mine = select(held.id).where(held.workspace_id == workspace_id, held.person_id == person_id)
        if session.scalar(mine.where(or_(held.valid_to.is_(None), held.valid_to > now)).limit(1)) is not None:
            return True
    taken = select(Task.id).where(
        Task.workspace_id == workspace_id, Task.assignee_id == person_id, Task.state == "claimed"
    )
    return session.scalar(taken.limit(1)) is not None
