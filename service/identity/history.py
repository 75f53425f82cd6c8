"""The journal given away: written first, then journalled, and only then handed over."""

from collections.abc import Callable
from pathlib import Path

from service.commands import history as commands
from service.domain.history_facts import HistoryExported
from service.queries import history
from service.queries.history import Selection, Written
from service.runtime.command import Call


def export(
    call: Call,
    format: str,
    selection: Selection,
    path: Path,
    *,
    most: int | None = None,
    told: Callable[[int], None] | None = None,
) -> Written:
    """Write an event log to a new file and keep in the journal that it was. Raises what `history.write` raises."""
    written = history.write(call.actor, format, selection, path, most=most, told=told)
    since, until = selection.instants()
    fact = HistoryExported(
        format=format,
        digest=written.digest,
        entries=written.entries,
        cases=written.cases,
        objects=written.objects,
        left_out=written.left_out or None,
        process=selection.process,
        since=since,
        until=until,
    )
    commands.exported(call, fact)
    return written
