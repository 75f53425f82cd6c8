"""Work that comes round: a thread that does it again and again beside what its process is there for."""

import logging
import time
from collections.abc import Callable
from threading import Event, Thread

from flask import Flask

from service.domain.errors import Unavailable

log = logging.getLogger("mandat.background")


class Background:
    """Goes round in an application every `pause` seconds, from `start` until `stop`."""

    def __init__(self, app: Flask, round_: Callable[[], object], pause: float = 1.0) -> None:
        self._app, self._round, self._pause = app, round_, pause
        self._stopping = Event()
        self._reported = time.monotonic()
        self._thread = Thread(target=self._run, name="mandat background", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Begin no other round."""
        self._stopping.set()

    def stop(self, patience: float | None = None) -> None:
        """Finish the round that is under way, and end; after `patience` seconds, leave it unfinished."""
        self.ask_to_stop()
        self._thread.join(patience)

    def silent_for(self) -> float:
        """Seconds since it last came round."""
        return round(time.monotonic() - self._reported, 1)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._app.app_context():
                    self._round()
                self._reported = time.monotonic()
            except Unavailable as error:
                log.warning("a round of background work failed and is tried again: %s", error)
            except Exception:
                log.exception("a round of background work failed; it is tried again")
            self._stopping.wait(self._pause)
