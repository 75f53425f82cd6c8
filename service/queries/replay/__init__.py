"""Replaying a case: its moves are made again from the journal, and every state must have the hash that was written.

Nothing is asked of today: the moment, the version that a call was bound to, what an operation answered and which
decision table was used are those of the entries. What is compared: the definitions with the files of their bundles; the
elements that were passed, the calls that were bound, the rules that fired, what was opened, set and ended, and the
state's hash, step by step; in the end all that the database holds of the case's instances; the rows that say what the
journal says too (`queries.copies`); and, beside that, each entry with its place in the log (`logged`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from service.domain.actors import Actor
from service.domain.cases import may_read
from service.domain.errors import CaseNotFound
from service.domain.notes import Verify
from service.engine import state_hash
from service.queries import copies
from service.queries.replay import telling
from service.queries.replay.comparing import Differs, NotReplayed
from service.queries.replay.logged import logged
from service.queries.replay.recorded import steps
from service.queries.replay.resting import compare, same_state
from service.queries.replay.walking import Walk
from service.queries.withheld import Veil
from service.store import cases, journal
from service.store.moments import moment, session_on
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["again", "case", "checked", "named"]

Entry = Mapping[str, Any]


def case(actor: Actor, case_id: str, verify: Verify | None = None) -> dict[str, Any]:
    """Replay a case, as it stands at one moment. `ok` says whether all of it was replayed and agrees; `steps` how many
    steps did; `state` is the hash of where the case stands, which of every case that is `over` is that of no state at all:
    it is `head`, the hash of its last entry, that tells it from others. `rows` are all that differ of what is kept beside the
    journal, and `unknown` counts those that hold more than their entries can vouch for. With `verify` its entries are held
    against the log too: `log` is a `Logged`.

    If not, either `difference` is the first place where it does not agree: the entry (`seq`, `kind`, `at`), the `place`
    (instance, element, name of the variable, path), what is `written` and what was `found` there, and the `reason`, a
    sentence of ours. Or `not_replayed` says where it stopped and why: nothing is known to be wrong then. What is sealed
    stays sealed, and what a ballot withholds from the actor is not told. Raises `CaseNotFound`.
    """
    with moment() as connection, session_on(connection) as session:
        row = cases.case(session, actor.workspace_id, case_id)
        if row is None or not may_read(actor, case_id):
            raise CaseNotFound
        found = checked(session, row, verify)
        return telling.covered(found, Veil(session, actor, row))


def checked(session: "Session", row: Case, verify: Verify | None = None) -> dict[str, Any]:
    """What `case` gives, for nobody in particular."""
    told = {"case": row.id, "entries": row.journal_seq, "head": row.journal_head, "state": row.state_hash}
    told["over"] = row.state_hash == state_hash(())
    proof = None if verify is None else logged(session, row, verify)
    broken = journal.verify(session, row)
    if broken is not None:
        return told | telling.broken(broken) | {"log": proof}
    entries = journal.entries(session, *row.stream)
    found = _replayed(session, row, entries, compare)
    beside = copies.of_case(session, row.workspace_id, row.id, entries)
    return told | telling.proved(telling.beside(found, beside), proof)


def again(session: "Session", row: Case, entries: Sequence[Entry]) -> dict[str, Any]:
    """What `case` gives of a case that has been set up in a database of its own, by its entries: of its instances there
    are no rows, and the state is held against that of `row` alone."""
    return _replayed(session, row, entries, same_state)


def _replayed(
    session: "Session", row: Case, entries: Sequence[Entry], finish: Callable[[Case, Walk], None]
) -> dict[str, Any]:
    walk, at = Walk.of(session, row.workspace_id, row.id), None
    try:
        for step in steps(entries):
            at = step.cause
            walk.make(step)
        finish(row, walk)
    except Differs as difference:
        return telling.differs(walk, at, difference)
    except NotReplayed as stopped:
        return telling.stopped(walk, stopped.entry or at, stopped.said)
    return {"ok": True, "steps": walk.count, "difference": None, "not_replayed": None}
