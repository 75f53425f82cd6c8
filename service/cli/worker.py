"""`mandat worker`."""

from collections.abc import Callable

import click
from flask import Flask

from service.cli.background import Background
from service.cli.senders import Senders
from service.cli.wiring import Wiring
from service.identity import clockwork
from service.queries import health

MENDING = 5.0
"""Seconds between two looks at whether anything is lost from the queue."""


@click.command()
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64), help="Jobs done at the same time.")
@click.pass_obj
def worker(wiring: Wiring, threads: int) -> None:
    """Do on PostgreSQL what falls due: beside `mandat serve`, as many of them and on as many machines as you like.

    While the database does not answer, it waits for it.
    """
    with wiring.application(joins=False, waits=True) as app:
        if health.embedded():
            raise click.ClickException("On SQLite `mandat serve` does this by itself; a worker needs PostgreSQL.")
        background = Background(app, clockwork.look_after, pause=MENDING)
        senders, sequencer = Senders(app), Background(app, clockwork.write_log)
        background.start()
        senders.start()
        sequencer.start()
        click.echo(f"A worker of {threads} threads waits for what falls due.")
        try:
            wiring.work({name: _within(app, doing) for name, doing in clockwork.JOBS.items()}, threads)
        finally:
            background.stop()
            sequencer.stop()
            senders.stop()


def _within(app: Flask, doing: Callable[..., object]) -> Callable[..., None]:
    def run(**arguments: str) -> None:
        with app.app_context():
            doing(**arguments)

    return run


COMMANDS = (worker,)
