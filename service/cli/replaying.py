"""`mandat replay`."""

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from service.cli.wiring import Wiring, calling, in_workspace
from service.domain.errors import MandatError
from service.identity import ports
from service.queries import named
from service.queries import replay as query
from service.queries.copies import UNREADABLE as UNREADABLE_CELL
from service.queries.replay.logged import Logged

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
            found = query.case(asked, named.one(asked, case), ports().verify)
    except MandatError as error:
        raise Unreadable(str(error)) from error
    if as_json:
        told = {name: found[name] for name in ("case", "ok", "steps", "entries", "state", "head", *FOUND)}
        told["log"] = None if found["log"] is None else asdict(found["log"])
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
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
            *_logged(found["log"]),
        ]
    if stopped:
        return [
            f"same          steps: {steps}",
            f"not replayed  {_where(stopped)}: {stopped['reason']}",
            *_logged(found["log"]),
        ]
    beside = [it for it in found["rows"] if it is not told]
    return [
        *([f"same          steps: {steps}"] if found["steps"] else []),
        *(line for it in (told, *beside) for line in _difference(it)),
        *([] if "log" in told["place"] else _logged(found["log"])),
    ]


def _state(found: dict[str, Any]) -> str:
    """Where the case stands. One that is over holds no state, and the hash of none is the same for all."""
    if found["over"]:
        return f"the case is over, and holds none; its last entry is {found['head']}"
    return f"the case stands where they led, at {found['state']}"


def _logged(log: Logged | None) -> list[str]:
    """What the log says of the entries."""
    if log is None:
        return ["not proved    log: nothing here can look at signatures"]
    if log.broken is not None:
        at = "" if log.broken.seq is None else f"entry {log.broken.seq}: "
        return [f"differs       log: {at}{log.broken.said}"]
    if log.size is None:
        return ["not proved    log: no checkpoint has been signed yet"]
    beside = [f"{log.unsigned} stand behind it"] if log.unsigned else []
    beside += [f"{log.waiting} are not yet in the log"] if log.waiting else []
    stand = f"{log.proved} entries stand in it, under the checkpoint over its first {log.size}"
    outside = f"a checkpoint over {log.witnessed} of them was given to {log.witnesses} witnesses outside"
    return [
        f"same          log: {'; '.join([stand, *beside])}",
        f"{'witnessed  ' if log.witnessed else 'alone      '}   log: {outside if log.witnessed else NOBODY}",
    ]


NOBODY = "nobody outside has a checkpoint over them"


def _difference(told: dict[str, Any]) -> list[str]:
    return [
        f"differs       {_where(told)}: {told['reason']}",
        *(f"              {name}: {value}" for name, value in told["place"].items()),
        *_values(told),
    ]


def _values(told: dict[str, Any]) -> list[str]:
    if told["found"] == UNREADABLE_CELL:
        return []
    return [f"              written: {_value(told['written'])}", f"              found:   {_value(told['found'])}"]


def _unknown(found: dict[str, Any]) -> str:
    """How much of them cannot be compared."""
    count = found["unknown"]
    return f"; {count} hold words that entries of that day did not vouch for" if count else ""


def _where(told: dict[str, Any]) -> str:
    return " ".join([f"entry {told['seq']}", *([f"({told['kind']}, {told['at']})"] if told["kind"] else [])])


def _value(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


COMMANDS = (replay,)
