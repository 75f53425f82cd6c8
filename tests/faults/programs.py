"""Programs of the product as processes of their own: begun, watched and killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.repository import ROOT

SECRET = "k" * 32


@dataclass(frozen=True, slots=True)
class Program:
    """`mandat` at work in a process group of its own."""

    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End it and all it has begun as a power cut would, and wait until it is gone."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def children(self) -> list[int]:
        """The processes that it has begun and that live, oldest first."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def end(self, within: float = 60) -> int:
        """Tell it to end; gives its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def says(self) -> str:
        """Its next line, without the end of line; empty when it has none any more."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")


@contextmanager
def mandat(url: str, *words: str, log: int | None = None) -> Iterator[Program]:
    """`mandat` with these words on the database at `url`; it does not outlive the context. `log` is where its log goes,
    if not where ours does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MANDAT_")}
    environment |= {"MANDAT_DATABASE_URL": url, "MANDAT_SECRET_KEY": SECRET}
    command = [sys.executable, "-c", "from service.app import main; main()", *words]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
    ) as process:
        program = Program(process)
        try:
            yield program
        finally:
            program.kill()
