"""A folder, a zip archive or one file → named files, within limits and without a way out of the folder.

Folders inside a bundle are refused, not skipped; names that begin with a dot, and what macOS adds to archives, are no
part of it.
"""

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from service.domain.errors import BundleUnreadable

MAX_FILES = 200
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_BYTES = 16 * 1024 * 1024


def read_path(path: Path) -> dict[str, bytes]:
    """The files of a folder, of a zip archive, or the one file at `path`.

    Raises BundleUnreadable for what is not there, is too large, or is no plain file.
    """
    if path.is_dir():
        return _limited(_folder(path))
    if not path.is_file():
        raise BundleUnreadable(reason=f"There is no file or folder '{path.name}'. Check the path")
    if zipfile.is_zipfile(path):
        return read_zip(_head(path, MAX_BYTES))
    return _limited(iter([(path.name, _head(path, MAX_FILE_BYTES))]))


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of a zip archive; a single folder around them all is taken off. Raises BundleUnreadable."""
    if len(data) > MAX_BYTES:
        raise BundleUnreadable(
            reason=f"The archive is larger than {MAX_BYTES:,} bytes. Leave out what the process does not use"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _limited(_entries(archive))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BundleUnreadable(
            reason="The zip archive is damaged, encrypted or of an unusual kind. Pack it again"
        ) from None


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not _ignored(info.filename)]
    _refuse_too_many(len(infos))
    for info in infos:
        if info.filename.startswith("/") or "\\" in info.filename or ".." in PurePosixPath(info.filename).parts:
            raise BundleUnreadable(
                reason=f"The archive names a file outside itself ('{info.filename[:80]}'). Pack it again"
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise BundleUnreadable(reason=f"'{info.filename}' in the archive is a link. Pack the file itself")
    paths = [PurePosixPath(info.filename).parts for info in infos]
    wrapped = len({path[0] for path in paths}) == 1 and all(len(path) > 1 for path in paths)
    for info, path in zip(infos, paths, strict=True):
        # Read no more than the limit, whatever size the archive claims.
        with archive.open(info) as file:
            content = file.read(MAX_FILE_BYTES + 1)
        yield "/".join(path[1:] if wrapped else path), content


def _folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    entries = sorted(entry for entry in folder.iterdir() if not _ignored(entry.name))
    _refuse_too_many(len(entries))
    for entry in entries:
        if entry.is_symlink():
            raise BundleUnreadable(reason=f"'{entry.name}' is a link. Put the file itself into the folder")
        if entry.is_dir():
            raise BundleUnreadable(
                reason=f"'{entry.name}' is a folder within the bundle. Give each bundle a folder of its own"
            )
        yield entry.name, _head(entry, MAX_FILE_BYTES)


def _limited(files: Iterator[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files under their names in Unicode's composed form, so that one bundle has one digest on every system."""
    found: dict[str, bytes] = {}
    total = 0
    for raw_name, content in files:
        name = unicodedata.normalize("NFC", raw_name)
        refuse_bad_name(name)
        total += len(content)
        if len(content) > MAX_FILE_BYTES:
            raise BundleUnreadable(
                reason=f"'{name}' is larger than {MAX_FILE_BYTES:,} bytes. Split it, or leave it out"
            )
        if total > MAX_BYTES:
            raise BundleUnreadable(
                reason=f"The files are larger than {MAX_BYTES:,} bytes together. Leave out what is not used"
            )
        if name in found:
            raise BundleUnreadable(reason=f"Two files are called '{name}'. Leave one of them out")
        found[name] = content
    return found


def refuse_bad_name(name: str) -> None:
    """Raises BundleUnreadable for a name that is no plain file name."""
    if "/" in name:
        raise BundleUnreadable(
            reason=f"'{name[:80]}' lies in a folder within the bundle. Give each bundle a folder of its own"
        )
    if not name or len(name) > 200 or name.startswith(".") or "\\" in name or not name.isprintable():
        raise BundleUnreadable(reason=f"'{name[:80]!a}' cannot be the name of a file in a bundle. Rename it")


def _refuse_too_many(count: int) -> None:
    if count > MAX_FILES:
        raise BundleUnreadable(
            reason=f"A bundle holds at most {MAX_FILES} files; this one has {count:,}. Leave out the others"
        )


def _ignored(name: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in name.split("/"))


def _head(path: Path, limit: int) -> bytes:
    """At most one byte more than `limit`: enough to see that it is too much."""
    with path.open("rb") as file:
        return file.read(limit + 1)
