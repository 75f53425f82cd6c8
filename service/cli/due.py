"""`mandat run-due`."""

import click

from service.cli.wiring import Wiring
from service.identity.clockwork import begin_reviews, carry_messages, fire_due, send_out, write_log


@click.command("run-due")
@click.pass_obj
def run_due(wiring: Wiring) -> None:
    """Fire the timers that are due, once, carry messages between cases, begin the revision of targets whose day for review has come, write
    the log, and send what waits in the outbox."""
    with wiring.application():
        click.echo(f"{fire_due()} timers fired.")
        if carried := carry_messages():
            click.echo(f"{carried} messages between cases carried.")
        if begun := begin_reviews():
            click.echo(f"{begun} revisions begun.")
        if placed := write_log():
            click.echo(f"{placed} entries took their place in the log.")
        while taken := send_out():
            click.echo(f"{taken} messages taken from the outbox.")


COMMANDS = (run_due,)
