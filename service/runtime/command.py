"""The frame of every command: one transaction, one moment, and one answer for one request key."""

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from service import meters
from service.domain.actors import Actor
from service.domain.errors import Contended, MandatError, Unavailable
from service.domain.facts import Fact
from service.domain.journal import By
from service.domain.ports import Ports
from service.domain.requests import RequestKey
from service.runtime import notices
from service.store import journal, receipts
from service.store.db import reading, transaction
from service.store.tables import Chained

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TRIES, SHORTLY = 5, 0.01
"""How often a command is tried where the database breaks ties against it, and how long it waits at first, in seconds."""

P = ParamSpec("P")
Answer = dict[str, Any]
"""What a command answers: JSON values only, so that it can be kept and given again."""


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, with which ports, and under which request key and trace if any."""

    actor: Actor
    ports: Ports
    request: RequestKey | None = None
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One command at work: its session, who asked, and the one moment at which all of it happens.

    `trace` leads to the request that it came of; `moves` are the kinds of the moves that it has made.
    """

    session: "Session"
    actor: Actor
    ports: Ports
    now: datetime
    trace: str | None = None
    moves: list[str] = field(default_factory=list)

    @property
    def workspace_id(self) -> str:
        """The workspace in which the command works: the actor's."""
        return self.actor.workspace_id

    def new_id(self) -> str:
        """A fresh id of ours."""
        return self.ports.new_id(self.now)

    def record(self, owner: Chained, facts: Iterable[Fact], by: By | None = None) -> None:
        """Write facts to the stream of `owner`, as done by the actor unless `by` says otherwise.

        What receivers outside asked to hear of goes into the outbox.
        """
        told = list(facts)
        out = notices.Out(self.now, self.ports.wall(), self.new_id, self.trace)
        told += notices.queue(self.session, owner, told, out)
        by = by or self.actor.by()
        journal.append(self.session, owner, told, by=by, now=self.now, demo=self.ports.demo, trace=self.trace)


def command(verb: Callable[Concatenate[Work, P], Answer]) -> Callable[Concatenate[Call, P], Answer]:
    """Make a verb a command: called with a `Call`, it does all it does in one transaction, or nothing.

    A request that was answered before gets the same answer and does nothing. The answer is looked for only when the
    verb fails or cannot keep its own: the first time costs one statement, the receipt that is written last.
    """

    def once(call: Call, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        with transaction() as session:
            work = Work(session, call.actor, call.ports, call.ports.now(), call.trace)
            answer = verb(work, *args, **kwargs)
            if call.request is not None:
                receipts.keep(session, call.request, answer, work.now)
        for kind in work.moves:
            meters.step(kind)
        return answer

    @wraps(verb)
    def run(call: Call, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        try:
            return _insistently(once, call, *args, **kwargs)
        except MandatError:
            given = None if call.request is None else _given(call.request)
            if given is None:
                raise
            return given

    return run


def in_parts(call: Call, parts: Callable[[], list[Answer]], whole: Callable[[list[Answer]], Answer]) -> Answer:
    """One answer to a request that takes a command for each of its parts: the same answer to the same request.

    `parts` asks each part under a key of its own (`RequestKey.part`) and gives their answers; `whole` makes one of
    them. Where the service died in between, the same request does what was left. Raises what `parts` raises, unless
    others have done it meanwhile.
    """
    request = call.request
    if request is None:
        return whole(parts())
    given = _given(request)
    if given is not None:
        return given
    try:
        parts()
    except Unavailable:
        raise
    except MandatError:
        if not _parts(request):
            raise
    answer = whole(_parts(request))
    try:
        with transaction() as session:
            receipts.keep(session, request, answer, call.ports.now())
    except receipts.AnswerGiven:
        return _given(request) or answer
    return answer


def _parts(request: RequestKey) -> list[Answer]:
    with reading() as session:
        return list(receipts.of_parts(session, request))


def _insistently(
    once: Callable[Concatenate[Call, P], Answer], call: Call, /, *args: P.args, **kwargs: P.kwargs
) -> Answer:
    """Do it, and again after a moment where the database broke a tie against us. Raises `Contended` at last."""
    for tried in range(1, TRIES):
        try:
            return once(call, *args, **kwargs)
        except Contended:
            time.sleep(random.random() * SHORTLY * 2**tried)  # who tied with us must not do so again
    return once(call, *args, **kwargs)


def _given(request: RequestKey) -> Answer | None:
    with reading() as session:
        return receipts.find(session, request)
