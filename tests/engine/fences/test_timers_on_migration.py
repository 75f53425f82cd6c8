"""Timers restart when an instance is migrated."""

from datetime import timedelta

from tests.diagrams import after, process
from tests.engine.fences.sides import on_both


@on_both(bare=timedelta(days=4), ours=timedelta(0))
def test_a_deadline_after_a_migration_to_the_same_drawing(engine, expected):
    drawing = process("p").start().catch("deadline", after('"P10D"')).end()
    case = engine().deploy(drawing)
    case.start("p")
    ((_, before),) = case.waiting_timers
    case.wait(days=4)
    case.migrate(drawing)
    case.tick()
    ((_, after_it),) = case.waiting_timers
    assert after_it - before == expected
