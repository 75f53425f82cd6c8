"""Whether the entries of a case stand in the log as they are: each held against its place in the tree, and the tree against
the latest checkpoint. What `mandat verify --log` does for the whole log is done here for one case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from service.domain import merkle
from service.domain.log_facts import decoded
from service.domain.notes import Checkpoint, Key, NoteRefused, Verify, read
from service.domain.sentences import Sentence, say
from service.domain.tiles import SIZE, WIDTH, Tiles, TilesTorn, over
from service.store import checkpoints, log, witnesses

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.store.log import Placed
    from service.store.tables import Case


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold: the number of the entry (None: no single one), what is written in the log and what was found,
    and the sentence that says so."""

    seq: int | None
    said: Sentence
    written: str | int | None = None
    found: str | int | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log says of the entries of a case. `proved` of them stand under the checkpoint over the first `size` entries
    of the log, which was signed at `signed_at`; `unsigned` have a place behind it, and `waiting` have none yet.

    `witnesses` outside have been given a checkpoint, and `witnessed` of the entries stand under the largest of theirs.
    """

    proved: int = 0
    unsigned: int = 0
    waiting: int = 0
    size: int | None = None
    signed_at: datetime | None = None
    witnesses: int = 0
    witnessed: int = 0
    broken: Broken | None = None


def logged(session: "Session", case: "Case", verify: Verify) -> Logged:
    """Hold the entries of a case against the log of its workspace, and the log against its latest checkpoint."""
    here, placed = case.workspace_id, log.stream(session, *case.stream)
    row, signed = log.log(session, here), checkpoints.latest(session, here)
    waiting = sum(it.leaf is None for it in placed)
    if row is None:
        return Logged(waiting=waiting)
    given = [it.size for it in witnesses.active(session, here) if it.size is not None]
    outside = max(given, default=0)
    size = 0 if signed is None else signed.size
    found = Logged(
        proved=sum(it.leaf is not None and it.leaf < size for it in placed),
        unsigned=sum(it.leaf is not None and it.leaf >= size for it in placed),
        waiting=waiting,
        size=None if signed is None else size,
        signed_at=None if signed is None else signed.made_at,
        witnesses=len(given),
        witnessed=sum(it.leaf is not None and it.leaf < min(outside, size) for it in placed),
    )
    try:
        broken = _places(session, here, row.size, placed) or _stand(log.tree_of(session, here, row.size), placed)
        if broken is None and signed is not None:
            keys = [Key(row.origin, decoded(it.public)) for it in checkpoints.keys(session)]
            broken = _signed(signed.note, size, row.origin, keys, verify) or _root(session, here, signed.note, row.size)
    except TilesTorn:
        broken = Broken(None, say("the tree of the log is torn"))
    except ValueError:
        broken = Broken(None, say("a key of the log cannot be read"))
    return found if broken is None else replace(found, broken=broken)


def _places(session: "Session", workspace_id: str, size: int, placed: Sequence["Placed"]) -> Broken | None:
    """The places of a stream follow its order, entries without one stand behind those that have one, and no place of the
    log is empty: an entry that was put in its stead would wait for a place of its own."""
    before = -1
    for seq, it in enumerate(placed):
        if it.leaf is None and any(later.leaf is not None for later in placed[seq:]):
            return Broken(seq, say("it has no place in the log, and entries behind it have one"))
        if it.leaf is None:
            break
        if not before < it.leaf < size:
            return Broken(seq, say("its place in the log is not one that it can have"), None, it.leaf)
        before = it.leaf
    count = log.count(session, workspace_id)
    if count != size:
        return Broken(None, say("the log has %(size)s places, and entries stand in %(count)s", size=size, count=count))
    return None


def _stand(tree: Tiles, placed: Sequence["Placed"]) -> Broken | None:
    """Each entry is what its place in the tree was made of, and each tile over it is what the one above was made of."""
    climbed: set[tuple[int, int]] = set()
    for seq, it in enumerate(placed):
        if it.leaf is None:
            continue
        number, place = divmod(it.leaf, WIDTH)
        kept = tree.tile(0, number)[place * SIZE : (place + 1) * SIZE]
        found = merkle.leaf_hash(it.body)
        if kept != found:
            return Broken(seq, say("it is not the entry that took its place in the log"), kept.hex(), found.hex())
        if not _climbs(tree, 0, number, climbed):
            return Broken(seq, say("the tree over its place in the log is not made of what stands below"))
    return None


def _climbs(tree: Tiles, level: int, number: int, climbed: set[tuple[int, int]]) -> bool:
    """Whether a full tile, and each above it, is what the one above has of it. What is not full is part of the root."""
    while (level, number) not in climbed:
        climbed.add((level, number))
        tile, (above, place) = tree.tile(level, number), divmod(number, WIDTH)
        if len(tile) < WIDTH * SIZE:
            break
        if tree.tile(level + 1, above)[place * SIZE : (place + 1) * SIZE] != over(tile):
            return False
        level, number = level + 1, above
    return True


def _signed(text: str, size: int, origin: str, keys: Sequence[Key], verify: Verify) -> Broken | None:
    try:
        note = read(text)
    except NoteRefused:
        return Broken(None, say("the latest checkpoint cannot be read"))
    if (note.checkpoint.origin, note.checkpoint.size) != (origin, size):
        return Broken(None, say("the latest checkpoint is of another log, or of another size"))
    if not any(note.signed_by(key, verify) for key in keys):
        return Broken(None, say("the latest checkpoint is signed by no key that is known"))
    return None


def _root(session: "Session", workspace_id: str, text: str, size: int) -> Broken | None:
    """The tree that the entries were held against has the root that was signed."""
    checkpoint: Checkpoint = read(text).checkpoint
    if checkpoint.size > size:
        said = say(
            "the checkpoint is over %(signed)s entries, and the log has %(size)s", signed=checkpoint.size, size=size
        )
        return Broken(None, said, checkpoint.size, size)
    found = log.tree_of(session, workspace_id, checkpoint.size).root()
    if found != checkpoint.root:
        said = say("the root over the log is not the one that was signed")
        return Broken(None, said, checkpoint.root.hex(), found.hex())
    return None
