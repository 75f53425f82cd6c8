"""Sealed values of a case while one of its steps is made: opened for an operation, sealed when it gives one, and opened in
what a task is called. None of it leaves the transaction but what a record of its own keeps."""

import re
from typing import TYPE_CHECKING, Any

from service import forms
from service.domain.disclosures import Broken, bare, commitments, revealed, spelled
from service.domain.record_errors import SealedValueGone
from service.engine import feel
from service.runtime.command import Work
from service.store import disclosures
from service.store.tables import Disclosure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_TOKEN = re.compile(r"\{sealed:([0-9a-f]{64})\}")
"""What stands in a text in the place of a sealed value (`engine.feel`, templates)."""

GONE = "–"
"""Stands in a text where a value was erased."""


def value(work: Work, case_id: str, given: Any) -> Any:
    """A value with all that was sealed in it as it was given. Raises `SealedValueGone`.

    Only what was sealed in this case is opened: a diagram, or who starts one, may know the commitments of another.
    """
    wanted = set(commitments(given))
    if not wanted:
        return given
    there = _there(work.session, work.workspace_id, case_id, wanted)
    if wanted - there.keys():
        raise SealedValueGone
    return spelled(revealed(given, there, {}))


def seen(work: Work, case_id: str, given: Any) -> Any:
    """A value as whoever does a task of this case sees it: opened but for what was erased, which is told so."""
    wanted = set(commitments(given))
    there = _there(work.session, work.workspace_id, case_id, wanted) if wanted else {}
    return spelled(revealed(given, there, {}))


def known(work: Work, case_id: str, given: Any) -> Any:
    """A value as a form begins with it: opened, and without what was erased."""
    wanted = set(commitments(given))
    there = _there(work.session, work.workspace_id, case_id, wanted) if wanted else {}
    return bare(revealed(given, there, {}))


def seal(work: Work, case_id: str, pointer: str, text: str) -> dict[str, str]:
    """A text of an operation's as the journal and the variables may hold it; what opens it is kept with the case."""
    salt, canonical = work.ports.salt(), forms.canonical(text)
    commitment = forms.commit(salt, canonical)
    work.session.add(
        Disclosure(
            workspace_id=work.workspace_id,
            commitment=commitment,
            case_id=case_id,
            task_id=None,
            person_id=None,
            pointer=pointer,
            salt=salt,
            value=canonical,
            sealed_at=work.now,
        )
    )
    return {"sealed": commitment}


def texts(
    session: "Session", workspace_id: str, case_id: str, given: "Iterable[str | None]", *, markdown: bool = False
) -> "list[str | None]":
    """Texts with what is sealed in them as it was given, or a dash where it was erased; as Markdown that shows just that.

    One statement for all of them, and none where nothing is sealed.
    """
    listed = list(given)
    wanted = {it for text in listed if text is not None for it in _TOKEN.findall(text)}
    if not wanted:
        return listed
    there = _there(session, workspace_id, case_id, wanted)

    def shown(found: "re.Match[str]") -> str:
        opened = there.get(found[1])
        words = opened if isinstance(opened, str) else GONE
        return feel.plain(words) if markdown else words

    return [None if text is None else _TOKEN.sub(shown, text) for text in listed]


def _there(session: "Session", workspace_id: str, case_id: str, wanted: set[str]) -> dict[str, Any]:
    """What was sealed under those commitments, of this case; what is not what was sealed counts as gone."""
    rows = disclosures.some(session, workspace_id, sorted(wanted))
    opened = {row.commitment: row.opened for row in rows if row.case_id == case_id}
    return {commitment: value for commitment, value in opened.items() if not isinstance(value, Broken)}
