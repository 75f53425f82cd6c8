"""Bears serving processes: `python -m tests.faults.nursery` forks one for every order that it reads.

An order is a line of JSON: `url` of the database, `fatal` point and count or null, `trace` file or null, `plants`.
The answer is a line with the `pid` and the `port` of the process.
"""

import os
from typing import Any

from waitress.server import create_server

from service.app import create_app
from service.settings import Settings
from tests.faults.births import bear, noting, say
from tests.faults.plants import PLANTS
from tests.faults.points import Pointed, Points


def live(order: dict[str, Any]) -> None:
    """Serve as the product does, until killed."""
    for plant in order["plants"]:
        PLANTS[plant]()
    app = create_app(Settings(database_url=order["url"], secret_key="k" * 32))
    pointed = Pointed(app, Points(noting(order["trace"]), order["fatal"]))
    server = create_server(pointed, host="127.0.0.1", port=0, threads=4)
    say({"pid": os.getpid(), "port": server.effective_port})
    server.run()


if __name__ == "__main__":
    bear(live)
