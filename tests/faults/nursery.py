"""Bears serving processes: `python -m tests.faults.nursery` forks one for every order that it reads.

An order is a line of JSON: `url` of the database, `fatal` point and count or null, `trace` file or null, `plants`.
The answer is a line of JSON with the `pid` and the `port` of the process. Forking a process that has imported the
service already takes a tenth of the time that a fresh one needs.
"""

import json
import os
import signal
import sys
from typing import Any

from waitress.server import create_server

from service.app import create_app
from service.settings import Settings
from tests.faults.plants import PLANTS
from tests.faults.points import Points


def main() -> None:
    """Serve orders until the end of the input, which is the end of all who were born as well."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    for line in sys.stdin:
        if os.fork() == 0:
            sys.stdin.close()
            live(json.loads(line))
    os.killpg(0, signal.SIGKILL)  # nobody outlives the test that asked for it


def live(order: dict[str, Any]) -> None:
    """Serve as the product does, until killed."""
    for plant in order["plants"]:
        PLANTS[plant]()
    trace = None if order["trace"] is None else os.open(order["trace"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(point: str) -> None:
        if trace is not None:
            os.write(trace, f"{point}\n".encode())

    app = create_app(Settings(database_url=order["url"], secret_key="k" * 32))
    fatal = None if order["fatal"] is None else (order["fatal"][0], order["fatal"][1])
    server = create_server(Points(app, note, fatal), host="127.0.0.1", port=0, threads=4)
    os.write(sys.stdout.fileno(), json.dumps({"pid": os.getpid(), "port": server.effective_port}).encode() + b"\n")
    server.run()


if __name__ == "__main__":
    main()
