"""What a deployed process runs, held against the files that its bundle's digest is of.

The journal names a bundle by that digest. The compiled form that is kept beside the files is a convenience: who changes
it in the database changes what runs, and no digest. So it is never believed unseen: what the files say counts.
"""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from service.domain.errors import BundleUnreadable, DefinitionAltered, DefinitionNotFound
from service.engine import FORMAT, XMLRefused, digest_of, format_of, process_of, recompiled
from service.store import definitions as store
from service.store import deployments

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger("mandat.definitions")
KEPT = 64

_known: "OrderedDict[str, Mapping[str, bytes]]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Source:
    """One process of a bundle. `written` is what its files come to, `kept` the compiled form in the database (None:
    gone). `files_digest` is that of the files as they are now; without any it is None."""

    digest: str
    process_key: str
    files_digest: str | None
    written: bytes | None
    kept: bytes | None

    @property
    def files_hold(self) -> bool:
        """Whether the files are those that were deployed."""
        return self.files_digest == self.digest

    @property
    def comparable(self) -> bool:
        """Whether the files can be read by this version, and what is kept was compiled by it or one that reads alike."""
        return self.written is not None and (self.kept is None or format_of(self.kept) in (FORMAT, None))

    @property
    def holds(self) -> bool:
        """Whether what is kept says the same as the files do."""
        return self.written == self.kept or self.said() == self.meant()

    def meant(self) -> Any:
        """What the files say, as values."""
        return _values(self.written)

    def said(self) -> Any:
        """What is kept, as values; None where it is none of ours."""
        return _values(self.kept)


def source(session: "Session", workspace_id: str, digest: str, process_key: str, kept: bytes | None) -> Source:
    """A process as the files of its bundle have it, beside what is `kept` of it."""
    files = deployments.files(session, workspace_id, digest)
    found = digest_of(files) if files else None
    written = _read(digest, files).get(process_key) if found == digest else None
    return Source(digest, process_key, found, written, kept)


def trusted(session: "Session", workspace_id: str, digest: str, process_key: str) -> bytes:
    """The compiled form that may run: the one that is kept, if it is what the files say, else what the files say.

    One of another `FORMAT` runs as it is kept. Raises `DefinitionNotFound`, and `DefinitionAltered` where the files are
    no longer those that were deployed.
    """
    kept = store.compiled(session, workspace_id, digest, process_key)
    if kept is None:
        raise DefinitionNotFound(key=process_key)
    found = source(session, workspace_id, digest, process_key, kept)
    if not found.files_hold:
        _say_once("“%s” does not run: the files of bundle %s were changed", process_key, digest)
        raise DefinitionAltered(key=process_key, digest=digest)
    if not found.comparable or found.holds:
        return kept
    _say_once("the compiled form of “%s” in bundle %s was changed; what its files say runs", process_key, digest)
    assert found.written is not None, "it is comparable"
    return found.written


def _read(digest: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """What today's reading makes of files that have that digest; nothing where it cannot read them. Kept for each digest."""
    with _lock:
        if digest in _known:
            _known.move_to_end(digest)
            return _known[digest]
    try:
        found = recompiled(files)
    except (BundleUnreadable, XMLRefused):
        found = {}
    with _lock:
        _known[digest] = found
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found


@lru_cache(maxsize=KEPT)
def _say_once(template: str, process_key: str, digest: str) -> None:
    log.critical(template, process_key, digest)


def _values(compiled: bytes | None) -> Any:
    if compiled is None:
        return None
    try:
        process, messages = process_of(compiled)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return {"process": asdict(process), "messages": [asdict(it) for it in messages]}
