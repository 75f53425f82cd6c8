"""Files that are left in folders which the operator has allowed, each whole or not at all."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from service.domain.outgoing import Drop, Undelivered
from service.domain.witnesses import FolderRefused


class Files:
    """Leaves files in those folders and in no other."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = tuple(folders)

    def check(self, folder: str) -> None:
        """Raise `FolderRefused` for another folder."""
        if folder not in self._folders:
            raise FolderRefused(folder=folder[:200], allowed=", ".join(self._folders) or "none")

    def __call__(self, drop: Drop) -> None:
        """Write the files. One that is there already is the same. Raises `Undelivered`."""
        if drop.folder not in self._folders:
            raise Undelivered("folder", final=True)
        folder = Path(drop.folder)
        try:
            for name, content in drop.files.items():
                if not (folder / name).exists():
                    _write(folder, name, content)
        except OSError:
            raise Undelivered("unreachable") from None


def _write(folder: Path, name: str, content: bytes) -> None:
    beside = folder / f".{name}.{secrets.token_hex(4)}"
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / name)
    finally:
        beside.unlink(missing_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
