"""`mandat dossier`."""

from pathlib import Path

import click

from service.cli.keeping import Kept, checkpoints
from service.cli.wiring import Wiring, calling, in_workspace
from service.identity import dossiers
from service.queries import named


@click.command()
@click.argument("case", required=False)
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
@click.option("--log", "whole", is_flag=True, help="The whole log of the workspace, without anything that is sealed.")
@click.option("--language", help="Of the pages in it: da, nb or en; the workspace's own without this.")
@click.option(
    "--checkpoint",
    "kept",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=checkpoints,
    help="A checkpoint that was kept elsewhere: the dossier shows that the log leads through it. May be repeated.",
)
@in_workspace
@click.pass_obj
def dossier(
    wiring: Wiring, case: str | None, out: Path, whole: bool, language: str | None, kept: list[Kept], workspace: str
) -> None:
    """Write everything about CASE into one zip file that can be read and verified without this service.

    CASE is its id, its number as pages show it, or number and process: E1-revision.

    The journal of the case says that it was handed out. With --log it is every record of the workspace instead.
    """
    if whole == (case is not None):
        raise click.UsageError("Name a case, or ask for the whole log with --log.")
    if language not in (None, "da", "nb", "en"):
        raise click.BadParameter("Known are da, nb and en.", param_hint="--language")
    with wiring.application():
        asked = calling(workspace)
        if case is None:
            click.echo(f"{out}: {dossiers.of_log(asked, out)} records.")
            return
        held = [note for it in kept for note in it.notes]
        content = dossiers.of_case(asked, named.one(asked.actor, case), language, held)
        out.write_bytes(content)
        click.echo(f"{out}: {len(content):,} bytes.")


COMMANDS = (dossier,)
