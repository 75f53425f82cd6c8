"""`mandat decide`: a decision of a DMN file, or the cases of the standard's compatibility kit; without a database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from service.domain.errors import BundleUnreadable
from service.domain.ports import system_clock
from service.queries import decisions


class JSONObject(click.ParamType[dict[str, Any]]):
    """A JSON object, as a value on the command line."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        """The object, or a sentence that says what is wrong with it."""
        if isinstance(value, dict):
            return value
        try:
            found = json.loads(value)
        except (ValueError, RecursionError) as error:
            self.fail(f"This is not JSON: {error}", param, ctx)
        if not isinstance(found, dict):
            self.fail("The inputs are a JSON object: a value for each name.", param, ctx)
        return found


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--input", "inputs", type=JSONObject(), default="{}", metavar="JSON", help="The inputs, by name.")
@click.option("--decision", help="The id or name of the decision; not needed where one alone is needed by no other.")
@click.option("--kit", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR", help="See above.")
@click.option(
    "--country",
    type=click.Choice(decisions.COUNTRIES),
    default="DK",
    show_default=True,
    help="Whose time and working days.",
)
def decide(file: Path | None, inputs: dict[str, Any], decision: str | None, kit: Path | None, country: str) -> None:
    """Ask a decision of a DMN FILE, or run the standard's compatibility kit.

    Prints as JSON the outputs, the rules that fired with their annotations, every decision made on the way, the digest
    of the table, and why a null came out. Inputs are read as the file types them: a date is a text. Files that FILE
    imports are looked for in its folder. Status 1: no such decision, or it cannot be made; 2: the file cannot be read.

    With --kit DIR: runs every test file (*-test-*.xml) in DIR and the folders in it against the model beside it. Counted
    are test cases: one passes when all its result nodes do; a file that cannot be read is one that failed. Prints each,
    and last "passed N of M". Status 1: some failed; 2: there are none.
    """
    if (file is None) == (kit is None):
        raise click.UsageError("Give a FILE, or a folder of the kit with --kit.")
    if kit is not None:
        sys.exit(_run(kit))
    assert file is not None
    try:
        found = decisions.of_file(file, decision, inputs, system_clock(), country)
    except BundleUnreadable as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _run(folder: Path) -> int:
    """Print the outcome of every case, and their number; the status."""
    cases = passed = 0
    for outcome in decisions.kit(folder, system_clock()):
        cases += 1
        passed += not outcome.problems
        place = f"{outcome.file} {outcome.case}".strip()
        click.echo(f"failed {place}: {'; '.join(outcome.problems)}" if outcome.problems else f"passed {place}")
    click.echo(f"passed {passed} of {cases}")
    if not cases:
        return 2
    return 0 if passed == cases else 1


COMMANDS = (decide,)
