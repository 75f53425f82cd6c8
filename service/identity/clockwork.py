"""The service itself as the one who asks: it fires what is due, and keeps the clock of a demonstration."""

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import current_app

from service.commands import clock as commands
from service.commands import instances, messages, queueing, receipts, timers
from service.domain import traces
from service.domain.actors import Actor, installation, operator, scheduler
from service.domain.errors import DefinitionAltered, DemonstrationHere, MandatError, NoDemonstration, TaskNotWaiting
from service.domain.journal import INSTALLATION
from service.domain.ports import SeededRandomness, SteppedClock, demonstration
from service.domain.requests import RequestKey
from service.domain.work import FIRE
from service.identity import erasing, relay, sequencer
from service.identity.callers import PORTS, call_as, ports
from service.identity.daily import write_daily
from service.identity.nightly import replay_cases
from service.queries import clock, reviews, workspaces
from service.queries import messages as sent
from service.queries import receipts as kept
from service.queries import timers as due_timers

REVISION = "revision"
"""The process that begins where a target's day for review has come."""
log = logging.getLogger("mandat.clockwork")
WARNED = "mandat.warned"
MOST_HALTS = 500
"""Timers at which the clock halts in one move; behind so many it goes straight on, and they fire where it ends."""


def fire_due() -> int:
    """Fire every timer of the current application that is due, each in a transaction of its own; gives how many.

    A timer that somebody else fired meanwhile is passed over, one that cannot be fired becomes an incident.
    """
    fired = 0
    for workspace in workspaces.names():
        tried: set[str] = set()
        while due := [timer for timer in due_timers.due(workspace, ports().now()) if timer[1] not in tried]:
            for case_id, timer_id in due:
                tried.add(timer_id)
                fired += fire(workspace, case_id, timer_id)
    return fired


def fire(workspace_id: str, case_id: str, timer_id: str) -> int:
    """Fire one timer if it still waits and is due, under a trace of its own; gives how many were fired: 1 or 0.

    It is what a worker does when the queue wakes it.
    """
    with suppress(TaskNotWaiting, DefinitionAltered), traces.under(None):  # altered: it stays late, and others fire
        return int(timers.fire(call_as(scheduler(workspace_id)), case_id, timer_id)["fired"])
    return 0


JOBS = {FIRE: fire}
"""What a worker does for each job of the queue."""


def go_round() -> None:
    """All that the service does by itself on one machine, once."""
    fire_due()
    carry_messages()
    begin_reviews()
    forget_receipts()
    erasing.keep()
    replay_cases()


def look_after() -> None:
    """What a worker sees to beside its queue: that nothing is lost from it, and what no queue knows of."""
    queueing.mend(call_as(scheduler(INSTALLATION)))
    carry_messages()
    begin_reviews()
    forget_receipts()
    erasing.keep()
    replay_cases()


def send_out() -> int:
    """Send all that is due; gives how many messages were taken."""
    return send_mail() + tell_receivers()


def send_mail() -> int:
    """Write the daily mails that are due, and hand in the mail that waits; gives how many messages were taken. Several may do
    so at once: none takes what another has."""
    write_daily()
    return sum(relay.round_of(workspace, ["mail"]) for workspace in workspaces.names())


def tell_receivers() -> int:
    """Send receivers what waits for them: events to webhooks, checkpoints to witnesses; gives how many messages were taken.
    Several may do so at once: no two send to the same."""
    return sum(relay.round_of(workspace, ["webhook", "file"]) for workspace in workspaces.names())


def write_log() -> int:
    """Let what was written to the journal take its place in the log, and sign the log where it is time; gives how many
    entries were placed."""
    return sequencer.round_of()


def carry_messages() -> int:
    """Bring what cases sent each other, each in a transaction of its own, until nothing is on its way; gives how many
    were looked at. Messages that nobody has taken in time expire."""
    looked = 0
    for workspace in workspaces.names():
        call = call_as(scheduler(workspace))
        tried: set[str] = set()
        while due := [it for it in sent.sent(workspace) if it not in tried]:
            for message_id in due:
                tried.add(message_id)
                with suppress(DefinitionAltered):
                    messages.carry(call, message_id)
        looked += len(tried)
        if sent.any_expiring(workspace, ports().now()):
            messages.expire(call)
    return looked


def begin_reviews() -> int:
    """Begin the revision of every target whose day for review has come, once for each; gives how many.

    A workspace without that process is left in peace.
    """
    begun, warned = 0, cast("set[RequestKey]", current_app.extensions.setdefault(WARNED, set()))
    for workspace in workspaces.names():
        for target, request in reviews.due(workspace, ports().now()):
            call = replace(call_as(installation(workspace)), request=request, trace=traces.new())
            try:
                instances.start(call, REVISION, {"target": target, "cause": "date"}, None)
            except MandatError as error:
                if request not in warned:  # it is tried again at every round, and said once
                    log.warning("the revision of a target could not be begun", extra={"why": type(error).__name__})
                    warned.add(request)
                continue
            begun += 1
    return begun


def forget_receipts() -> int:
    """Throw away answers that were kept for whoever sends the same again, once they were kept long enough; gives how
    many."""
    return sum(
        int(receipts.forget(call_as(scheduler(workspace)))["forgotten"])
        for workspace in workspaces.names()
        if kept.any_lapsed(workspace, ports().now())
    )


def wind(*, joins: bool) -> None:
    """Let the current application go on where the database's demonstration stands, if it holds one.

    A demonstration that begins says so in the database: from then on every command beside it goes by its clock. One
    that draws from a seed draws on where it left off. Raises `DemonstrationRefused` over real cases, and
    `DemonstrationHere` where an application of its own would have to join one and may not.
    """
    stands = clock.position()
    if stands is not None and not ports().demo:
        if not joins:
            raise DemonstrationHere
        hand = demonstration(stands).clock  # all else is as the settings say, beside a demonstration as anywhere
        current_app.extensions[PORTS] = replace(ports(), clock=hand, demo=True)
    elif ports().demo:
        hand, source = ports().clock, ports().randomness
        if isinstance(source, SeededRandomness):
            source.resume(clock.written())
        if isinstance(hand, SteppedClock):
            hand.forward(stands or hand())
        if stands is None:
            keep()


def keep() -> None:
    """Keep where the clock stands, after something other than `forward` has moved it."""
    commands.forward(call_as(operator(INSTALLATION)), ports().now())


def forward(actor: Actor, moment: datetime) -> None:
    """Move the demonstration on to `moment`, and fire what came due on the way, each at its own time.

    Raises `NoDemonstration`.
    """
    hand = ports().clock
    if not isinstance(hand, SteppedClock):
        raise NoDemonstration
    for _ in range(MOST_HALTS):
        due = clock.next_timer(hand())
        if due is None or due > moment:
            break
        _move(actor, hand, due)
    _move(actor, hand, moment)


def _move(actor: Actor, hand: SteppedClock, moment: datetime) -> None:
    """What the database says comes first: after a crash in between, the clock does not stand before what happened."""
    commands.forward(call_as(actor), moment)
    hand.forward(moment)
    fire_due()
    carry_messages()
    begin_reviews()
