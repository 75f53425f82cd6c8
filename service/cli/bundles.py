"""`mandat deploy` and `mandat check`."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from service.cli.shipped import FORMS, PROCESSES, find
from service.cli.wiring import Wiring, calling, in_workspace
from service.commands import deployments
from service.domain.bundles import Bundle
from service.domain.errors import BundleUnreadable, MandatError
from service.domain.findings import Finding, errors
from service.queries import bundles

paths = click.argument("paths", metavar="PATH…", nargs=-1, required=True)


@click.command()
@paths
@in_workspace
@click.option("--note", default="", help="Why.")
@click.option("--create-roles", is_flag=True, help="Make the roles that lanes name and the workspace lacks.")
@click.pass_obj
def deploy(wiring: Wiring, paths: tuple[str, ...], workspace: str, note: str, create_roles: bool) -> None:
    """Put bundles into force: each PATH a folder, a zip archive, a diagram, or the key of a shipped bundle.

    The first that is refused ends it; which ones were not tried is said.
    """
    found = [read_bundle(path) for path in paths]
    with wiring.application():
        for number, bundle in enumerate(found):
            try:
                answer = deployments.deploy(calling(workspace), bundle, note, create_roles)
            except MandatError:
                left = f" Not tried: {', '.join(paths[number + 1 :])}." if paths[number + 1 :] else ""
                click.echo(f"{paths[number]} is refused.{left}", err=True)
                raise
            state = "is in force already" if answer["unchanged"] else "is in force"
            click.echo(f"{answer['key']} version {answer['version']} {state} ({answer['digest'][:12]})")


@click.command()
@paths
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(paths: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong with bundles. Status 1: findings that stop a deployment; 2: something cannot be read.

    A folder of bundles stands for all that are in it. Each is checked as deployed beside the others and the shipped.
    """
    files: list[dict[str, Any]] = []
    status = 0
    read: dict[str, Bundle] = {}
    for name in [one for path in paths for one in _bundles_in(path)]:
        try:
            read[name] = read_bundle(name)
        except BundleUnreadable as error:
            files.append(_file(name, [Finding("unreadable", "error", str(error))]))
            status = 2
    beside = [*shipped(), *read.values()]
    for name, bundle in read.items():
        files += _checked(name, bundle, beside)
    if not status and any(not file["ok"] for file in files):
        status = 1
    if as_json:
        click.echo(json.dumps({"files": files}, ensure_ascii=False, indent=2))
    else:
        _print(files)
    sys.exit(status)


def shipped() -> list[Bundle]:
    """The bundles that come with the product."""
    return [read_bundle(str(folder)) for folder in sorted(PROCESSES.glob("*/"))]


def read_bundle(path: str) -> Bundle:
    """The bundle at a path, or the shipped one of that key."""
    return bundles.at(find(path), forms=FORMS if FORMS.is_dir() else None)


def _bundles_in(path: str) -> list[str]:
    """The path itself, or the bundles in it where it is a folder that holds nothing but folders."""
    folder = find(path)
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [str(one) for one in inside] if inside and all(one.is_dir() for one in inside) else [path]


def _checked(path: str, bundle: Bundle, beside: list[Bundle]) -> list[dict[str, Any]]:
    """One entry for each diagram and table of the bundle; findings about the whole stand with the first."""
    names = [*bundle.named(".bpmn"), *bundle.named(".dmn")]
    here: dict[str, list[Finding]] = {name: [] for name in names}
    for finding in bundles.check(bundle, beside):
        here.setdefault(finding.file or names[0], []).append(finding)
    folder = find(path).is_dir()
    return [_file(str(Path(path) / name) if folder else path, found) for name, found in here.items()]


def _file(name: str, findings: list[Finding]) -> dict[str, Any]:
    return {
        "file": name,
        "ok": not errors(findings),
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level,
                "element": finding.element,
                "message": finding.message,
                "trace": list(finding.trace),
            }
            for finding in findings
        ],
    }


def _print(files: list[dict[str, Any]]) -> None:
    for file in files:
        for finding in file["findings"]:
            place = f" {finding['element']}" if finding["element"] else ""
            click.echo(f"{file['file']}:{place} {finding['level']}: {finding['message']} [{finding['rule']}]")
        if not file["findings"]:
            click.echo(f"{file['file']}: nothing found")


COMMANDS = (deploy, check)
