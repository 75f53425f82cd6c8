"""`mandat migrate`: running instances go on under another version of their process."""

import json
from typing import TYPE_CHECKING, Any

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import instances
from service.domain.errors import Conflict, DefinitionNotFound, InstanceNotFound
from service.domain.misfits import MigrationRefused
from service.identity import ports
from service.queries import versions
from service.queries.versions import Over

if TYPE_CHECKING:
    from service.runtime.command import Call


def _pairs(_context: object, _option: object, texts: tuple[str, ...]) -> dict[str, str]:
    """What is called otherwise, from `OLD=NEW`."""
    pairs = [text.partition("=") for text in texts]
    for old, between, new in pairs:
        if not (old and between and new):
            raise click.BadParameter(f"“{old}{between}{new}” is not of the form OLD=NEW.")
    return {old: new for old, _, new in pairs}


@click.command()
@click.argument("key")
@click.option("--to", "--version", type=click.IntRange(1), help="The version to go on under; the newest without this.")
@click.option("--from", "since", type=click.IntRange(1), help="The version that they run by; the oldest without this.")
@click.option("--case", "case_id", help="Only what runs in this case.")
@click.option(
    "--renamed",
    multiple=True,
    metavar="OLD=NEW",
    callback=_pairs,
    help="An element or flow that has another id there; may be repeated.",
)
@click.option("--plan", "only_plan", is_flag=True, help="Say what would become of each, and do nothing.")
@click.option("--note", default="", help="Why: it is kept in the journal of each case, sealed. Needed without --plan.")
@click.option("--json", "as_json", is_flag=True, help="Print what became of each, or would, as JSON.")
@in_workspace
@click.pass_obj
def migrate(
    wiring: Wiring, /, key: str, only_plan: bool, note: str, as_json: bool, workspace: str, **which: Any
) -> None:
    """Let the running instances of the bundle KEY go on under another of its versions, where they stand.

    Each goes over by itself. One that does not fit stays as it is, and is listed with what stands in the way, part by part.
    At most 200 are looked at, the oldest first; run it again for the others. Status 1: one at least stays.
    """
    if not (only_plan or note.strip()):
        raise click.UsageError("Say why with --note, or look first with --plan.")
    with wiring.application():
        asked = calling(workspace)
        over = Over(which["to"], which["renamed"])
        found = versions.plan(asked.actor, key, over, "en", ports().now(), which["since"], which["case_id"])
        runs = [_told(run) for run in found["runs"]]
        if not only_plan:
            for run in runs:
                if run["fits"]:
                    _move(asked, run, found["to"], note)
    stay = [run for run in runs if not (run["fits"] if only_plan else run["moved"])]
    if as_json:
        told = {"key": key, "from": found["since"], "to": found["to"], "more": found["more"], "runs": runs}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print(found, runs, only_plan)
    if stay:
        raise click.exceptions.Exit(1)


def _told(run: dict[str, Any]) -> dict[str, Any]:
    """A run of the plan, in plain values."""
    misfits = [{"element": it["element"], "name": it["name"].text, "reason": it["reason"]} for it in run["misfits"]]
    told = {"instance": run["id"], "case": run["case_id"], "process": run["process_key"], "fits": run["fits"]}
    return {**told, "moved": False, "misfits": misfits, "renamed": run["renamed"]}


def _move(asked: "Call", run: dict[str, Any], to: int, note: str) -> None:
    """Move one; what stands in the way by now is told of it."""
    try:
        instances.migrate(asked, run["instance"], to, run["renamed"], note)
        run["moved"] = True
    except MigrationRefused as refused:
        run["misfits"] = [{"element": it.element, "name": it.name, "reason": it.reason} for it in refused.misfits]
    except (Conflict, DefinitionNotFound, InstanceNotFound) as error:  # somebody was faster
        run["misfits"] = [{"element": "", "name": run["process"], "reason": str(error)}]
    run["fits"] = run["moved"]


def _print(found: dict[str, Any], runs: list[dict[str, Any]], only_plan: bool) -> None:
    click.echo(f"{found['key']}: from version {found['since']} to {found['to']}")
    for run in runs:
        state = "moved" if run["moved"] else "fits" if run["fits"] and only_plan else "stays"
        click.echo(f"{state:6} {run['case']}  {run['process']}  {run['instance']}")
        for it in run["misfits"]:
            click.echo(f"         {it['name'] or it['element']}: {it['reason']}")
    done = sum(run["fits"] if only_plan else run["moved"] for run in runs)
    click.echo(f"{done} of {len(runs)} {'fit' if only_plan else 'moved'}." + (" There are more." * found["more"]))


COMMANDS = (migrate,)
