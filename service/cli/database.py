"""`mandat db`."""

import click

from service.cli.wiring import Wiring


@click.group("db")
def group() -> None:
    """The database."""


@group.command()
@click.pass_obj
def upgrade(wiring: Wiring) -> None:
    """Bring the tables to the form of this version."""
    with wiring.application():
        click.echo("The database is in the form of this version.")


COMMANDS = (group,)
