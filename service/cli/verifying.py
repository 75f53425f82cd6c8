"""`mandat verify`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
UNREADABLE, UNSHOWN = 2, 3


@dataclass(frozen=True, slots=True)
class Brought:
    """What the auditor brought: checkpoints by file, verifier keys, and files with hashes of a log's records."""

    kept: list[Kept]
    trusted: list[Key]
    leaves: tuple[Path, ...]


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
@click.option(
    "--leaves",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The hashes of a whole log's records from elsewhere (leaves.bin, or tiles of level 0), which name a changed record.",
)
@click.option("--json", "as_json", is_flag=True, help="The claims about FILES as JSON.")
@click.pass_obj
def verify(
    wiring: Wiring, /, files: tuple[Path, ...], of_log: bool, workspace: str | None, as_json: bool, **brought: Any
) -> None:
    """Verify dossiers, FILES that `mandat dossier` has written, from what is in them alone. With --log compute the log of
    this database anew from every entry.

    Of each claim it is said whether it holds. Status 1: one does not, and its line names the first record that is not what
    was written; 2: a file cannot be read; 3: what you brought is not shown, which accuses nobody: the line says what to do.
    """
    if of_log == bool(files):
        raise click.UsageError("Name dossiers, or verify the log of this database with --log.")
    with wiring.bare():
        look = ports().verify
        assert look is not None, "the command is wired with what looks at signatures"
        hers = Brought(**brought)
        broken, unshown = _log(look, workspace, hers) if of_log else _dossiers(look, files, hers, as_json)
    if broken:
        raise click.ClickException(f"{broken} of these claims do not hold.")
    if unshown:
        click.echo(f"Error: {unshown} of these claims are not shown.", err=True)
        raise click.exceptions.Exit(UNSHOWN)


def _dossiers(look: Verify, files: tuple[Path, ...], hers: Brought, as_json: bool) -> tuple[int, int]:
    """How many claims of these dossiers do not hold, and how many are not shown."""
    told, broken, unshown = [], 0, 0
    kept, leaves = [it.notes for it in hers.kept], [it.read_bytes() for it in hers.leaves]
    for file in files:
        try:
            found = verifying.claims(file, look, kept, hers.trusted, leaves)
        except DossierUnreadable as error:
            click.echo(f"{file}: {error}", err=True)
            raise click.exceptions.Exit(UNREADABLE) from error
        broken += sum(it.verdict is Verdict.FAIL for it in found)
        unshown += sum(it.verdict is Verdict.UNSHOWN for it in found)
        rows = [{"claim": it.name, "verdict": it.verdict, "says": it.says, "index": it.index} for it in found]
        told.append({"file": str(file), "claims": rows})
        if not as_json:
            click.echo("\n".join([str(file), *(f"  {it.verdict:11}  {it.name}: {it.says}" for it in found), ""]))
    click.echo(json.dumps(told, indent=1, ensure_ascii=False) if as_json else UNPROVED)
    return broken, unshown


def _log(look: Verify, workspace: str | None, hers: Brought) -> tuple[int, int]:
    """How many claims about the log of this database do not hold, and how many are not shown."""
    broken, unshown = 0, 0
    if workspace is not None and workspace not in workspaces.names():
        raise WorkspaceNotFound(key=workspace)
    for verdict in log_check.verdicts(look, workspace, hers.kept, hers.trusted):
        name = "installation" if verdict.workspace_id == INSTALLATION else verdict.workspace_id
        word = {True: "holds ", False: "BROKEN", None: "NOT SHOWN"}[verdict.holds]
        click.echo(f"{word}  {name}  {verdict.claim}: {verdict.says}")
        broken, unshown = broken + (verdict.holds is False), unshown + (verdict.holds is None)
    if not hers.kept:
        click.echo(
            "No checkpoint was given: that entries were cut off at the end, or all was written anew, cannot be told."
        )
    return broken, unshown


COMMANDS = (verify,)
