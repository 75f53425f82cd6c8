"""`mandat erasures`."""

from pathlib import Path

import click

from service.cli.wiring import Wiring
from service.domain.erasures import written
from service.queries import erasures as queries


@click.group()
def erasures() -> None:
    """What was erased, by commitment: the list with which `mandat restore` repeats it on a backup from before."""


@erasures.command("export")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write; one that is there stays."
)
@click.pass_obj
def export(wiring: Wiring, output: Path) -> None:
    """Write every erasure that was carried out into a file. It holds commitments and ids, and no erased value."""
    with wiring.application():
        done = queries.done()
        try:
            with output.open("x") as file:
                file.write(written(done))
        except OSError as error:
            raise click.ClickException(f"{output}: {error.strerror}.") from None
        click.echo(f"{len(done)} erasures are in {output}.")


COMMANDS = (erasures,)
