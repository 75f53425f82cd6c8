"""Relays that die: `python -m tests.faults.relays` forks one for every order that it reads.

An order is a line of JSON: `url` of the database, `mail`, `fatal` point and count or null, `trace` file or null,
`planted`. The answer is a line with the `pid`; a relay that reaches its point says so in a line (`pid`, `died`) with its
last breath.
"""

import os
import threading
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
from tests.faults.births import bear, noting, say
from tests.faults.points import Points

SPAN = timedelta(seconds=0.3)
"""How long a relay has what it took: short, so that what a dead one had comes back while the test looks on."""

PAUSE = 0.02


def sent_when_taken() -> None:
    """A fault that is planted: what a relay takes counts as sent before it is."""
    proper = store.lease

    def planted(*args: Any, **kwargs: Any) -> Any:
        rows = proper(*args, **kwargs)
        for row in rows:
            row.state, row.sent_at = "sent", kwargs["now"]
        return rows

    store.lease = planted


def at_work(points: Points, what: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """The same act, the places of which count; behind it there is one more."""

    def acting(*args: Any, **kwargs: Any) -> Any:
        with points.at_work(what):
            done = act(*args, **kwargs)
            points.reach("done")
            return done

    return acting


def live(order: dict[str, Any]) -> None:
    """Relay as the product does, until killed."""
    points = Points(noting(order["trace"]), order["fatal"], lambda point: say({"pid": os.getpid(), "died": point}))
    if order["planted"]:
        sent_when_taken()
    mail = at_work(points, "send", Mail(MailSettings.of(order["mail"], "mandat@example.dk")))
    http: Any = at_work(points, "send", Webhooks(Allowed.of(["127.0.0.1"])))
    outbox.lease = at_work(points, "lease", outbox.lease)
    outbox.mark_sent = at_work(points, "mark", outbox.mark_sent)
    app = create_app(Settings(database_url=order["url"], secret_key="k" * 32), replace(Ports(), mail=mail, http=http))
    say({"pid": os.getpid()})
    resting, round_of = threading.Event(), at_work(points, "relay", relay.round_of)
    with app.app_context():
        while True:
            if not round_of("pogi", span=SPAN):
                resting.wait(PAUSE)


if __name__ == "__main__":
    bear(live)
