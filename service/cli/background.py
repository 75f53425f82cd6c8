"""The service's own clockwork on one machine: a thread that fires timers and begins reviews."""

import logging
import time
from threading import Event, Thread

from flask import Flask

from service.identity.clockwork import begin_reviews, fire_due

log = logging.getLogger("mandat.background")


class Background:
    """Fires the timers of an application every `pause` seconds, from `start` until `stop`."""

    def __init__(self, app: Flask, pause: float = 1.0) -> None:
        self._app, self._pause = app, pause
        self._stopping = Event()
        self._reported = time.monotonic()
        self._thread = Thread(target=self._run, name="mandat background", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the timer that is being fired, and end."""
        self._stopping.set()
        self._thread.join()

    def silent_for(self) -> float:
        """Seconds since it last came round."""
        return round(time.monotonic() - self._reported, 1)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._app.app_context():
                    fire_due()
                    begin_reviews()
                self._reported = time.monotonic()
            except Exception:
                log.exception("timers could not be fired; they are tried again")
            self._stopping.wait(self._pause)
