"""`mandat history`."""

import os
import tempfile
from datetime import date, datetime
from pathlib import Path

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.identity.history import export
from service.queries import workspaces
from service.queries.history import FORMATS, Selection

SUFFIXES = {".jsonl": "jsonl", ".xes": "xes", ".json": "ocel2", ".jsonocel": "ocel2"}
TABLES = {".sqlite", ".sqlite3", ".db"}
"""How a file of tables ends: OCEL 2.0 is written as SQLite there."""

a_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option(
    "--format",
    "wanted",
    type=click.Choice(list(FORMATS)),
    help="Without it the end of FILE says: .jsonl, .xes, .json for ocel2, .sqlite for ocel2-sqlite; ocel2 with a FILE "
    "that ends in .sqlite is ocel2-sqlite as well.",
)
@click.option("-o", "file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to.")
@in_workspace
@click.option("--process", help="Only the cases in which this process ran, by its key or its bundle's.")
@click.option("--from", "first", type=a_day, help="Only entries from this day on, as the workspace counts days.")
@click.option("--to", "last", type=a_day, help="Only entries up to the end of this day.")
@click.pass_obj
def history(
    wiring: Wiring,
    wanted: str | None,
    file: Path,
    workspace: str,
    process: str | None,
    first: datetime | None,
    last: datetime | None,
) -> None:
    """Write the journal of a workspace to FILE as an event log, for auditors and for process mining.

    jsonl: the journal's entries, byte for byte. xes (IEEE 1849-2016): a trace for each case, an event for each of its
    entries. ocel2: OCEL 2.0 as JSON, ocel2-sqlite as SQLite: all entries, and the things that they name. A FILE that is
    there is replaced once the new one is whole. The journal keeps that it was exported.
    """
    format = _format(wanted, file)
    with wiring.application():
        call = calling(workspace)
        chosen = Selection.of_days(process, _day(first), _day(last), workspaces.home(call.actor).zone)
        try:
            with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder:
                made = Path(folder) / "log"
                written = export(call, format, chosen, made, told=lambda so_far: click.echo(f"{so_far} …", err=True))
                os.replace(made, file)
        except OSError as error:
            raise click.ClickException(f"{file}: {error.strerror}.") from None
        objects = "" if written.objects is None else f", {written.objects} objects"
        click.echo(f"{written.entries} entries of {written.cases} cases{objects} are in {file} ({format}).")


def _format(wanted: str | None, file: Path) -> str:
    tables = file.suffix.lower() in TABLES
    found = wanted or ("ocel2" if tables else SUFFIXES.get(file.suffix.lower()))
    if found is None:
        raise click.UsageError(f"Say --format, or let FILE end in one of {', '.join([*SUFFIXES, *sorted(TABLES)])}.")
    return "ocel2-sqlite" if found == "ocel2" and tables else found


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


COMMANDS = (history,)
