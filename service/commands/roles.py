"""The roles of a workspace, and who holds them."""

from datetime import datetime

from service.domain import facts
from service.domain.errors import AccountNotFound, AlreadyThere, PersonNotFound, RoleNotFound, WorkspaceNotFound
from service.domain.journal import instant
from service.runtime.command import Answer, Work, command
from service.store import journal, people
from service.store.tables import Role, RoleHolding, Workspace


@command
def add(work: Work, key: str, label: str) -> Answer:
    """Give the workspace a role. `label` is what the body itself calls it. Raises `AlreadyThere`."""
    workspace = _workspace(work)
    if people.matching_roles(work.session, work.workspace_id, {key, label}):
        raise AlreadyThere(what=f"A role {key} or “{label}”")
    work.session.add(Role(workspace_id=work.workspace_id, key=key, label=label))
    work.record(workspace, [facts.RoleAdded(role=key, label=label)])
    return {"key": key}


@command
def grant(
    work: Work, name: str, key: str, valid_from: datetime | None = None, valid_to: datetime | None = None
) -> Answer:
    """Let the person of the account `name` hold a role: from now, or from `valid_from` until before `valid_to`.

    Raises `AccountNotFound`, `PersonNotFound`, `RoleNotFound`.
    """
    workspace = _workspace(work)
    account = people.account(work.session, name)
    if account is None:
        raise AccountNotFound(name=name)
    person = people.person_of(work.session, work.workspace_id, account.id)
    if person is None:
        raise PersonNotFound
    if people.role(work.session, work.workspace_id, key) is None:
        raise RoleNotFound(key=key)
    holding = RoleHolding(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        person_id=person.id,
        role_key=key,
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
    )
    work.record(workspace, [granted])
    return {"id": holding.id}


def _workspace(work: Work) -> Workspace:
    """The workspace, locked, for who may administer it."""
    work.actor.must_administer()
    workspace = journal.of_workspace(work.session, work.workspace_id)
    if workspace is None:
        raise WorkspaceNotFound(key=work.workspace_id)
    return workspace
