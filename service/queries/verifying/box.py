"""The files of a dossier: of an archive, or of the folder that it was unpacked into."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import rfc8785

from service.domain.dossiers import ABOUT, CHECKPOINTS, FORMAT, KEYS, DossierUnreadable
from service.domain.notes import Key, Note, key, within

Place = Path | zipfile.Path
DAMAGED = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, EOFError),
    *(NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile, rfc8785.CanonicalizationError),
)
"""What reading a file that somebody has spoilt may raise."""


class Box:
    """A dossier that is read. `files`: the digests of its files by name; `case` is None for the whole log."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.about: Mapping[str, Any] = json.loads(self.read(ABOUT))
        if self.about["format"] != FORMAT:
            raise DossierUnreadable(why=f"its format is {str(self.about['format'])[:60]}, and not “{FORMAT}”")
        self.files: Mapping[str, str] = dict(self.about["files"])
        self.case: str | None = self.about.get("case")
        self.origin: str = self.about["origin"]
        self.keys: list[Key] = [key(line) for line in self.read(KEYS).decode().splitlines()]
        self.notes: list[Note] = within(self.read(CHECKPOINTS).decode())
        if not self.notes:
            raise DossierUnreadable(why="it holds no signed checkpoint")

    def read(self, name: str) -> bytes:
        """What a file holds."""
        with self.open(name) as file:
            return file.read()

    def json(self, name: str) -> Any:
        """The same as JSON."""
        return json.loads(self.read(name))

    def open(self, name: str) -> IO[bytes]:
        """A file."""
        found: IO[bytes] = (self._place / name).open("rb")
        return found

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file, each of which ends in a newline."""
        with self.open(name) as file:
            for line in file:
                yield line[:-1]

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; nothing where there is none."""
        try:
            with self.open(name) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it has readinto
        except FileNotFoundError:
            return ""


@contextmanager
def opened(place: Path) -> Iterator[Box]:
    """The dossier in a file or folder. Whatever stands in the way is said as `DossierUnreadable`."""
    try:
        if place.is_dir():
            yield Box(place)
            return
        with zipfile.ZipFile(place) as archive:
            yield Box(zipfile.Path(archive))
    except DAMAGED as error:
        raise DossierUnreadable(why=f"{type(error).__name__}: {error}"[:300]) from error


def entry(line: bytes) -> dict[str, Any]:
    """The record in a line; an empty one where the line is not in its one form (RFC 8785)."""
    fractions: list[str] = []

    def fraction(text: str) -> float:
        fractions.append(text)
        return float(text)

    try:
        found = json.loads(line, parse_float=fraction)
        # What Python writes is the same, but for fractions and for the order of names beyond ASCII.
        plain = line.isascii() and not fractions
        form = _written(found) if plain else rfc8785.dumps(found)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        return {}
    return found if form == line and isinstance(found, dict) else {}


def _written(value: object) -> bytes:
    """As Python writes JSON, which leaves as it is all that RFC 8785 does."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
