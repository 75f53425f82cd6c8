"""`mandat verify`."""

import json
from pathlib import Path

import click

from service.cli.keeping import Kept, checkpoints, keys
from service.cli.wiring import Wiring
from service.domain.dossiers import DossierUnreadable, Verdict
from service.domain.errors import WorkspaceNotFound
from service.domain.journal import INSTALLATION
from service.domain.notes import Key, Verify
from service.identity import ports
from service.queries import log_check, verifying, workspaces

UNPROVED = """\
Not proved, whatever stands above: that what was written is true, and that nothing was left out before it was written; when
it was (times are those of the service's clock); who held the keyboard (only which credential); what came behind the last
checkpoint that somebody else has."""
UNREADABLE = 2


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--log", "of_log", is_flag=True, help="The log of this database, from its first entry on.")
@click.option("--workspace", help="With --log, only the log of this workspace, and the installation's.")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=checkpoints,
    help="A checkpoint that was kept elsewhere; may be repeated. Without one nobody can tell that the end was cut off.",
)
@click.option(
    "--key",
    "trusted",
    multiple=True,
    callback=keys,
    help="A verifier key that you got from elsewhere; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The claims about FILES as JSON.")
@click.pass_obj
def verify(
    wiring: Wiring,
    files: tuple[Path, ...],
    of_log: bool,
    workspace: str | None,
    kept: list[Kept],
    trusted: list[Key],
    as_json: bool,
) -> None:
    """Verify dossiers, FILES that `mandat dossier` has written, from what is in them alone. With --log compute the log of
    this database anew from every entry.

    Of each claim it is said whether it holds. Status 1: one does not, and its line names the first record that is not what
    was written; 2: a file cannot be read.
    """
    if of_log == bool(files):
        raise click.UsageError("Name dossiers, or verify the log of this database with --log.")
    with wiring.bare():
        look = ports().verify
        assert look is not None, "the command is wired with what looks at signatures"
        broken = _log(look, workspace, kept, trusted) if of_log else _dossiers(look, files, kept, trusted, as_json)
    if broken:
        raise click.ClickException(f"{broken} of these claims do not hold.")


def _dossiers(look: Verify, files: tuple[Path, ...], kept: list[Kept], trusted: list[Key], as_json: bool) -> int:
    """How many claims of these dossiers do not hold."""
    told, broken = [], 0
    for file in files:
        try:
            found = verifying.claims(file, look, [it.note for it in kept], trusted)
        except DossierUnreadable as error:
            click.echo(f"{file}: {error}", err=True)
            raise click.exceptions.Exit(UNREADABLE) from error
        broken += sum(it.verdict is Verdict.FAIL for it in found)
        rows = [{"claim": it.name, "verdict": it.verdict, "says": it.says, "index": it.index} for it in found]
        told.append({"file": str(file), "claims": rows})
        if not as_json:
            click.echo("\n".join([str(file), *(f"  {it.verdict:11}  {it.name}: {it.says}" for it in found), ""]))
    click.echo(json.dumps(told, indent=1, ensure_ascii=False) if as_json else UNPROVED)
    return broken


def _log(look: Verify, workspace: str | None, kept: list[Kept], trusted: list[Key]) -> int:
    """How many claims about the log of this database do not hold."""
    broken = 0
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
    return broken


COMMANDS = (verify,)
