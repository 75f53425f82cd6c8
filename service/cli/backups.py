"""`mandat backup` and `mandat restore`."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, TextIO

import click

from service.cli.wiring import Wiring
from service.commands import backups as commands
from service.domain.actors import operator
from service.domain.journal import INSTALLATION
from service.identity import call_as, clockwork, ports
from service.queries import backups, log_check, replay


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def backup(wiring: Wiring, file: Path) -> None:
    """Write all that the database holds into FILE, which must not be there yet. The service goes on meanwhile."""
    with wiring.bare():
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise click.ClickException(f"{file}: {error.strerror}.") from None
        try:
            with open(handle, "wb") as into:
                written = backups.write(into, ports().wall())
                into.flush()
                os.fsync(handle)
            _keep(file.absolute().parent)
        except OSError as error:
            file.unlink()
            raise click.ClickException(f"{file}: {error.strerror}. Nothing was kept.") from None
        except BaseException:
            file.unlink()
            raise
        clockwork.wind(joins=True)
        commands.made(call_as(operator(INSTALLATION)), written.digest, written.schema, written.rows)
        click.echo(f"{written.rows} rows are in {file} (SHA-256 {written.digest}).")


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--accept-broken", is_flag=True, help="Restore although the journal in the backup is broken, and say so.")
@click.option(
    "--erasures",
    "listed",
    type=click.File("r"),
    help="The list of erasures, as `mandat erasures export` or the service itself has written it: what stands there is "
    "erased again. Unless given, the list in the place of MANDAT_ERASURES, if there is one.",
)
@click.pass_obj
def restore(wiring: Wiring, file: BinaryIO, accept_broken: bool, listed: TextIO | None) -> None:
    """Bring back what `mandat backup` wrote into FILE, into an empty database of either kind, erase again what was erased
    since, replay every case, and compare what pages read with the journal.

    Status 1: nothing was restored, or what was restored is not what was written; the last lines say which.
    """
    with wiring.bare():
        shelf = ports().erasures
        erased = listed.read() if listed is not None else None if shelf is None else shelf.read()
        answer = commands.restore(call_as(operator(INSTALLATION)), file, accept_broken, erased)
        click.echo(f"{answer['rows']} rows are back as they stood at {answer['made_at']}.")
        place = listed.name if listed is not None else "" if shelf is None else shelf.place
        click.echo(_re_erased(answer["erased"], place, answer["made_at"]))
        broken = [f"The stream {stream} is not what was written." for stream in answer["broken"]]
        if sentences := [*broken, *_replayed(), *log_check.differing()]:
            raise click.ClickException("\n".join(sentences))


def _re_erased(again: Mapping[str, int] | None, place: str, made_at: str) -> str:
    """What became of what had been erased since the backup was made."""
    if again is None:
        return (
            f"WARNING: no list of erasures was given, and none lies in its place. What was erased after {made_at} is back. "
            "Bring the list and restore anew with --erasures, or ask for these erasures once more."
        )
    if not again["erasures"]:
        return f"Nothing had to be erased again: the list {place} names {again['listed']} erasures, all before this backup."
    return (
        f"Erased again, as the list {place} says: {again['erasures']} of {again['listed']} erasures, with {again['values']} "
        f"values, {again['documents']} documents and {again['people']} people. The journal keeps it."
    )


def _replayed() -> list[str]:
    """Replay every case; gives a sentence for each that does not come out as it was written."""
    cases, different, alike = backups.all_cases(), [], 0
    for number, (workspace, case) in enumerate(cases, 1):
        found = replay.case(operator(workspace), case)
        alike, at = alike + found["ok"], found["difference"]
        if found["not_replayed"]:
            click.echo(f"The case {case} was not replayed: {found['not_replayed']['reason']}.")
        if at:
            different.append(f"The case {case} differs at entry {at['seq']}: {at['reason']}.")
        if number % 100 == 0 or number == len(cases):
            click.echo(f"{number} of {len(cases)} cases replayed, {len(different)} differ.")
    click.echo(f"{alike} of {len(cases)} cases stand where their journal leads.")
    return different


def _keep(folder: Path) -> None:
    """Let the folder's entry of the file outlive a fall of the machine."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


COMMANDS = (backup, restore)
