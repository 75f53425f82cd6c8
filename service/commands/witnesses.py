"""Who outside keeps the checkpoints of a workspace."""

from service.domain.addresses import REASONS
from service.domain.log_facts import WitnessAdded, WitnessRemoved
from service.domain.mail import is_address
from service.domain.outgoing import shown
from service.domain.outgoing_errors import AddressRefused, MailAddressRefused
from service.domain.witnesses import (
    KINDS,
    LONGEST,
    MINUTES,
    FolderRefused,
    WitnessAlreadyThere,
    WitnessKindUnknown,
    WitnessNotFound,
    WitnessPaceRefused,
)
from service.runtime.command import Answer, Work, command
from service.runtime.workspaces import owner
from service.store import witnesses as store
from service.store.tables import Witness


@command
def add(work: Work, kind: str, address: str, minutes: int | None = None) -> Answer:
    """Give somebody the checkpoints of the workspace from now on, with so many minutes in between at least.

    `address` is a mail address, the URL of a webhook, or a folder. Gives the id, and for a webhook the secret that its
    notices are signed with, in hexadecimal, this once. Raises `WitnessKindUnknown`, `WitnessPaceRefused`,
    `MailAddressRefused`, `AddressRefused`, `FolderRefused`, `WitnessAlreadyThere`.
    """
    work.actor.must_administer()
    wanted = next((known for known in KINDS if known == kind), None)
    if wanted is None:
        raise WitnessKindUnknown(known=", ".join(KINDS))
    pace = MINUTES[wanted] if minutes is None else minutes
    if not 0 <= pace <= LONGEST:
        raise WitnessPaceRefused(longest=LONGEST)
    _check(work, wanted, address)
    if any((it.kind, it.address) == (wanted, address) for it in store.active(work.session, work.workspace_id)):
        raise WitnessAlreadyThere(address=address)
    workspace = owner(work)
    row = Witness(
        workspace_id=work.workspace_id,
        id=work.new_id(),
        kind=wanted,
        address=address,
        secret=work.ports.salt() if wanted == "webhook" else b"",
        minutes=pace,
        added_by=work.actor.by().actor,
        added_at=work.now,
    )
    work.session.add(row)
    work.record(workspace, [WitnessAdded(witness=row.id, of=wanted)])
    return {"id": row.id, "secret": shown(row.secret) if row.secret else None}


@command
def remove(work: Work, witness_id: str) -> Answer:
    """Give somebody no further checkpoints. She keeps those that she has. Raises `WitnessNotFound`."""
    work.actor.must_administer()
    workspace = owner(work)
    row = store.witness(work.session, work.workspace_id, witness_id)
    if row is None:
        raise WitnessNotFound
    row.removed_at, row.secret = work.now, b""
    work.record(workspace, [WitnessRemoved(witness=row.id)])
    return {"id": row.id}


def _check(work: Work, kind: str, address: str) -> None:
    if kind == "mail":
        if not is_address(address):
            raise MailAddressRefused(address=address[:200])
    elif kind == "webhook":
        if work.ports.http is None:
            raise AddressRefused(url=address[:200], why="off", reason=REASONS["off"])
        work.ports.http.check(address)
    else:
        if work.ports.files is None:
            raise FolderRefused(folder=address[:200], allowed="none")
        work.ports.files.check(address)
