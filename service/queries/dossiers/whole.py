"""The whole log of a workspace as a dossier: every record in its place, and every checkpoint that is kept.

It holds no disclosure, no document and no name: who has it can tell that nothing was changed, and little else.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.dossiers import ABOUT, CHECKPOINTS, FORMAT, KEYS, LEAVES, PROGRAM, RECORDS, TURNS, LogUnsigned
from service.domain.merkle import leaf_hash
from service.queries.dossiers.packing import entry, manifest
from service.queries.dossiers.program import program
from service.queries.dossiers.proofs import keys_of, turns_of
from service.store import checkpoints, log, log_reading
from service.store.moments import moment, session_on

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the digest of the list of its files, and how many records."""

    digest: str
    size: int


def write_log(actor: Actor, out: Path) -> Written:
    """Write the log of the actor's workspace to a file, as it stands at one moment; what has no place in it yet is not
    there. Raises `InstallationAdministratorNeeded`, `LogUnsigned`."""
    actor.must_administer_installation()
    with moment() as connection, session_on(connection) as session, zipfile.ZipFile(out, "w") as archive:
        here, sheet = actor.workspace_id, _Sheet(archive)
        origin, texts = _signed(session, here)
        leaves = bytearray()
        with sheet.file(RECORDS) as file:
            for place, _, _, body in log_reading.entries(connection, here):
                if place is None:
                    break
                file.write(body + b"\n")
                leaves += leaf_hash(body)
        for name, content in {LEAVES: bytes(leaves), PROGRAM: program(), **texts}.items():
            with sheet.file(name) as file:
                file.write(content)
        about = {"format": FORMAT, "kind": "log", "workspace": here, "origin": origin}
        content = manifest(about, sheet.digests)
        archive.writestr(entry(ABOUT), content)
        return Written(hashlib.sha256(content).hexdigest(), len(leaves) // 32)


def _signed(session: "Session", here: str) -> tuple[str, dict[str, bytes]]:
    row, notes = log.log(session, here), [it.note for it in checkpoints.every(session, here)]
    if row is None or not notes:
        raise LogUnsigned
    texts = {CHECKPOINTS: "\n".join(notes), KEYS: keys_of(session, row.origin), TURNS: turns_of(session, row.origin)}
    return row.origin, {name: text.encode() for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An archive that is written file by file, and keeps the digest of each."""

    archive: zipfile.ZipFile
    digests: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def file(self, name: str) -> Iterator["_Hashed"]:
        """A file of the archive, to be written from its beginning."""
        with self.archive.open(entry(name), "w", force_zip64=True) as file:
            hashed = _Hashed(file)
            yield hashed
        self.digests[name] = hashed.digest.hexdigest()


class _Hashed:
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def write(self, content: bytes) -> Any:
        """Write it, and let the digest know."""
        self.digest.update(content)
        return self._file.write(content)
