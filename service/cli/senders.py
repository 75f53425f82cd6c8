"""The threads that send what goes out: a slow mail server keeps no event waiting, and no receiver of events a mail."""

import time

from flask import Flask

from service.cli.background import Background
from service.identity import clockwork

AT_ONCE = 3
"""How many receivers of events one process sends to at the same time."""

PATIENCE = 5.0
"""Seconds that a message on its way is waited for at the end; later it is sent again, under the same id."""


class Senders:
    """They send from `start` until `stop`."""

    def __init__(self, app: Flask) -> None:
        tellers = [Background(app, clockwork.tell_receivers) for _ in range(AT_ONCE)]
        self._threads = [Background(app, clockwork.send_mail), *tellers]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin nothing more, and wait for what is on its way."""
        for thread in self._threads:
            thread.ask_to_stop()
        until = time.monotonic() + PATIENCE
        for thread in self._threads:
            thread.stop(max(0.0, until - time.monotonic()))
