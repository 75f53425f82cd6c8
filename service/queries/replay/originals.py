"""The definitions that a case ran on, read from the files of their bundles, and not as they were compiled once."""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.sentences import say
from service.engine import FORMAT, format_of
from service.engine.shapes import Definition
from service.queries.replay.comparing import Apart, Differs, NotReplayed, apart
from service.runtime import sources
from service.runtime.sources import Source
from service.store import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(slots=True)
class Originals:
    """The definitions of one replay, each looked at once."""

    session: "Session"
    workspace_id: str
    _known: dict[tuple[str, str], Definition] = field(default_factory=dict)

    def definition(self, digest: str, process_key: str) -> Definition:
        """What the files say that the digest is of. Raises `Differs` where they, or what is compiled of them, were changed,
        and `NotReplayed` where they are gone or are read otherwise by now."""
        key = (digest, process_key)
        if key not in self._known:
            self._known[key] = self._read(digest, process_key)
        return self._known[key]

    def _read(self, digest: str, process_key: str) -> Definition:
        kept = definitions.compiled(self.session, self.workspace_id, digest, process_key)
        found = sources.source(self.session, self.workspace_id, digest, process_key, kept)
        place = {"process": process_key, "bundle": digest}
        if found.files_digest is None:
            raise NotReplayed(say("the process “%(key)s” of then is not deployed any more", key=process_key))
        if not found.files_hold:
            said = say("the files of the bundle of “%(key)s” were changed after it was deployed", key=process_key)
            raise Differs(said, place, digest, found.files_digest)
        if not found.comparable:
            raise NotReplayed(_unread(found))
        if not found.holds:
            raise _changed(found, place)
        assert found.written is not None, "it is comparable"
        return Definition(digest, process_key, found.written)


def _unread(found: Source) -> Any:
    if found.written is None:
        return say("the files of “%(key)s” are not read by this version", key=found.process_key)
    return say(
        "“%(key)s” was compiled in the form %(then)s, and this version compiles it in the form %(now)s",
        key=found.process_key,
        then=format_of(found.kept or b""),
        now=FORMAT,
    )


def _changed(found: Source, place: dict[str, Any]) -> Differs:
    meant, said = found.meant(), found.said()
    what = say("what is kept of “%(key)s” to run is not what its files say", key=found.process_key)
    other = None if said is None else apart(meant, said)
    if other is None:
        hashes = (hashlib.sha256(it).hexdigest() if it is not None else None for it in (found.written, found.kept))
        return Differs(what, place, *hashes)
    return Differs(what, place | _element(meant, other) | {"path": other.pointer}, other.written, other.found)


def _element(meant: Any, other: Apart) -> dict[str, Any]:
    """Which element or flow of the drawing the path goes through."""
    way = other.path
    if way[:1] == ("process",) and way[1:2] in (("elements",), ("flows",)) and len(way) > 2:
        parts = meant["process"][way[1]]
        if isinstance(way[2], int) and way[2] < len(parts):
            return {"element": parts[way[2]]["id"]}
    return {}
