"""A service that is killed and comes back: processes of a nursery, one after the other, on one database."""

import http.client
import json
import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import births

Fatal = tuple[str, int]


class Died(Exception):
    """The service was gone before it had answered."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that changes something, with the key under which it may be sent again."""

    path: str
    body: dict[str, Any]
    key: str


@dataclass(slots=True)
class Lives:
    """One service: born when asked for, dead when its point is reached, born again."""

    nursery: subprocess.Popen[str]
    url: str
    token: str
    plants: Sequence[str] = ()
    _born: dict[str, int] | None = field(default=None, init=False)

    def begin(self, fatal: Fatal | None = None, trace: Path | None = None) -> None:
        """Let a process serve, which dies when it reaches `fatal` for the given time, and notes its points in `trace`."""
        what = {"url": self.url, "fatal": fatal, "trace": trace and str(trace), "plants": list(self.plants)}
        births.order(self.nursery, what)
        self._born = births.answer(self.nursery)

    def join(self, other: "Lives") -> None:
        """Ask the process that serves for `other`."""
        self._born = other._born

    def end(self) -> None:
        """Kill the process that serves, if one does."""
        if self._born is not None:
            with suppress(ProcessLookupError):
                os.kill(self._born["pid"], signal.SIGKILL)
            self._born = None

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._born is not None, "no process serves"
        return self._born["pid"]

    def send(self, ask: Ask) -> tuple[int, dict[str, Any]]:
        """The answer to a request. Raises `Died` when the process died of it."""
        assert self._born is not None, "no process serves"
        connection = http.client.HTTPConnection("127.0.0.1", self._born["port"], timeout=60)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": ask.key,
        }
        try:
            connection.request("POST", ask.path, body=json.dumps(ask.body), headers=headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (http.client.HTTPException, ConnectionError) as error:
            raise Died from error
        finally:
            connection.close()
