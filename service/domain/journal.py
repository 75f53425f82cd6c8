"""The journal: what an entry says, and how the entries of one stream hang together.

A stream belongs to one case, to one workspace, or to the installation. Its entries are numbered from 0 and each
names the hash of the one before it, so that none can be changed, left out or put in between unseen (RFC 6962 leaf
hash). The facts that an entry can tell are in `facts`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from service.domain import merkle
from service.domain.sentences import say

GENESIS = "0" * 64
"""What the first entry of a stream names as its predecessor."""

INSTALLATION = "*"
"""The owner of what belongs to no workspace: accounts, keys, restores."""

UNJOURNALED = frozenset(
    {
        "mailboxes.pass_over",
        "outbox.lease",
        "outbox.give_back",
        "probing.write",
        "queueing.mend",
        "receipts.forget",
        "replays.keep",
        "replays.take",
        "tasks.enclose",
        "tasks.save_draft",
        "sequencing.append",
        "sequencing.sign",
        "sequencing.tell",
        "sign_in.count_try",
        "sign_in.forgive",
        "sign_in.begin",
        "sign_in.see",
        "sign_in.end",
        "sign_in.end_all",
    }
)
"""The closed list of commands that leave no entry: what a person has not yet said, that she is at her desk, and
where workers are to look next, that a message is on its way, that there was nothing to write, how far a night's replays
have come (what they found is one entry in the end), and that entries took their places in the log, that it was signed, and
that witnesses were told: an entry of that would need the same again."""


@dataclass(frozen=True, slots=True)
class By:
    """Who did it, as the journal names her: a pseudonym, the credential, and the role she acted in."""

    actor: str
    auth: str
    role: str | None = None
    on_behalf: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream stands: the number of the next entry, and the hash that it must name."""

    stream: str
    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a stream is not what was written: its number, what is wrong there, and what was `written` (by
    the entry before it, or by the stream's owner) and is `found` there, as far as it can be told."""

    seq: int
    reason: str
    written: Any = None
    found: Any = None


def leaf_hash(body: bytes) -> str:
    """The hash of one entry's canonical bytes, as a leaf of RFC 9162: SHA-256 over 0x00 and the bytes."""
    return merkle.leaf_hash(body).hex()


def joint_head(heads: Iterable[Head]) -> str:
    """One hash over where streams stand: SHA-256 over a line `stream seq hash` for each, in order of their names."""
    lines = sorted(f"{head.stream} {head.seq} {head.hash}\n" for head in heads)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def instant(moment: datetime) -> str:
    """A time as entries hold it: RFC 3339 in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def envelope(
    head: Head, *, kind: str, v: int, by: By, now: datetime, data: Mapping[str, Any], trace: str | None = None
) -> dict[str, Any]:
    """An entry before it is made canonical. Absent things are left out, so that bytes are few.

    `trace` leads to the request that it came of: only the first of the entries that were written together names it.
    """
    entry: dict[str, Any] = {
        "v": v,
        "stream": head.stream,
        "seq": head.seq,
        "prev": head.hash,
        "at": instant(now),
        "kind": kind,
        "actor": by.actor,
        "auth": by.auth,
        "role": by.role,
        "on_behalf": by.on_behalf,
        "data": dict(data),
        "trace": trace,
    }
    return {name: value for name, value in entry.items() if value is not None}


def first_break(stream: str, entries: Sequence[tuple[bytes, Mapping[str, Any]]], head: Head) -> Break | None:
    """Check one stream from its start: `entries` are (canonical bytes, the same as an object) in order.

    `head` is what the stream's owner says. Gives the first fault, or None when every entry follows from the last.
    """
    before = Head(stream)
    for seq, (body, entry) in enumerate(entries):
        if not entry:
            return Break(seq, say("the entry cannot be read"))
        if entry.get("stream") != stream:
            return Break(seq, say("the entry belongs to another stream"), stream, entry.get("stream"))
        if entry.get("seq") != seq:
            return Break(seq, say("entry %(number)s is missing", number=seq), seq, entry.get("seq"))
        if entry.get("prev") != before.hash:
            said = say("the entry does not follow from the one before it")
            return Break(seq, said, entry.get("prev"), before.hash)
        before = Head(stream, seq + 1, leaf_hash(body))
    if before != head:
        return Break(before.seq, say("the stream does not end where its owner says"), head.hash, before.hash)
    return None
