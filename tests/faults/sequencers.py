"""Sequencers that die: `python -m tests.faults.sequencers` forks one for every order that it reads.

An order is a line of JSON: `url` of the database, `at`, the time by which it signs, `fatal` (place and count, or null),
`trace` (file or null), `planted`, and `rounds`, how often it comes round. The answer is a line that says whether it `died`.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask

from service.app import create_app
from service.commands import log_keys, sequencing
from service.domain.errors import DatabaseBusy
from service.domain.ports import Ports
from service.identity import sequencer
from service.identity.callers import PORTS
from service.post import DerivedKey
from service.settings import Settings
from service.store import log
from tests.faults.plants import commit_before
from tests.faults.points import Points

BATCH = 40
"""Entries that one transaction places: few, so that a round has several."""


@cache
def application(url: str) -> Flask:
    """An application that has not connected yet: made once, before the fork."""
    return create_app(Settings(database_url=url, secret_key="k" * 32), Ports())


def live(app: Flask, order: dict[str, Any]) -> None:
    """Come round as the product does, until killed or done."""
    trace = None if order["trace"] is None else os.open(order["trace"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(point: str) -> None:
        if trace is not None:
            os.write(trace, f"{point}\n".encode())

    points = Points(note, order["fatal"], lambda _point: say({"died": True}))
    for module, verb in ((sequencing, "append"), (sequencing, "sign"), (log_keys, "begin")):
        setattr(module, verb, _at(points, verb, getattr(module, verb)))
    for module in (sequencing, sequencer):
        setattr(module, "BATCH", BATCH)  # noqa: B010 - a few at a time
    if order["planted"]:
        commit_before(log, "keep")  # an entry has its place, and its hash is written by another transaction
    app.extensions[PORTS] = Ports(keys=DerivedKey(1), wall=lambda: datetime.fromisoformat(order["at"]))
    with app.app_context():
        for _ in range(order["rounds"]):
            try:
                sequencer.round_of()
            except DatabaseBusy:
                threading.Event().wait(0.01)
    say({"died": False})
    os._exit(0)


def say(line: dict[str, Any]) -> None:
    """One line to whoever ordered."""
    os.write(sys.__stdout__.fileno(), json.dumps(line).encode() + b"\n")  # type: ignore[union-attr]  # a pipe


def _at(points: Points, verb: str, proper: Callable[..., Any]) -> Callable[..., Any]:
    def act(*args: Any) -> Any:
        with points.at_work(verb):
            return proper(*args)

    return act


def main() -> None:
    """Bear sequencers until the end of the input, which is the end of all who were born as well."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    for line in sys.stdin:
        order = json.loads(line)
        app = application(order["url"])
        if os.fork() == 0:
            sys.stdin.close()
            try:
                live(app, order)
            except Exception as error:
                say({"failed": repr(error)})
                raise
    os.killpg(0, signal.SIGKILL)  # nobody outlives the test that asked for it


if __name__ == "__main__":
    main()
