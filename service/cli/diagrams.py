"""`mandat layout`, `mandat import` and `mandat scenario`: work on files, without a database."""

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from service.cli.bundles import read_bundle, shipped
from service.domain.bundles import Bundle
from service.domain.errors import BundleUnreadable
from service.queries import drawings, imports, scenarios


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the new drawing goes.")
@click.option("--report", "report", is_flag=True, help="Say how well the drawing can be read, in each language.")
def layout(file: Path, out: Path | None, report: bool) -> None:
    """Draw pools, lanes and flows of a BPMN file anew. Without -o, --report measures the file as it is.

    Names get the room that they need in every language of the texts.<language>.json beside the file.
    """
    if out is None and not report:
        raise click.UsageError("Say where the drawing goes (-o), or ask for a --report on the file as it is.")
    data = file.read_bytes()
    beside = {texts.name: texts.read_bytes() for texts in file.parent.glob("texts.*.json")}
    if out is not None:
        data = drawings.layout(data, file.name, beside)
        _write(out, data)
    if report:
        _tell(drawings.reports(data, beside))


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The new folder.")
@click.option("--role", "roles", multiple=True, help="A name that lanes may have; give it again for more.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(path: Path, out: Path, roles: tuple[str, ...], as_json: bool) -> None:
    """Turn a foreign diagram or folder into a bundle that can run, and list every change.

    Status 1: something is left that cannot run; 2: the files cannot be read.
    """
    try:
        found = imports.of_path(path, roles)
    except BundleUnreadable as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for name, content in found.files.items():
        _write(out / name, content)
    if as_json:
        click.echo(json.dumps(found.report, ensure_ascii=False, indent=2))
    else:
        _print(found.report)
    sys.exit(0 if found.runs else 1)


@click.command()
@click.argument("keys", metavar="[KEY…]", nargs=-1)
@click.pass_context
def scenario(context: click.Context, keys: tuple[str, ...]) -> None:
    """Play the scenarios of the shipped bundles, or of those given by key or path. Status 1: something differs.

    What is passed counts in whichever of these bundles' scenarios it is: a caller's may play what it calls.
    """
    mine = [read_bundle(key) for key in keys] or shipped()
    library = scenarios.Library([*shipped(), *mine])
    outcomes = [scenarios.play(library, one) for bundle in mine for one in scenarios.read(bundle)]
    for outcome in outcomes:
        click.echo(f"{outcome.scenario.bundle}: {outcome.scenario.name}: {_told(outcome.differences)}")
    missed = {bundle.manifest.key: scenarios.uncovered(bundle, outcomes) for bundle in mine}
    for key, places in missed.items():
        for place in places:
            click.echo(f"{key}: no scenario here passes {place}")
    differing = sum(bool(outcome.differences) for outcome in outcomes)
    click.echo(f"{len(outcomes) - differing} of {len(outcomes)} scenarios as expected; {_covered(mine, missed)}")
    context.exit(1 if differing else 0)


def _covered(bundles: Sequence[Bundle], missed: Mapping[str, Collection[str]]) -> str:
    """How much of the diagrams the scenarios passed, in one line."""
    drawn = {bundle.manifest.key: len(bundle.named(".bpmn")) for bundle in bundles}
    whole = sum(count for key, count in drawn.items() if not missed[key])
    if whole == sum(drawn.values()):
        return f"every flow of {whole} diagrams passed"
    return f"every flow of {whole} of {sum(drawn.values())} diagrams passed"


_MENDED = {
    "edges_through_shapes": "lead the flow around the shape",
    "edges_over_labels": "move the name or the flow",
    "label_overlaps": "move the name to where nothing else is drawn, or make the lane wider",
    "shape_overlaps": "move the shapes apart",
    "edge_overlaps": "lead the flows apart",
    "strays": "move the shape into its pool, lane or sub-process",
    "crowded_names": "make the shape larger, or the name shorter",
    "undrawn": "draw it",
}


def _tell(reports: Mapping[str | None, drawings.Report]) -> None:
    """Every count of the drawing in its own words; of other languages what they add. Then how to mend what was found."""
    own = reports[None]
    for name, count in own.counts.items():
        click.echo(f"{_words(name)}: {count}" + (f" ({_places(getattr(own, name))})" if count else ""))
    found = {name for name, count in own.counts.items() if count}
    for language, report in reports.items():
        if language is not None:
            more = {
                name: [it for it in getattr(report, name) if it not in getattr(own, name)] for name in report.counts
            }
            told = [f"{_words(name)}: {len(places)} ({_places(places)})" for name, places in more.items() if places]
            found |= {name for name, places in more.items() if places}
            click.echo(f"in {language} besides: {'; '.join(told) or 'nothing'}")
    for name, mended in _MENDED.items():
        if name in found:
            click.echo(f"To mend {_words(name)}: {mended}, or draw anew (-o).")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _places(places: Sequence[str | tuple[str, str]]) -> str:
    return ", ".join(place if isinstance(place, str) else "–".join(place) for place in places)


def _write(path: Path, content: bytes) -> None:
    """Write a file, in folders made for it. Ends the command with a sentence where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(path), hint=error.strerror) from None


def _told(differences: tuple[str, ...]) -> str:
    return "; ".join(differences) or "as expected"


def _print(report: dict[str, Any]) -> None:
    for change in report["changes"]:
        click.echo(f"{_where(change)} {change['place']}: {change['before']!r} → {change['after']!r}")
    for left in report["left"]:
        click.echo(f"{_where(left)} {left['place']}: {left['text']!r} stays: {left['reason']}")
    for lane in report["lanes"]:
        click.echo(f"{lane['file']} {lane['lane']}: the lane “{lane['name']}” is no role that was given (--role)")
    for finding in report["findings"]:
        click.echo(f"{_where(finding)} {finding['level']}: {finding['message']}")
    click.echo(f"executable: {', '.join(report['executable']) or 'nothing'}")


def _where(entry: dict[str, Any]) -> str:
    return " ".join(part for part in (entry["file"], entry["element"]) if part)


COMMANDS = (layout, import_, scenario)
