"""The list of erasures in a file outside the database, whole or not at all, readable for its owner alone."""

import os
import secrets
from pathlib import Path

from service.domain.erasures import ErasureListUnwritable


class ErasureFile:
    """The list in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        """Where it is."""
        return str(self._path)

    def read(self) -> str | None:
        """What stands in it; None where there is none. Raises `ErasureListUnwritable`."""
        try:
            return self._path.read_text()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ErasureListUnwritable(place=self.place, reason=error) from error

    def write(self, text: str) -> None:
        """Let it say this from now on. Raises `ErasureListUnwritable`."""
        beside = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with open(handle, "w") as file:
                file.write(text)
                file.flush()
                os.fsync(handle)
            beside.replace(self._path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise ErasureListUnwritable(place=self.place, reason=error.strerror) from error
