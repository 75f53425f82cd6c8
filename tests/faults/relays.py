"""Relays that die: `python -m tests.faults.relays` forks one for every order that it reads.

An order is a line of JSON: `url` of the database, `mail` and `fatal` (place and count, or null), `planted`. The answer is
a line with the `pid`; a relay that reaches its place says so in a line (`pid`, `died`) with its last breath.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from service.app import create_app
from service.commands import outbox
from service.domain.addresses import Allowed
from service.domain.ports import Ports
from service.identity import relay
from service.post import Mail, MailSettings, Webhooks
from service.settings import Settings
from service.store import outbox as store

SPAN = timedelta(seconds=0.6)
"""How long a relay has what it took: short, so that what a dead one had comes back while the test looks on."""

PAUSE = 0.02
PLACES = ("relay: after lease", "relay: after send", "relay: before mark", "relay: after mark")


class Places:
    """Counts the places that a relay reaches, and dies at one of them."""

    def __init__(self, fatal: tuple[str, int] | None) -> None:
        self._fatal, self._reached = fatal, Counter[str]()

    def reach(self, place: str) -> None:
        """It is there."""
        self._reached[place] += 1
        if self._fatal == (place, self._reached[place]):
            say({"pid": os.getpid(), "died": place})
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, act: Callable[..., Any], *, before: str = "", after: str = "") -> Callable[..., Any]:
        """The same act, with these places before and behind it."""

        def acting(*args: Any, **kwargs: Any) -> Any:
            if before:
                self.reach(before)
            done = act(*args, **kwargs)
            if not after.endswith("lease") or done["messages"]:
                self.reach(after)
            return done

        return acting


def say(line: dict[str, Any]) -> None:
    """One line to whoever ordered."""
    os.write(sys.__stdout__.fileno(), json.dumps(line).encode() + b"\n")  # type: ignore[union-attr]  # a pipe


def sent_when_taken() -> None:
    """A fault that is planted: what a relay takes counts as sent before it is."""
    proper = store.lease

    def planted(*args: Any, **kwargs: Any) -> Any:
        rows = proper(*args, **kwargs)
        for row in rows:
            row.state, row.sent_at = "sent", kwargs["now"]
        return rows

    store.lease = planted


def live(order: dict[str, Any]) -> None:
    """Relay as the product does, until killed."""
    places = Places(None if order["fatal"] is None else (order["fatal"][0], order["fatal"][1]))
    if order["planted"]:
        sent_when_taken()
    mail = places.around(Mail(MailSettings.of(order["mail"], "mandat@example.dk")), after=PLACES[1])
    http = Webhooks(Allowed.of(["127.0.0.1"]))
    ports = replace(Ports(), mail=mail, http=places.around(http, after=PLACES[1]))  # type: ignore[arg-type]  # only calls
    outbox.lease = places.around(outbox.lease, after=PLACES[0])
    outbox.mark_sent = places.around(outbox.mark_sent, before=PLACES[2], after=PLACES[3])
    app = create_app(Settings(database_url=order["url"], secret_key="k" * 32), ports)
    say({"pid": os.getpid()})
    resting = threading.Event()
    with app.app_context():
        while True:
            if not relay.round_of("pogi", SPAN):
                resting.wait(PAUSE)


def main() -> None:
    """Bear relays until the end of the input, which is the end of all who were born as well."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    for line in sys.stdin:
        if os.fork() == 0:
            sys.stdin.close()
            live(json.loads(line))
    os.killpg(0, signal.SIGKILL)  # nobody outlives the test that asked for it


if __name__ == "__main__":
    main()
