"""Putting a bundle into force."""

from collections.abc import Iterable

from service.domain import facts
from service.domain.bundles import Bundle as Files
from service.domain.errors import BundleRefused, ProcessKeyTaken, VersionMovedOn, WorkspaceNotFound
from service.engine import Compiled, compile_bundle
from service.engine.shapes import Definition as Process
from service.runtime import checking, definitions
from service.runtime.command import Answer, Work, command
from service.store import definitions as store
from service.store import journal, people
from service.store.definitions import pack
from service.store.tables import Bundle, BundleFile, Decision, Definition, Deployment, InForce, Role, Workspace


@command
def deploy(
    work: Work, bundle: Files, note: str = "", create_roles: bool = False, replaces: str | None = None
) -> Answer:
    """Deploy a bundle: from now on its processes start and are called in this version; what runs stays on its own.

    `create_roles` makes the roles that its lanes name and the workspace lacks; without it they stop the deployment.
    `replaces` is the digest of the version that the author began from: where another one is in force by now, this one
    would undo it unseen. The bundle that is in force already is left alone. Raises `BundleRefused`, `ProcessKeyTaken`,
    `VersionMovedOn`.
    """
    work.actor.must_own_processes()
    compiled = compile_bundle(bundle, **checking.surroundings(work.session, work.workspace_id))
    workspace = journal.of_workspace(work.session, work.workspace_id)
    if workspace is None:
        raise WorkspaceNotFound(key=work.workspace_id)
    last = store.newest(work.session, work.workspace_id, compiled.key)
    if last is not None and last.bundle_digest == compiled.digest:
        return _answer(compiled, last.number, (), unchanged=True)
    if replaces is not None and last is not None and last.bundle_digest != replaces:
        by = people.names(work.session, work.workspace_id, {last.deployed_by}).get(last.deployed_by, last.deployed_by)
        raise VersionMovedOn(by=by, number=last.number, at=last.deployed_at)
    _refuse_taken(work, compiled)
    drawn = [definitions.drawn(definition) for definition in compiled.definitions]
    missing = checking.missing_roles(work.session, work.workspace_id, drawn)
    refused = [*checking.unusable_forms(bundle), *(() if create_roles else missing.values())]
    if refused:
        raise BundleRefused([*refused, *compiled.findings])
    for name in missing:
        work.session.add(Role(workspace_id=work.workspace_id, key=name, label=name))
    number = 1 if last is None else last.number + 1
    if not store.has(work.session, work.workspace_id, compiled.digest):
        _keep(work, bundle, compiled)
    deployment = _put_in_force(work, compiled, number, note)
    deployed = facts.BundleDeployed(
        deployment=deployment.id,
        bundle=compiled.digest,
        key=compiled.key,
        number=number,
        processes=tuple(definition.process_key for definition in compiled.definitions),
    )
    _record(work, workspace, missing, deployed)
    return _answer(compiled, number, missing)


def _record(work: Work, workspace: Workspace, roles: Iterable[str], deployed: facts.BundleDeployed) -> None:
    work.record(workspace, [*(facts.RoleAdded(role=name, label=name) for name in roles), deployed])


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
        Decision(**here, decision_key=key, file=name) for key, name in definitions.decisions_of(bundle).items()
    )


def _put_in_force(work: Work, compiled: Compiled, number: int, note: str) -> Deployment:
    deployment = Deployment(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        bundle_key=compiled.key,
        bundle_digest=compiled.digest,
        number=number,
        note=note,
        deployed_by=work.actor.by().actor,
        deployed_at=work.now,
    )
    work.session.add(deployment)
    kept = {definition.process_key for definition in compiled.definitions}
    store.withdraw(work.session, work.workspace_id, compiled.key, kept)
    for definition in compiled.definitions:
        _take_over(work, compiled, definition, number)
    return deployment


def _take_over(work: Work, compiled: Compiled, definition: Process, number: int) -> None:
    row = store.in_force(work.session, work.workspace_id, definition.process_key)
    if row is None:
        row = InForce(workspace_id=work.workspace_id, process_key=definition.process_key)
        work.session.add(row)
    row.bundle_digest, row.bundle_key, row.version = compiled.digest, compiled.key, number
    row.deployed_at = work.now


def _answer(compiled: Compiled, number: int, roles: Iterable[str], *, unchanged: bool = False) -> Answer:
    return {
        "key": compiled.key,
        "digest": compiled.digest,
        "version": number,
        "unchanged": unchanged,
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
