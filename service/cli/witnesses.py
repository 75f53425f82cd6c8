"""`mandat witness`."""

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import witnesses as commands
from service.domain.witnesses import KINDS
from service.queries import witnesses as queries


@click.group()
def witness() -> None:
    """Who outside keeps the checkpoints of a workspace's log."""


@witness.command("add")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("address")
@in_workspace
@click.option(
    "--minutes", type=int, help="At least so many between two checkpoints; a mail 60, others 0 unless you say."
)
@click.pass_obj
def add(wiring: Wiring, kind: str, address: str, workspace: str, minutes: int | None) -> None:
    """Give the checkpoints to a mail address, the URL of a webhook, or a folder of MANDAT_WITNESS_FOLDERS. Prints the id, and
    for a webhook the secret that its notices are signed with: it is not shown again."""
    with wiring.application():
        added = commands.add(calling(workspace), kind, address, minutes)
        click.echo(" ".join(filter(None, (added["id"], added["secret"]))))


@witness.command("list")
@in_workspace
@click.pass_obj
def listed(wiring: Wiring, workspace: str) -> None:
    """The witnesses of a workspace: id, way, address, and the size of the log that each has."""
    with wiring.application():
        for row in queries.listed(calling(workspace).actor):
            click.echo(f"{row['id']} {row['kind']} {row['address']} {'-' if row['size'] is None else row['size']}")


@witness.command("remove")
@click.argument("witness_id", metavar="ID")
@in_workspace
@click.pass_obj
def remove(wiring: Wiring, witness_id: str, workspace: str) -> None:
    """Give a witness no further checkpoints."""
    with wiring.application():
        commands.remove(calling(workspace), witness_id)
        click.echo(f"{witness_id} gets no further checkpoints.")


COMMANDS = (witness,)
