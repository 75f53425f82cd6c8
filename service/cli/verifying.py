"""`mandat verify`."""

from pathlib import Path

import click

from service.cli.wiring import Wiring
from service.domain.errors import WorkspaceNotFound
from service.domain.journal import INSTALLATION
from service.domain.notes import Key, NoteRefused, within
from service.domain.notes import key as verifier_key
from service.identity import ports
from service.queries import log_check, workspaces
from service.queries.log_check import Kept


def _kept(_context: object, _option: object, paths: tuple[Path, ...]) -> list[Kept]:
    kept = []
    for path in paths:
        try:
            found = within(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeError) as error:
            raise click.BadParameter(f"{path}: {error}") from None
        if not found:
            raise click.BadParameter(f"{path} holds no signed checkpoint.")
        kept += [Kept(path.name, note) for note in found]
    return kept


def _trusted(_context: object, _option: object, texts: tuple[str, ...]) -> list[Key]:
    try:
        return [verifier_key(text) for text in texts]
    except NoteRefused as error:
        raise click.BadParameter(str(error)) from None


@click.command()
@click.option("--log", "of_log", is_flag=True, required=True, help="The log of this database, from its first entry on.")
@click.option("--workspace", help="Only the log of this workspace, and the installation's.")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_kept,
    help="A checkpoint that was kept elsewhere; may be repeated. Without one nobody can tell that the end was cut off.",
)
@click.option(
    "--key",
    "trusted",
    multiple=True,
    callback=_trusted,
    help="A verifier key that you got from elsewhere; may be repeated.",
)
@click.pass_obj
def verify(wiring: Wiring, of_log: bool, workspace: str | None, kept: list[Kept], trusted: list[Key]) -> None:  # noqa: ARG001 - the only way yet
    """Compute the log anew from every entry, and say of each claim whether it holds.

    Status 1: one does not; its line names the first record that is not what was written.
    """
    broken = 0
    with wiring.bare():
        look = ports().verify
        assert look is not None, "the command is wired with what looks at signatures"
        if workspace is not None and workspace not in workspaces.names():
            raise WorkspaceNotFound(key=workspace)
        for verdict in log_check.verdicts(look, workspace, kept, trusted):
            name = "installation" if verdict.workspace_id == INSTALLATION else verdict.workspace_id
            click.echo(f"{'holds ' if verdict.holds else 'BROKEN'}  {name}  {verdict.claim}: {verdict.says}")
            broken += not verdict.holds
        if not kept:
            click.echo(
                "No checkpoint was given: that entries were cut off at the end, or all was written anew, cannot be told."
            )
    if broken:
        raise click.ClickException(f"{broken} of these claims do not hold.")


COMMANDS = (verify,)
