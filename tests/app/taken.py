"""Dossiers in tests: what they are made of, and how the program that goes with them is run as its reader would."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.commands import instances, tasks
from service.identity import dossiers
from service.queries.dossiers.program import program
from service.runtime.command import Call
from tests.app.house import Someone, two_tasks
from tests.app.logged import Logged

Files = dict[str, bytes]
REMARK = "Æbler – ja 😀"


@dataclass(frozen=True)
class Taken:
    """A service with cases whose dossiers are taken home."""

    logged: Logged
    anne: Someone

    @classmethod
    def of(cls, logged: Logged) -> "Taken":
        """With one person who does everything."""
        logged.house.deploy(two_tasks())
        return cls(logged, logged.house.person("anne", "pogi.sec", "pogi.chair"))

    @property
    def call(self) -> Call:
        return Call(self.anne.actor, self.logged.house.ports)

    def case(self, remark: str = REMARK) -> str:
        """A whole case, from its start to its end."""
        started = instances.start(self.call, "adoption", {}, None)
        opened = tasks.complete(self.call, started["tasks"][0]["id"], {})["opened"]
        tasks.complete(self.call, opened[0]["id"], {"vote": "for", "remark": remark, "amount": 3})
        case: str = started["case_id"]
        return case

    def dossier(self, case: str, **asked: Any) -> bytes:
        return dossiers.of_case(self.call, case, **asked)

    def log(self, folder: Path) -> bytes:
        out = folder / "log.zip"
        dossiers.of_log(self.logged.house.operator(), out)
        return out.read_bytes()


def unpacked(archive: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


ALONE = """
import resource, runpy, socket, sys
socket.socket = None
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], {}, "__main__")
"""
MEMORY = 300 * 2**20
"""Bytes that the program may have, whatever it is given."""


def archived(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def run(
    folder: Path, *arguments: str, python: tuple[str, ...] = ()
) -> tuple[int, dict[str, tuple[str, int | None, str]], str]:
    """Run the program in a folder that has nothing of ours, by a Python that finds nothing of ours, reaches nobody, and has
    little memory; `python` are options of it.

    Gives its status, the verdict, index and words of each claim, and what it wrote beside.
    """
    script = folder / "checker.py"
    script.write_bytes(program())
    alone = ALONE.replace("MEMORY", str(MEMORY))
    command = [sys.executable, "-I", "-S", *python, "-c", alone, script.name, *arguments, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={})
    told = json.loads(done.stdout) if done.stdout else []
    return done.returncode, {it["claim"]: (it["verdict"], it["index"], it["says"]) for it in told}, done.stderr
