"""Timers fire whenever anything completes, in the server's zone."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta, timezone
from unittest import mock

from SpiffWorkflow.bpmn.specs.event_definitions import timer

from tests.diagrams import after, on, process
from tests.engine.fences.sides import on_both


def beside(event):
    drawing = process("p").start().parallel("split").catch("later", event).user("late").end("was_late")
    return drawing.at("split").user("work").end()


@on_both(bare=["late"], ours=[])
def test_somebody_completes_a_task_when_the_time_has_passed(engine, expected):
    case = engine().deploy(beside(after('"P1D"')))
    case.start("p")
    case.wait(days=2)
    case.do("work")
    assert case.open == expected


@on_both(bare=["work"], ours=["late", "work"])
def test_now_is_the_due_time(engine, expected):
    case = engine().deploy(beside(after('"P1D"')))
    case.start("p")
    case.wait(days=1)
    case.tick()
    assert case.open == expected


@contextmanager
def server_in(zone: str, hours: int) -> Iterator[None]:
    """A server whose clock is so far ahead of UTC. The library looks at it when it is imported."""
    local = mock.patch.object(timer, "LOCALTZ", timezone(timedelta(hours=hours)))
    try:
        with mock.patch.dict(os.environ, TZ=zone), local:
            time.tzset()
            yield
    finally:
        time.tzset()


@on_both(bare=2, ours=1)
def test_a_time_without_a_zone_on_two_servers(engine, expected):
    seen = set()
    for zone, hours in (("UTC0", 0), ("JST-9", 9)):
        with server_in(zone, hours):
            case = engine().deploy(beside(on('"2026-03-20T12:00:00"')))
            case.start("p")
            seen.add(dict(case.waiting_timers)["later"])
    assert len(seen) == expected


@on_both(bare=([], []), ours=(["long", "short"], ["soon"]))
def test_two_timers_behind_an_event_gateway(engine, expected):
    drawing = process("p").start().first_of("whichever").catch("long", after('"P9D"')).user("much_later").end()
    case = engine().deploy(drawing.at("whichever").catch("short", after('"P1D"')).user("soon").end())
    case.start("p")
    known = [activity for activity, _ in case.waiting_timers]
    case.wait(days=2)
    case.tick()
    assert (known, case.open) == expected
