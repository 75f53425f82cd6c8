"""How a case stood after any of its steps, by making them again: every few steps are kept, so that the next is near."""

import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from service.domain.sentences import Sentence
from service.engine import looking, state_hash
from service.engine.shapes import CaseState, InstanceEnded
from service.queries.replay.comparing import Differs, NotReplayed
from service.queries.replay.recorded import Recorded, steps
from service.queries.replay.walking import Walk
from service.store.tables import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVERY = 20
"""Moves between two states that are kept of a case."""

KEPT = 16
"""Cases of which states are kept, for each database; those looked at last."""

PATIENCE = 2.0
"""Seconds that one look may take, once it came `EVERY` moves further: a machine that is slow gets there too, look by look.
What was made by then is kept, and the next look goes on there."""

Known = list[tuple[str | None, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Moment:
    """What each instance knew after a step, by its id: the elements where it waited, with the variables seen from there;
    of one that was over, the variables with which it ended. Its elements and names are those of the version of then."""

    known: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The values of that moment cannot be told: `why` says it, or, where it is None, that they are still being made."""

    why: Sentence | None


States = dict[int, tuple[CaseState, dict[str, InstanceEnded]]]
"""The states of one case that are kept, and what had ended, by how many moves had been made."""

_kept: "WeakKeyDictionary[object, OrderedDict[tuple[str, str], States]]" = WeakKeyDictionary()
_lock = Lock()


def moments(
    session: "Session", case: Case, entries: Sequence[Mapping[str, Any]], after: Sequence[int]
) -> list[Moment | Unknown]:
    """How the case stood behind the entries of those numbers (`after`, growing), of all its `entries`."""
    try:
        moves = list(steps(entries))
    except NotReplayed as stopped:
        return [Unknown(stopped.said) for _ in after]
    course = _Course(Walk.of(session, case.workspace_id, case.id), moves, _states(session, case))
    causes, until = [it.cause["seq"] for it in moves], time.monotonic() + PATIENCE
    return [course.moment(bisect_right(causes, seq), until) for seq in after]


@dataclass(slots=True)
class _Course:
    walk: Walk
    moves: Sequence[Recorded]
    states: States

    def moment(self, count: int, until: float) -> Moment | Unknown:
        """How the case stood after so many moves."""
        self._begin(count)
        begun = self.walk.count
        while self.walk.count < count:
            if self.walk.count - begun >= EVERY and time.monotonic() > until:
                self._keep()
                return Unknown(None)
            try:
                self.walk.make(self.moves[self.walk.count])
            except (Differs, NotReplayed) as stopped:
                self._keep()
                return Unknown(stopped.said)
            if self.walk.count % EVERY == 0:
                self._keep()
        return self._known()

    def _begin(self, count: int) -> None:
        """Stand at the nearest state before that is kept, unless the walk has come further. One to which this journal does
        not lead is not believed."""
        for near in sorted((it for it in list(self.states) if self.walk.count < it <= count), reverse=True):
            state, ended = self.states[near]
            if state_hash(state.instances) == self.moves[near - 1].cause["data"]["state"]:
                self.walk.state, self.walk.ended, self.walk.count = state, dict(ended), near
                return

    def _keep(self) -> None:
        if self.walk.count:
            self.states[self.walk.count] = (self.walk.state, dict(self.walk.ended))

    def _known(self) -> Moment:
        known: dict[str, Known] = {
            it.id: looking.known(self.walk.originals.definition(it.bundle_digest, it.process_key), it.id, it.snapshot)
            for it in self.walk.state.instances
        }
        return Moment(known | {key: [(None, dict(end.variables))] for key, end in self.walk.ended.items()})


def _states(session: "Session", case: Case) -> States:
    with _lock:
        cases = _kept.setdefault(session.get_bind(), OrderedDict())
        found = cases.setdefault((case.workspace_id, case.id), {})
        cases.move_to_end((case.workspace_id, case.id))
        while len(cases) > KEPT:
            cases.popitem(last=False)
        return found
