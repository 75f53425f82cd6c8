"""The sequencer: entries take their places in the log, and the log is signed."""

from collections.abc import Sequence

from service.domain import merkle
from service.domain.journal import INSTALLATION, instant
from service.domain.log import BATCH, due, origin
from service.domain.log_facts import decoded, encoded
from service.domain.notes import Checkpoint, Key, read, written
from service.domain.signing import LogForked, LogKeyAbsent, LogKeyUnknown
from service.domain.tiles import TilesTorn
from service.domain.witnesses import LETTER, told
from service.domain.witnesses import due as due_to
from service.runtime.command import Answer, Work, command
from service.store import checkpoints, log, witnesses
from service.store.tables import LogCheckpoint, LogKey, Outgoing


@command
def append(work: Work, address: str) -> Answer:
    """Let the next entries of a workspace take their places, a batch at most; gives how many.

    They are in the tree when this is committed, all of them, and their places never change. A log that begins is named
    after `address`, that of the service. It gives 0 while another is at it. Raises `TilesTorn` for a log that is not the
    one that was kept, which does not grow.
    """
    if not log.hold(work.session):
        return {"appended": 0}
    entries = log.pending(work.session, work.workspace_id, BATCH)
    if entries:
        row = log.log(work.session, work.workspace_id)
        if row is None:
            row = log.begin(work.session, work.workspace_id, origin(address, work.workspace_id))
        tree = log.tree(work.session, row)
        if tree.root() != row.root:
            raise TilesTorn("the root over them is not the one that is kept")
        log.place(work.session, work.workspace_id, entries, tree.size)
        tree.grow(merkle.leaf_hash(entry.body) for entry in entries)
        log.keep(work.session, row, tree)
    return {"appended": len(entries)}


@command
def sign(work: Work, at_once: bool = False) -> Answer:
    """Sign the log of a workspace as it stands, if it is time or, `at_once`, it has grown or another key has signed last;
    gives the note, or None.

    Raises `LogKeyAbsent`, `LogKeyMissing`, `LogKeyUnusable`, `LogKeyUnknown` for a key that the journal does not know, and `LogForked` for a
    log that does not lead through its last checkpoint: two that contradict each other are never signed.
    """
    if work.ports.keys is None:
        raise LogKeyAbsent
    now = work.ports.wall()
    row = log.log(work.session, work.workspace_id) if log.hold(work.session) else None
    last = checkpoints.latest(work.session, work.workspace_id)
    known = checkpoints.keys(work.session)
    if row is None or not (
        (at_once and (row.size != row.signed_size or not _signed_by_the_last(last, known)))
        or due(row.size, row.signed_size, row.signed_at, now)
    ):
        return {"note": None}
    signer = work.ports.keys.current()
    if not known or known[-1].public != encoded(signer.public):
        raise LogKeyUnknown
    if last is not None and not _leads_through(work, read(last.note).checkpoint, row.size):
        raise LogForked
    checkpoint = Checkpoint(row.origin, row.size, row.root)
    note = written(checkpoint, Key(row.origin, signer.public), signer.sign(checkpoint.text().encode()))
    row.signed_size, row.signed_at = row.size, now
    hour = now.replace(minute=0, second=0, microsecond=0)
    checkpoints.thin(work.session, work.workspace_id, hour, row.size)
    work.session.add(LogCheckpoint(workspace_id=work.workspace_id, size=row.size, made_at=now, note=note))
    return {"note": note}


@command
def tell(work: Work) -> Answer:
    """Let the latest checkpoint of a workspace go to those of its witnesses for whom it is time; gives how many."""
    now, count = work.ports.wall(), 0
    installation = checkpoints.latest(work.session, INSTALLATION)
    signed = checkpoints.latest(work.session, work.workspace_id)
    for witness, row in witnesses.free(work.session):
        here = witness.workspace_id == work.workspace_id
        if not here or signed is None or not due_to(signed.made_at, witness.sent_at, witness.minutes, now):
            continue
        data = told(row.origin, signed.size, signed.note, None if installation is None else installation.note)
        witness.message_id, witness.sent_at = work.new_id(), now
        message = Outgoing(
            workspace_id=work.workspace_id,
            id=witness.message_id,
            kind=witness.kind,
            recipient=witness.id,
            payload={"letter": LETTER, "kind": "log.signed", "case": None, "at": instant(signed.made_at), "data": data},
            next_at=now,
            created_at=work.now,
        )
        work.session.add(message)
        count += 1
    return {"told": count}


def _signed_by_the_last(last: LogCheckpoint | None, known: Sequence[LogKey]) -> bool:
    """Whether the key that signs now has signed the last checkpoint."""
    if last is None or not known:
        return False
    note = read(last.note)
    ours = Key(note.checkpoint.origin, decoded(known[-1].public)).id
    return any(key_id == ours for _, key_id, _ in note.signatures)


def _leads_through(work: Work, last: Checkpoint, size: int) -> bool:
    tree = log.tree_of(work.session, work.workspace_id, last.size)
    return last.size <= size and tree.root() == last.root
