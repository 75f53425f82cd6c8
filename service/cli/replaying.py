"""`mandat replay`."""

import json
import sys
from typing import Any

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.domain.errors import MandatError
from service.queries import named
from service.queries import replay as query

UNREADABLE = 2
"""The status where nothing can be said: there is no such case, or it cannot be replayed here."""

FOUND = ("difference", "not_replayed", "rows", "unknown")


class Unreadable(click.ClickException):
    """What ends with that status."""

    exit_code = UNREADABLE


@click.command()
@click.argument("case", metavar="CASE")
@in_workspace
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def replay(wiring: Wiring, case: str, workspace: str, as_json: bool) -> None:
    """Make all steps of a case again from its journal, and say whether they come out as they were written, and whether
    what pages read says the same.

    CASE is its id, its number as pages show it, or number and process: E1-revision. Status 1: something differs; 2:
    there is no such case, or it cannot be replayed here, which says nothing against it.
    """
    try:
        with wiring.bare():
            asked = calling(workspace).actor
            found = query.case(asked, named.one(asked, case))
    except MandatError as error:
        raise Unreadable(str(error)) from error
    if as_json:
        told = {name: found[name] for name in ("case", "ok", "steps", "entries", "state", "head", *FOUND)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _lines(found):
            click.echo(line)
    if not found["ok"]:
        sys.exit(1 if found["difference"] else UNREADABLE)


def _lines(found: dict[str, Any]) -> list[str]:
    told, stopped = found["difference"], found["not_replayed"]
    steps = f"{found['steps']} steps came out as they were written"
    if found["ok"]:
        return [
            f"same          entries: {found['entries']} follow one another, and none is missing",
            f"same          steps: {steps}",
            f"same          state: {_state(found)}",
            f"same          tables: what pages read says what the journal says{_unknown(found)}",
        ]
    if stopped:
        return [
            f"same          steps: {steps}",
            f"not replayed  {_where(stopped)}: {stopped['reason']}",
        ]
    beside = [it for it in found["rows"] if it is not told]
    return [
        *([f"same          steps: {steps}"] if found["steps"] else []),
        *(line for it in (told, *beside) for line in _difference(it)),
    ]


def _state(found: dict[str, Any]) -> str:
    """Where the case stands. One that is over holds no state, and the hash of none is the same for all."""
    if found["over"]:
        return f"the case is over, and holds none; its last entry is {found['head']}"
    return f"the case stands where they led, at {found['state']}"


def _difference(told: dict[str, Any]) -> list[str]:
    return [
        f"differs       {_where(told)}: {told['reason']}",
        *(f"              {name}: {value}" for name, value in told["place"].items()),
        f"              written: {_value(told['written'])}",
        f"              found:   {_value(told['found'])}",
    ]


def _unknown(found: dict[str, Any]) -> str:
    """How much of them cannot be compared."""
    count = found["unknown"]
    return f"; {count} hold words that entries of that day did not vouch for" if count else ""


def _where(told: dict[str, Any]) -> str:
    return " ".join([f"entry {told['seq']}", *([f"({told['kind']}, {told['at']})"] if told["kind"] else [])])


def _value(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


COMMANDS = (replay,)
