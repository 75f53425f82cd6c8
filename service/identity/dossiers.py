"""Handing out a dossier: it is gathered, put into words, packed, and written down before anybody gets it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import rfc8785
from flask import current_app

from service.commands import dossiers as commands
from service.domain.errors import CaseMovedOn
from service.domain.notes import Note
from service.identity import sequencer
from service.queries import dossiers as queries
from service.queries.dossiers import Gathered
from service.runtime.command import Call

PAGES = "mandat.dossiers"
"""Where an application keeps what puts a gathered case into pages: `pages(gathered)` gives files by their names."""

TRIES = 5

Pages = Callable[[Gathered], Mapping[str, bytes]]


def of_case(asked: Call, case_id: str, language: str | None = None, kept: Sequence[Note] = ()) -> bytes:
    """The dossier of a case as a zip archive, for who may read the case; the journal of the case says who got it.

    `language` and `kept` as `queries.dossiers.case` has them. Raises as that does, and `CaseMovedOn` where the case never
    stood still for long enough.
    """
    pages: Pages = current_app.extensions[PAGES]
    for tried in range(1, TRIES + 1):
        gathered = queries.case(asked.actor, case_id, language, kept)
        packed = queries.pack(gathered.about, {**gathered.files, **pages(gathered)})
        try:
            made = commands.hand_out(
                replace(asked, request=None),  # each is another file, and is told
                case_id,
                packed.digest,
                gathered.entries,
                gathered.withheld,
                gathered.disclosed,
            )
        except CaseMovedOn:
            if tried == TRIES:
                raise
        else:
            # The receipt takes its place in the log at once where this process signs: what it says is then proved.
            sequencer.catch_up(asked.actor.workspace_id)
            receipt = made["receipt"]
            proof = queries.seal(asked.actor.workspace_id, case_id, receipt["seq"], gathered.facts["size"])
            return packed.archive(rfc8785.dumps(receipt), proof)
    raise AssertionError("the last try gives or raises")


def of_log(asked: Call, out: Path) -> int:
    """Write the whole log of a workspace to a file, and write down that it was; gives how many records it holds.

    Raises as `queries.dossiers.write_log` does.
    """
    written = queries.write_log(asked.actor, out)
    commands.hand_out_log(asked, written.digest, written.size)
    return written.size
