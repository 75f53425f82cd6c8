"""The log: what waits for its place in it, what is to be signed, and proofs about what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.domain import merkle
from service.domain.actors import Actor
from service.domain.log import due
from service.domain.log_facts import decoded
from service.domain.notes import Key
from service.domain.witnesses import LogNotFound
from service.store import checkpoints
from service.store import log as store
from service.store.db import reading


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry stands in a log: its place, the checkpoint under which it does, and the hashes on the way to its root."""

    leaf: int
    size: int
    note: str
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a log stands: its name in the world, its size and root, the latest checkpoint, when it was signed and over how
    many entries, and the key that signs now."""

    origin: str
    size: int
    root: bytes
    note: str | None
    signed_size: int | None
    signed_at: datetime | None
    key: Key | None


def standing(actor: Actor) -> Standing | None:
    """How the log of the actor's workspace stands; None while it has no entry. For auditors and administrators; to others
    there is none: `LogNotFound`."""
    if not actor.audits:
        raise LogNotFound
    with reading() as session:
        row, signed = store.log(session, actor.workspace_id), checkpoints.latest(session, actor.workspace_id)
        known = checkpoints.keys(session)
        if row is None:
            return None
        key = Key(row.origin, decoded(known[-1].public)) if known else None
        note = None if signed is None else signed.note
        return Standing(row.origin, row.size, row.root, note, row.signed_size, row.signed_at, key)


def behind() -> list[str]:
    """The workspaces, and `*` for the installation, of which entries have no place in the log yet."""
    with reading() as session:
        return store.behind(session)


def begun() -> list[str]:
    """The workspaces, and `*` for the installation, whose logs have entries."""
    with reading() as session:
        return [row.workspace_id for row in store.logs(session)]


def unsigned(now: datetime) -> list[str]:
    """The workspaces, and `*` for the installation, whose logs are to be signed by now."""
    with reading() as session:
        logs = store.logs(session)
        return [row.workspace_id for row in logs if due(row.size, row.signed_size, row.signed_at, now)]


def keys() -> tuple[bytes, ...]:
    """The public keys that have signed, in order; the last signs now."""
    with reading() as session:
        return tuple(decoded(row.public) for row in checkpoints.keys(session))


def verifier_keys(workspace_id: str) -> tuple[Key, ...]:
    """The same by the name under which they sign the log of a workspace; none while it has no entry."""
    with reading() as session:
        row = store.log(session, workspace_id)
        return tuple(Key(row.origin, decoded(it.public)) for it in checkpoints.keys(session)) if row else ()


def checkpoint(workspace_id: str) -> str | None:
    """The latest checkpoint of a log, as a signed note; None while there is none."""
    with reading() as session:
        found = checkpoints.latest(session, workspace_id)
        return None if found is None else found.note


def notes(workspace_id: str) -> list[str]:
    """The checkpoints of a log that are kept, the smallest first."""
    with reading() as session:
        return [row.note for row in checkpoints.every(session, workspace_id)]


def tile(workspace_id: str, level: int, number: int, width: int) -> bytes | None:
    """A tile of a log, or the beginning of one, `width` hashes of it; None where there are not so many."""
    with reading() as session:
        found = store.tile(session, workspace_id, level, number)
        return found[: 32 * width] if found is not None and len(found) >= 32 * width else None


def inclusions(workspace_id: str, entries: Sequence[tuple[str, int]]) -> list[Proof | None]:
    """The proofs that entries (stream and number) stand in the log, all under the latest checkpoint.

    None for one that is not there, or not signed yet.
    """
    with reading() as session:
        signed = checkpoints.latest(session, workspace_id)
        if signed is None:
            return [None] * len(entries)
        hashes = store.tree_of(session, workspace_id, signed.size).hash
        leaves = [store.leaf(session, workspace_id, *entry) for entry in entries]
        return [
            None
            if leaf is None or leaf >= signed.size
            else Proof(leaf, signed.size, signed.note, tuple(merkle.inclusion(leaf, signed.size, hashes)))
            for leaf in leaves
        ]


def consistency(workspace_id: str, old: int, new: int) -> list[bytes]:
    """The proof that a log of size `old` is the beginning of the one of size `new`. Raises ValueError for other sizes."""
    with reading() as session:
        row = store.log(session, workspace_id)
        if row is None or new > row.size:
            raise ValueError(f"the log has not reached {new} entries")
        return merkle.consistency(old, new, store.tree_of(session, workspace_id, new).hash)
