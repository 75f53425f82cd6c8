"""`mandat demo`."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from service.cli.demonstration.playing import Play
from service.cli.demonstration.seeding import seed as seed_data
from service.cli.demonstration.telling import tell
from service.cli.shipping import ship
from service.cli.wiring import Wiring, calling
from service.queries import chronicle
from service.queries.demonstration import course

COURSE = "e1"
START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
SHOWN = ("at", "case", "process", "activity", "role", "task", "decision")


@click.command()
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(0, 2**31), help="Ids and salts follow from it."
)
@click.option("--json", "as_json", is_flag=True, help="Print every step as JSON.")
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the database in this new file, to serve what was played.",
)
@click.pass_obj
def demo(wiring: Wiring, seed: int, as_json: bool, keep: Path | None) -> None:
    """Play a sample target from proposal to publication and into revision, and one municipal measure.

    Runs on a database of its own that is gone afterwards, unless it is to be kept. The same seed prints the same bytes.
    """
    if keep is not None and keep.exists():
        raise click.BadParameter(f"{keep} is there already. Name a new file.", param_hint="--keep")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'demonstration.sqlite3' if keep is None else keep.absolute()}"
        with wiring.application(database_url=database, demo=True, seed=seed, start=START):
            for _ in ship():
                continue
            seed_data()
            play = Play()
            play.play(course(COURSE)["steps"])
            told = {key: _steps(*place) for key, place in play.cases.items()}
            head = chronicle.head()
    steps = sorted((step for steps in told.values() for step in steps), key=lambda step: step["at"])
    if as_json:
        rows = [{"n": number, **{name: step[name] for name in SHOWN}} for number, step in enumerate(steps, 1)]
        click.echo(json.dumps({"seed": seed, "journal_head": head, "steps": rows}, ensure_ascii=False, indent=2))
    else:
        tell(told, head)
    if keep is not None:
        click.echo(f"Kept in {keep}. To look at it: MANDAT_DATABASE_URL={database} mandat serve --demo", err=True)


def _steps(workspace: str, case_id: str) -> list[dict[str, Any]]:
    return chronicle.chronicle(calling(workspace).actor, case_id)


COMMANDS = (demo,)
