"""Unsupported events are silently ignored."""

import pytest

from tests.diagrams import plain, process, signal
from tests.engine.fences.sides import Refused, on_both


@pytest.mark.parametrize(("node", "kind"), [("throw", "compensate"), ("throw", "link"), ("end", "compensate")])
@on_both(bare="went through", ours="unsupported")
def test_an_event_that_the_engine_does_not_know(engine, expected, node, kind):
    drawing = process("p").start()
    getattr(drawing, node)("event", plain(kind))
    case = engine().deploy(drawing.end() if node == "throw" else drawing)
    try:
        case.start("p")
        seen = "went through" if case.over else "waits"
    except Refused as incident:
        seen = str(incident)
    assert seen == expected


@on_both(bare=False, ours=True)
def test_a_signal_at_the_end_is_heard(engine, expected):
    drawing = process("p").start().parallel("split").catch("hear", signal("adopted")).end("heard")
    drawing.at("split").user("adopt").end("said", signal("adopted"))
    case = engine().deploy(drawing)
    case.start("p")
    case.do("adopt")
    assert case.over == expected
