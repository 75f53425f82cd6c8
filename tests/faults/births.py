"""A nursery of processes that die young: a program that forks one for every line that it reads, and how it is begun.

Forking a process that has imported the service already takes a tenth of the time that a fresh one needs.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.repository import ROOT


def bear(live: Callable[[dict[str, Any]], None]) -> None:
    """Let a process live for every order, a line of JSON, until the end of the input. That is the end of all of them."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    for line in sys.stdin:
        if os.fork() == 0:
            sys.stdin.close()
            live(json.loads(line))
            os._exit(0)
    os.killpg(0, signal.SIGKILL)  # nobody outlives the test that asked for it


def say(line: dict[str, Any]) -> None:
    """One line to whoever ordered."""
    os.write(sys.__stdout__.fileno(), json.dumps(line).encode() + b"\n")  # type: ignore[union-attr]  # a pipe


def noting(trace: str | None) -> Callable[[str], None]:
    """What writes the points that a process reaches into a file, one a line, if there is to be one."""
    if trace is None:
        return lambda _point: None
    file = os.open(trace, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(point: str) -> None:
        os.write(file, f"{point}\n".encode())

    return note


@contextmanager
def nursery(of: str) -> Iterator[subprocess.Popen[str]]:
    """The nursery that a module of this folder is, for as long as the context lasts."""
    command = [sys.executable, "-m", f"tests.faults.{of}"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, start_new_session=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def order(process: subprocess.Popen[str], what: dict[str, Any]) -> None:
    """Order a process."""
    assert process.stdin is not None
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


def answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line that is said in the nursery."""
    assert process.stdout is not None
    said: dict[str, Any] = json.loads(process.stdout.readline())
    return said
