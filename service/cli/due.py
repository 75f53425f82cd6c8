"""`mandat run-due`."""

import click

from service.cli.wiring import Wiring
from service.identity.clockwork import begin_reviews, fire_due


@click.command("run-due")
@click.pass_obj
def run_due(wiring: Wiring) -> None:
    """Fire the timers that are due, once, and begin the revision of targets whose day for review has come."""
    with wiring.application():
        click.echo(f"{fire_due()} timers fired.")
        if begun := begin_reviews():
            click.echo(f"{begun} revisions begun.")


COMMANDS = (run_due,)
