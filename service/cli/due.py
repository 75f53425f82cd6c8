"""`mandat run-due`."""

import click

from service.cli.wiring import Wiring
from service.identity.clockwork import fire_due


@click.command("run-due")
@click.pass_obj
def run_due(wiring: Wiring) -> None:
    """Fire the timers that are due, once."""
    with wiring.application():
        click.echo(f"{fire_due()} timers fired.")


COMMANDS = (run_due,)
