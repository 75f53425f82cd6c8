"""`mandat webhook`."""

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import webhooks as commands
from service.queries import webhooks as queries


@click.group()
def webhook() -> None:
    """Who outside is told of what happens in a workspace."""


@webhook.command("add")
@click.argument("url")
@in_workspace
@click.option(
    "--kind", "kinds", multiple=True, help="A kind of event, such as task.completed; may be repeated. Without it all."
)
@click.pass_obj
def add(wiring: Wiring, url: str, workspace: str, kinds: tuple[str, ...]) -> None:
    """Tell the receiver at URL of events. Prints the secret that they are signed with: it is not shown again."""
    with wiring.application():
        added = commands.add(calling(workspace), url, kinds)
        click.echo(f"{added['id']} {added['secret']}")


@webhook.command("list")
@in_workspace
@click.pass_obj
def listed(wiring: Wiring, workspace: str) -> None:
    """The receivers of a workspace: id, address, kinds of events."""
    with wiring.application():
        call = calling(workspace)
        for row in queries.listed(call.actor, call.ports.wall()):
            click.echo(f"{row['id']} {row['url']} {','.join(row['kinds'])}")


@webhook.command("remove")
@click.argument("webhook_id", metavar="ID")
@in_workspace
@click.pass_obj
def remove(wiring: Wiring, webhook_id: str, workspace: str) -> None:
    """Tell a receiver of nothing more."""
    with wiring.application():
        commands.remove(calling(workspace), webhook_id)
        click.echo(f"{webhook_id} is told of nothing more.")


COMMANDS = (webhook,)
