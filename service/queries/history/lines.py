"""The journal as JSON Lines: the very bytes that were hashed, one entry in each line."""

from pathlib import Path

from service.queries.history.selection import Record


class Lines:
    """Writes JSON Lines. Canonical JSON holds no line break, so that a line is an entry."""

    objects = None

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def take(self, record: Record) -> None:
        """Write one entry."""
        if record.wanted:
            self._file.write(record.body + b"\n")

    def close(self) -> None:
        """Nothing comes any more."""
        self._file.close()

    def leave(self) -> None:
        """Let go of a file that will not be finished."""
        self._file.close()
