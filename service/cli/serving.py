"""`mandat serve`."""

import signal
import sys
from types import FrameType
from typing import Any

import click
from waitress.server import create_server

from service.cli.background import Background
from service.cli.demonstration import begin, seed
from service.cli.shipping import ship
from service.cli.wiring import Wiring
from service.identity import clockwork, ports
from service.queries.health import BACKGROUND

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535))
@click.option("--demo", is_flag=True, help="A demonstration, with a clock of its own. Never for real cases.")
@click.pass_obj
def serve(wiring: Wiring, host: str, port: int, demo: bool) -> None:
    """Bring the database to the form of this version, put what is new of the shipped processes into force, and serve."""
    settings: dict[str, Any] = {"demo": True} if demo else {}
    with wiring.application(joins=False, **settings) as app:
        for line in ship():
            click.echo(line, err=True)
        if ports().demo:
            seed()
            begin()
            clockwork.keep()
        server = create_server(app, host=host, port=port, threads=THREADS, ident=None)
        background = Background(app)
        app.extensions[BACKGROUND] = background
        signal.signal(signal.SIGTERM, _stop)
        background.start()
        click.echo(f"Mandat is at http://{host}:{server.effective_port}")
        try:
            server.run()
        finally:
            background.stop()
            server.close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


COMMANDS = (serve,)
