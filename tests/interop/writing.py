"""Plays the demonstration and writes its event logs into a folder: `python -m tests.interop.writing FOLDER`.

For each workspace and each format one file, by the same query as `mandat history`.
"""

import sys
import tempfile
from pathlib import Path

from service.cli.demonstration.playing import Play
from service.domain.actors import operator
from service.queries import history, workspaces
from service.queries.demonstration import course
from service.queries.history import FORMATS, Selection
from service.store import db
from tests.app.demonstration import begin
from tests.app.house import opened


def write(folder: Path) -> None:
    """Every log of the demonstration after its last step."""
    with tempfile.TemporaryDirectory() as beside, opened(f"sqlite:///{beside}/it.sqlite3", demo=True):
        db.upgrade()
        begin()
        Play().play(course("e1")["steps"])
        for workspace in workspaces.names():
            for format, suffix in FORMATS.items():
                history.write(operator(workspace), format, Selection(), folder / f"{workspace}{suffix}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
