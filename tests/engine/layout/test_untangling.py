"""Flows cross only where the places of the shapes leave them no other way."""

from service.engine.layout import layout, report
from tests.diagrams import process
from tests.engine.layout.seen import Seen


def three_outcomes() -> bytes:
    """A decision in the upper lane with three outcomes in the lower one, and something in the way straight below."""
    drawing = process("p", name="Sag").start("begin", lane="Sekretariat").user("write", lane="Sekretariat")
    drawing.user("decide", lane="Styregruppe").exclusive("which", name="Beslutning?", lane="Styregruppe")
    for outcome in ("start", "postpone", "reject"):
        drawing.at("which").when(f'outcome = "{outcome}"')
        drawing.user(outcome, lane="Sekretariat").end(f"end_{outcome}", lane="Sekretariat")
    drawing.at("write").user("other", lane="Sekretariat").user("more", lane="Sekretariat").end(
        "lapsed", lane="Sekretariat"
    )
    return drawing.bpmn(drawn=False)


def test_the_outcomes_of_a_decision_fan_out_without_crossing():
    found = report(layout(three_outcomes()))
    assert found.clean
    outcomes = {Seen(layout(three_outcomes())).between("which", to).element for to in ("start", "postpone", "reject")}
    assert [pair for pair in found.crossings if outcomes.issuperset(pair)] == []


def test_a_drawing_that_is_laid_out_again_stays():
    once = layout(three_outcomes())
    assert layout(once) == once
