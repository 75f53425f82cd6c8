"""The roles of a workspace, and who holds them."""

from datetime import datetime

from service.domain import endings, facts
from service.domain.errors import (
    AccountNotFound,
    AlreadyThere,
    CaseNotFound,
    PersonNotFound,
    RoleNotFound,
)
from service.domain.journal import instant
from service.runtime.command import Answer, Work, command
from service.runtime.handing_back import hand_back
from service.runtime.workspaces import owner
from service.store import cases, holdings, people
from service.store.tables import Role, RoleHolding


@command
def add(work: Work, key: str, label: str) -> Answer:
    """Give the workspace a role. `label` is what the body itself calls it. Raises `AlreadyThere`."""
    work.actor.must_administer()
    workspace = owner(work)
    if people.matching_roles(work.session, work.workspace_id, {key, label}):
        raise AlreadyThere(what=f"A role {key} or “{label}”")
    work.session.add(Role(workspace_id=work.workspace_id, key=key, label=label))
    work.record(workspace, [facts.RoleAdded(role=key, label=label)])
    return {"key": key}


@command
def grant(
    work: Work,
    name: str,
    key: str,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    case_id: str | None = None,
) -> Answer:
    """Let the person of the account `name` hold a role, in the whole workspace or in one case.

    She holds it from now, or from `valid_from` until before `valid_to`. Raises `AccountNotFound`, `PersonNotFound`,
    `RoleNotFound`, `CaseNotFound`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    account = people.account(work.session, name)
    if account is None:
        raise AccountNotFound(name=name)
    person = people.person_of(work.session, work.workspace_id, account.id)
    if person is None:
        raise PersonNotFound
    if people.role(work.session, work.workspace_id, key) is None:
        raise RoleNotFound(key=key)
    if case_id is not None and cases.case(work.session, work.workspace_id, case_id) is None:
        raise CaseNotFound
    holding = RoleHolding(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        person_id=person.id,
        role_key=key,
        case_id=case_id,
        valid_from=valid_from or work.now,
        valid_to=valid_to,
    )
    work.session.add(holding)
    granted = facts.RoleGranted(
        holding=holding.id,
        person=person.id,
        role=key,
        valid_from=instant(holding.valid_from),
        valid_to=None if valid_to is None else instant(valid_to),
        case=case_id,
    )
    work.record(workspace, [granted])
    return {"id": holding.id}


@command
def end(work: Work, holding_id: str, reason: str, valid_to: datetime | None = None) -> Answer:
    """Let a person hold a role until now, or until before `valid_to`. What she did in it stays hers.

    What she has taken in that role goes back to it, once it is over. Raises `EndingNotFound`, `EndRefused`.
    """
    work.actor.must_administer()
    workspace = owner(work)
    found = holdings.holding(work.session, work.workspace_id, holding_id)
    holding, ends_at = endings.end(found, reason, valid_to, work.now)
    ended = facts.RoleEnded(
        holding=holding.id,
        person=holding.person_id,
        role=holding.role_key,
        valid_to=instant(ends_at),
        reason=reason,
    )
    work.record(workspace, [ended])
    hand_back(work, holding.person_id)
    return {"id": holding.id, "valid_to": instant(ends_at)}
