"""Putting a bundle into force."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain import facts
from service.domain.bundles import Bundle as Files
from service.domain.errors import (
    ApprovalPending,
    BundleRefused,
    OwnProposal,
    ProcessKeyTaken,
    ProposalNotFound,
    VersionMovedOn,
)
from service.domain.facts import Fact
from service.engine import Compiled, compile_bundle, from_files
from service.engine.shapes import Definition as Process
from service.runtime import checking, definitions
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import definitions as store
from service.store import people
from service.store import proposals as proposed
from service.store.definitions import pack
from service.store.deployments import files
from service.store.tables import (
    Bundle,
    BundleFile,
    Decision,
    Definition,
    Deployment,
    InForce,
    ProposedDeployment,
    Role,
    Workspace,
)


@command
def deploy(
    work: Work, bundle: Files, note: str = "", create_roles: bool = False, replaces: str | None = None
) -> Answer:
    """Deploy a bundle: from now on its processes start and are called in this version; what runs stays on its own.

    `create_roles` makes the roles that its lanes name and the workspace lacks; without it they stop the deployment.
    `replaces` is the digest of the version that the author began from: where another one is in force by now, this one
    would undo it unseen. The bundle that is in force already is left alone.

    Outside a demonstration the version waits for a second person's `approve`: then the answer has no version, and
    `approval` is the id to approve. Who administers the installation, and the product itself, need none: she could make
    herself a second person, or change the database. Raises `BundleRefused`, `ProcessKeyTaken`, `VersionMovedOn`,
    `ApprovalPending`.
    """
    work.actor.must_own_processes()
    compiled = compile_bundle(bundle, **checking.surroundings(work.session, work.workspace_id))
    workspace = owner(work)
    last = store.newest(work.session, work.workspace_id, compiled.key)
    if last is not None and last.bundle_digest == compiled.digest:
        return _answer(compiled, last.number, (), unchanged=True)
    if replaces is not None:
        _refuse_overtaken(work, last, replaces)
    _refuse_taken(work, compiled)
    drawn = [definitions.drawn(definition) for definition in compiled.definitions]
    missing = checking.missing_roles(work.session, work.workspace_id, drawn)
    refused = [*checking.unusable_forms(bundle), *(() if create_roles else missing.values())]
    if refused:
        raise BundleRefused([*refused, *compiled.findings])
    if not store.has(work.session, work.workspace_id, compiled.digest):
        _keep(work, bundle, compiled)
    if not work.actor.deploys_alone(demo=work.ports.demo):
        proposal = _propose(work, workspace, compiled, None if last is None else last.bundle_digest, note, create_roles)
        return _answer(compiled, None, ()) | {"approval": proposal.id}
    author = work.actor.by().actor
    number = _put_in_force(work, workspace, compiled, last, missing, Act(work.new_id(), note, author))
    return _answer(compiled, number, missing)


@command
def approve(work: Work, proposal_id: str) -> Answer:
    """Put into force what somebody else has proposed, as a second person.

    It is looked at once more: what has changed since it was proposed may stand in its way now. Raises
    `ProposalNotFound`, `OwnProposal`, `VersionMovedOn`, `BundleRefused`, `ProcessKeyTaken`.
    """
    workspace = owner(work)
    proposal = _waiting(work, proposal_id)
    approver = work.actor.by().actor
    if proposal.proposed_by == approver:
        raise OwnProposal
    last = store.newest(work.session, work.workspace_id, proposal.bundle_key)
    _refuse_overtaken(work, last, proposal.replaces)
    bundle = from_files(files(work.session, work.workspace_id, proposal.bundle_digest))
    compiled = compile_bundle(bundle, **checking.surroundings(work.session, work.workspace_id))
    _refuse_taken(work, compiled)
    missing = checking.missing_roles(
        work.session, work.workspace_id, [definitions.drawn(it) for it in compiled.definitions]
    )
    if missing and not proposal.create_roles:
        raise BundleRefused([*missing.values(), *compiled.findings])
    work.session.delete(proposal)
    act = Act(proposal.id, proposal.note, proposal.proposed_by, approver)
    number = _put_in_force(work, workspace, compiled, last, missing, act)
    return _answer(compiled, number, missing)


@command
def withdraw(work: Work, proposal_id: str) -> Answer:
    """Take a version that waits for approval back: its author thinks again, or somebody else will not have it.

    Raises `ProposalNotFound`.
    """
    workspace = owner(work)
    proposal = _waiting(work, proposal_id)
    work.session.delete(proposal)
    withdrawn = facts.DeploymentWithdrawn(
        deployment=proposal.id, bundle=proposal.bundle_digest, key=proposal.bundle_key
    )
    work.record(workspace, [withdrawn])
    return {"key": proposal.bundle_key, "digest": proposal.bundle_digest}


@dataclass(frozen=True, slots=True)
class Act:
    """One act of putting a bundle into force: its id, why, who wrote the version, and who approved it."""

    id: str
    note: str
    author: str
    approver: str | None = None


def _waiting(work: Work, proposal_id: str) -> ProposedDeployment:
    """The version that waits. To who could not put one into force none is there."""
    found = proposed.proposal(work.session, work.workspace_id, proposal_id)
    if found is None or not work.actor.owns_processes:
        raise ProposalNotFound
    return found


def _propose(
    work: Work, workspace: Workspace, compiled: Compiled, replaces: str | None, note: str, create_roles: bool
) -> ProposedDeployment:
    """Let a version wait for approval. Her own that waits already gives way to another of hers, and to nobody else's."""
    author = work.actor.by().actor
    before = proposed.of_key(work.session, work.workspace_id, compiled.key)
    told: list[Fact] = []
    if before is not None and before.proposed_by == author and before.bundle_digest == compiled.digest:
        return before
    if before is not None:
        if before.proposed_by != author:
            by = people.names(work.session, work.workspace_id, {before.proposed_by}).get(before.proposed_by, "Somebody")
            raise ApprovalPending(by=by, at=before.proposed_at)
        told.append(facts.DeploymentWithdrawn(deployment=before.id, bundle=before.bundle_digest, key=compiled.key))
        work.session.delete(before)
        work.session.flush()
    row = ProposedDeployment(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        bundle_key=compiled.key,
        bundle_digest=compiled.digest,
        replaces=replaces,
        create_roles=create_roles,
        note=note,
        proposed_by=author,
        proposed_at=work.now,
    )
    work.session.add(row)
    told.append(facts.DeploymentProposed(deployment=row.id, bundle=compiled.digest, key=compiled.key))
    work.record(workspace, told)
    return row


def _refuse_overtaken(work: Work, last: Deployment | None, replaces: str | None) -> None:
    if last is not None and last.bundle_digest != replaces:
        by = people.names(work.session, work.workspace_id, {last.deployed_by}).get(last.deployed_by, last.deployed_by)
        raise VersionMovedOn(by=by, number=last.number, at=last.deployed_at)


def _refuse_taken(work: Work, compiled: Compiled) -> None:
    keys = [definition.process_key for definition in compiled.definitions]
    for key, row in store.owners(work.session, work.workspace_id, keys).items():
        if row.bundle_key != compiled.key:
            raise ProcessKeyTaken(process=key, bundle=row.bundle_key)


def _keep(work: Work, bundle: Files, compiled: Compiled) -> None:
    """The bundle as it came, and its processes as the engine compiled them."""
    here = {"workspace_id": work.workspace_id, "bundle_digest": compiled.digest}
    work.session.add(
        Bundle(
            workspace_id=work.workspace_id,
            digest=compiled.digest,
            key=compiled.key,
            start_process=compiled.start_process,
        )
    )
    work.session.add_all(BundleFile(**here, name=name, content=pack(data)) for name, data in bundle.files.items())
    work.session.add_all(
        Definition(**here, process_key=definition.process_key, compiled=pack(definition.compiled))
        for definition in compiled.definitions
    )
    work.session.add_all(
        Decision(**here, decision_key=key, file=name) for key, name in definitions.decisions_of(bundle.files).items()
    )


def _put_in_force(
    work: Work, workspace: Workspace, compiled: Compiled, last: Deployment | None, missing: Iterable[str], act: Act
) -> int:
    """From now on this version starts and is called; the roles that are missing are made. Gives its number."""
    for name in missing:
        work.session.add(Role(workspace_id=work.workspace_id, key=name, label=name))
    number = 1 if last is None else last.number + 1
    work.session.add(
        Deployment(
            workspace_id=work.workspace_id,
            id=act.id,
            bundle_key=compiled.key,
            bundle_digest=compiled.digest,
            number=number,
            note=act.note,
            deployed_by=act.author,
            deployed_at=work.now,
            approved_by=act.approver,
        )
    )
    kept = {definition.process_key for definition in compiled.definitions}
    store.withdraw(work.session, work.workspace_id, compiled.key, kept)
    for definition in compiled.definitions:
        _take_over(work, compiled, definition, number)
    deployed = facts.BundleDeployed(
        deployment=act.id,
        bundle=compiled.digest,
        key=compiled.key,
        number=number,
        processes=tuple(definition.process_key for definition in compiled.definitions),
        author=None if act.approver is None else act.author,
    )
    work.record(workspace, [*(facts.RoleAdded(role=name, label=name) for name in missing), deployed])
    return number


def _take_over(work: Work, compiled: Compiled, definition: Process, number: int) -> None:
    row = store.in_force(work.session, work.workspace_id, definition.process_key)
    if row is None:
        row = InForce(workspace_id=work.workspace_id, process_key=definition.process_key)
        work.session.add(row)
    row.bundle_digest, row.bundle_key, row.version = compiled.digest, compiled.key, number
    row.deployed_at = work.now


def _answer(compiled: Compiled, number: int | None, roles: Iterable[str], *, unchanged: bool = False) -> Answer:
    return {
        "key": compiled.key,
        "digest": compiled.digest,
        "version": number,
        "unchanged": unchanged,
        "approval": None,
        "start_process": compiled.start_process,
        "processes": [definition.process_key for definition in compiled.definitions],
        "roles_created": list(roles),
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level,
                "element": finding.element,
                "file": finding.file,
                "message": finding.message,
                "trace": list(finding.trace),
            }
            for finding in compiled.findings
        ],
    }
