"""`mandat log`."""

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import log_keys
from service.domain.actors import operator
from service.domain.journal import INSTALLATION
from service.identity import call_as, ports, sequencer
from service.queries import log as queries
from service.queries import workspaces


@click.group()
def log() -> None:
    """The log over the journal, by which outsiders can hold this service to what it has written."""


@log.command("key")
@click.pass_obj
def key(wiring: Wiring) -> None:
    """The verifier keys of every log, in the order in which they have signed; the last signs now. Hand them to auditors by a
    way of your own: whoever gets them from the same hands as the log trusts those hands."""
    with wiring.application():
        for workspace in (INSTALLATION, *workspaces.names()):
            for found in queries.verifier_keys(workspace):
                click.echo(found.text())


@log.command("checkpoint")
@in_workspace
@click.pass_obj
def checkpoint(wiring: Wiring, workspace: str) -> None:
    """The latest checkpoint of a workspace, as it is signed."""
    with wiring.application():
        note = queries.checkpoint(calling(workspace).actor.workspace_id)
        if note is None:
            raise click.ClickException("Nothing is signed yet.")
        click.echo(note, nl=False)


@log.command("rotate-key")
@click.option("--lost", is_flag=True, help="The key that signs now is gone: it cannot sign the one that follows.")
@click.pass_obj
def rotate_key(wiring: Wiring, lost: bool) -> None:
    """Let a new key sign from now on, all logs at once. The old one signs it, and is gone; the journal keeps both.

    Where several machines sign, take the new file to the others. What died halfway is finished by the same command.
    """
    with wiring.application():
        made = log_keys.rotate(call_as(operator(INSTALLATION)), lost)
        keys = ports().keys
        assert keys is not None, "the command has used them"
        keys.follow()
        sequencer.sign_anew()
        click.echo(f"The log is signed with a new key: {made['public']}")


COMMANDS = (log,)
