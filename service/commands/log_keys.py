"""The key that signs the log: the first one, and the next."""

from service.domain.log_facts import LogKeyed, decoded, encoded, text
from service.domain.signing import LogKeyAbsent, LogKeyUnknown
from service.runtime.command import Answer, Work, command
from service.store import checkpoints, journal
from service.store.tables import LogKey


@command
def begin(work: Work) -> Answer:
    """Make the key that is there known to the journal, where none is known yet. Raises `LogKeyAbsent`, `LogKeyUnusable`."""
    if work.ports.keys is None:
        raise LogKeyAbsent
    owner = journal.of_installation(work.session)
    known = checkpoints.keys(work.session)
    if known:
        return {"public": known[-1].public}
    signer = work.ports.keys.first()
    key = encoded(signer.public)
    work.session.add(LogKey(number=0, public=key, since=work.ports.wall()))
    work.record(owner, [LogKeyed(key=key, signed_by_new=encoded(signer.sign(text(signer.public, None))))])
    return {"public": key}


@command
def rotate(work: Work, lost: bool = False) -> Answer:
    """Let a new key sign from now on, which the old one has signed; with `lost`, none has. The caller lets it follow.

    Raises `LogKeyAbsent`, `LogKeyMissing`, `LogKeyUnusable`, and `LogKeyUnknown` when the key that is there is not the one that is known.
    """
    work.actor.must_administer_installation()
    if work.ports.keys is None:
        raise LogKeyAbsent
    owner = journal.of_installation(work.session)
    known = checkpoints.keys(work.session)
    new = work.ports.keys.next()
    if known and known[-1].public == encoded(new.public):
        return {"public": known[-1].public}  # it died before the new key had followed
    old = None if lost or not known else work.ports.keys.current()
    if old is not None and known[-1].public != encoded(old.public):
        raise LogKeyUnknown
    replaced = decoded(known[-1].public) if known else None
    told = text(new.public, replaced)
    work.session.add(LogKey(number=len(known), public=encoded(new.public), since=work.ports.wall()))
    fact = LogKeyed(
        key=encoded(new.public),
        replaces=known[-1].public if known else None,
        signed_by_new=encoded(new.sign(told)),
        signed_by_old=None if old is None else encoded(old.sign(told)),
    )
    work.record(owner, [fact])
    return {"public": fact.key}
