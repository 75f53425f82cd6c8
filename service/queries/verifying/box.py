"""The files of a dossier: of an archive, or of the folder that it was unpacked into.

Whoever made it may mean harm: nothing is read that is not on a list made before, and nothing without a bound.
"""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import rfc8785

from service.domain import turns
from service.domain.dossiers import (
    ABOUT,
    CHECKPOINTS,
    FORMAT,
    KEYS,
    LINE,
    RATIO,
    TURNS,
    UNPACKED,
    WHOLE,
    DossierUnreadable,
    plain,
)
from service.domain.notes import Key, Note, key, within
from service.queries.verifying.canonical import value

DAMAGED = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, EOFError),
    *(NotImplementedError, RuntimeError, MemoryError, zlib.error, zipfile.BadZipFile, rfc8785.CanonicalizationError),
)
"""What reading a file that somebody has spoilt may raise."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How files of an archive may be packed: the others unpack without a bound that could be asked for."""


class Box:
    """A dossier that is read. `names`: the files that are there; `files`: the digests of those that it lists, by name;
    `case` is None for the whole log."""

    def __init__(self, place: Path, archive: zipfile.ZipFile | None) -> None:
        self._place, self._archive = place, archive
        found = _folder(place) if archive is None else _inside(archive, place.stat().st_size)
        self.names = frozenset(found)
        if len(self.names) != len(found):
            raise DossierUnreadable(why="two of its files have one name")
        self.about: Mapping[str, Any] = self.json(ABOUT)
        self.files: Mapping[str, str] = dict(self.about["files"])
        self.case: str | None = self.about.get("case")
        self.origin: str = self.about["origin"]
        kind = "log" if self.case is None else "case" if self.case and isinstance(self.case, str) else None
        if (self.about["format"], self.about["kind"]) != (FORMAT, kind):
            raise DossierUnreadable(why="its format is none that is known")
        told = [key(line) for line in self.read(KEYS).decode().splitlines()]
        self.keys: list[Key] = [it for it in told if it.name == self.origin]
        self.turns = turns.within(self.read(TURNS).decode() if TURNS in self.names else "")
        self.notes: list[Note] = within(self.read(CHECKPOINTS).decode())
        if not self.notes:
            raise DossierUnreadable(why="it holds no signed checkpoint")

    @property
    def packed(self) -> bool:
        """Whether it is an archive: nobody puts files of her own beside those of one."""
        return self._archive is not None

    def read(self, name: str, most: int = WHOLE) -> bytes:
        """What a file holds. Raises `DossierUnreadable` for one that is larger than it can be."""
        with self.open(name) as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise DossierUnreadable(why=f"{name} is larger than it can be")
        return content

    def json(self, name: str, kind: type = dict) -> Any:
        """The same as JSON of that kind, which must be in its one form."""
        try:
            found = value(self.read(name).removesuffix(b"\n"))
        except ValueError:
            found = None
        if not isinstance(found, kind):
            raise DossierUnreadable(why=f"{name} is not JSON in its one form")
        return found

    def open(self, name: str) -> IO[bytes]:
        """A file."""
        if name not in self.names:
            raise DossierUnreadable(why=f"{name} is not there")
        return (self._place / name).open("rb") if self._archive is None else self._archive.open(name)

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file, each of which ends in a newline."""
        with self.open(name) as file:
            while line := file.readline(LINE):
                if not line.endswith(b"\n"):
                    raise DossierUnreadable(why=f"a line of {name} is too long, or has no end")
                yield line[:-1]

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; nothing where there is none."""
        if name not in self.names:
            return ""
        with self.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it has readinto


@contextmanager
def opened(place: Path) -> Iterator[Box]:
    """The dossier in a file or folder. Whatever stands in the way is said as `DossierUnreadable`."""
    try:
        if place.is_dir():
            yield Box(place, None)
            return
        with zipfile.ZipFile(place) as archive:
            yield Box(place, archive)
    except DAMAGED as error:
        raise DossierUnreadable(why=plain(f"{type(error).__name__}: {error}")) from error


def _folder(place: Path) -> list[str]:
    """The files of a folder. What lies elsewhere and is only named here is none of them."""
    return [it.relative_to(place).as_posix() for it in place.rglob("*") if it.is_file() and not it.is_symlink()]


def _inside(archive: zipfile.ZipFile, size: int) -> list[str]:
    """The files of an archive of that size in bytes."""
    found = [it for it in archive.infolist() if not it.is_dir()]
    if sum(it.file_size for it in found) > max(UNPACKED, RATIO * size) or any(
        it.compress_type not in _METHODS for it in found
    ):
        raise DossierUnreadable(why="it unpacks to more than a dossier does, or is packed in another way")
    return [it.filename for it in found]
