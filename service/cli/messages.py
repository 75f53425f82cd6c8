"""`mandat message`."""

import json
from typing import Any

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import messages as commands
from service.identity.broadcasting import broadcast


class Object(click.ParamType[Any]):
    """A JSON object."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The object that a text says."""
        try:
            found = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            found = None
        if not isinstance(found, dict):
            self.fail("that is no JSON object", param, ctx)
        return found


payload_option = click.option("--payload", type=Object(), help="What it holds, as a JSON object.")


@click.group()
def message() -> None:
    """Messages to cases."""


@message.command("send")
@click.argument("name")
@in_workspace
@click.option("--keys", type=Object(), default="{}", show_default=True, help="Correlation values, as a JSON object.")
@payload_option
@click.option("--id", "sent_id", help="Your name for it: the same again is taken once.")
@click.pass_obj
def send(
    wiring: Wiring,
    name: str,
    workspace: str,
    keys: dict[str, Any],
    payload: dict[str, Any] | None,
    sent_id: str | None,
) -> None:
    """Send the message NAME to the event that waits for it, or begin a case with it. Prints what became of it."""
    with wiring.application():
        click.echo(json.dumps(commands.send(calling(workspace), name, keys, payload, sent_id)))


@message.command("signal")
@click.argument("name")
@in_workspace
@payload_option
@click.pass_obj
def signal(wiring: Wiring, name: str, workspace: str, payload: dict[str, Any] | None) -> None:
    """Give the signal NAME in every case that waits for it. Prints in how many it was heard."""
    with wiring.application():
        click.echo(json.dumps(broadcast(calling(workspace), name, payload)))


COMMANDS = (message,)
