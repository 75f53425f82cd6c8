"""`mandat serve`."""

import os
import signal
import sys
from types import FrameType
from typing import Any

import click
from flask import Flask
from waitress.server import create_server

from service.cli import memory
from service.cli.background import Background
from service.cli.demonstration import begin, seed
from service.cli.senders import Senders
from service.cli.shipping import ship
from service.cli.wiring import Wiring
from service.identity import clockwork, ports
from service.queries import health

THREADS = 8


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535))
@click.option("--demo", is_flag=True, help="A demonstration, with a clock of its own. Never for real cases.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes that answer, on PostgreSQL; one for each processor unless you say.",
)
@click.pass_obj
def serve(wiring: Wiring, host: str, port: int, demo: bool, workers: int | None) -> None:
    """Bring the database to the form of this version, put what is new of the shipped processes into force, and serve.

    On SQLite, and in a demonstration, one process does everything. On PostgreSQL several answer, and what falls due is
    done by `mandat worker` beside them.
    """
    memory.frugal()
    settings: dict[str, Any] = {"demo": True} if demo else {}
    with wiring.application(joins=False, **settings) as app:
        for line in ship():
            click.echo(line, err=True)
        if ports().demo:
            seed()
            begin()
            clockwork.keep()
        if health.embedded() or ports().demo:
            _alone(app, host, port)
        else:
            wiring.dispose()  # every process makes connections of its own
            _by_several(app, f"{host}:{port}", workers or os.cpu_count() or 1)


def _alone(app: Flask, host: str, port: int) -> None:
    """One process, which fires its timers, writes its log and sends what goes out itself."""
    # Whether a proxy is believed is MANDAT_PROXY_HOPS' to say, for every server alike: so all that it says is passed on.
    try:
        server = create_server(
            app, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=False
        )
    except OSError as error:
        raise click.ClickException(f"The service cannot listen at {host}:{port}: {error.strerror}.") from None
    background, sequencer = Background(app, clockwork.go_round), Background(app, clockwork.write_log)
    senders = Senders(app)
    app.extensions[health.BACKGROUND] = background
    signal.signal(signal.SIGTERM, _stop)
    background.start()
    senders.start()
    sequencer.start()
    _ready(f"http://{host}:{server.effective_port}")
    try:
        server.run()
    finally:
        background.stop()
        sequencer.stop()
        senders.stop()
        server.close()


def _by_several(app: Flask, address: str, workers: int) -> None:
    from service.cli.web_workers import WebWorkers  # noqa: PLC0415 - gunicorn, which one process alone does not need

    WebWorkers(app, address, workers, _ready).run()


def _ready(address: str) -> None:
    click.echo(f"Mandat is at {address}")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


COMMANDS = (serve,)
