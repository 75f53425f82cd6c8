"""Who carries messages between cases, and dies of it: `python -m tests.faults.carriers` forks one for every order.

An order is a line of JSON: `url` of the database, `at` (the moment at which it works), `fatal` point and count or null,
`trace` file or null, `plants`. The answer is a line: `died`, the point at which it died, or null when nothing was left
to carry.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from service.app import create_app
from service.domain.ports import Ports, SteppedClock
from service.identity.clockwork import carry_messages
from service.queries import messages
from service.settings import Settings
from tests.faults.births import bear, noting, say
from tests.faults.plants import PLANTS
from tests.faults.points import Points


def carry(order: dict[str, Any]) -> None:
    """Carry as the product does, round after round, until nothing is on its way and no time is over."""
    for plant in order["plants"]:
        PLANTS[plant]()
    at = datetime.fromisoformat(order["at"])
    ports = replace(Ports(), clock=SteppedClock(at))
    app = create_app(Settings(database_url=order["url"], secret_key="k" * 32), ports)
    points = Points(noting(order["trace"]), order["fatal"], lambda point: say({"died": point}))
    with app.app_context():
        while messages.sent("pogi") or messages.any_expiring("pogi", at):
            with points.at_work("carry"):
                carry_messages()
    say({"died": None})


if __name__ == "__main__":
    bear(carry)
