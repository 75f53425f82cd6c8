"""A course of events in lines that people read: a heading for each stage, and a line for each step."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import click

LOCAL = ZoneInfo("Europe/Copenhagen")

Step = Mapping[str, Any]


def tell(cases: Mapping[str, Iterable[Step]], head: str) -> None:
    """Print what happened in each case; steps of one activity in a row are one line."""
    for key, steps in cases.items():
        click.secho(f"\n{key}", bold=True)
        for line in _lines(steps):
            click.echo(line)
    click.echo(f"\njournal {head}")


def _lines(steps: Iterable[Step]) -> Iterator[str]:
    for _, group in groupby(steps, key=lambda step: (step["process"], step["activity"])):
        same = list(group)
        times = f" ×{len(same)}" if len(same) > 1 else ""
        who = same[0]["role"] or "–"
        decision = _decision(same)
        day = datetime.fromisoformat(same[-1]["at"]).astimezone(LOCAL).date()
        yield f"  {day}  {who:<18} {same[0]['task'] or same[0]['activity']}{times}{decision}"
        status = next((step["status"] for step in reversed(same) if step["status"]), None)
        if status:
            yield f"→ {status}"


def _decision(same: list[Step]) -> str:
    """What a step decided; where several people made it, what came of the last one's."""
    said = same[-1]["decision" if len(same) == 1 else "outcome"]
    return f": {said}" if said else ""
