"""Random small diagrams: what the check says of them is what becomes of them, played out in every way."""

import pytest
from hypothesis import HealthCheck, event, given, settings

from service.engine.reading import read
from service.engine.soundness import Looking, Verdict
from service.engine.soundness.building import build
from service.engine.soundness.exploring import Graph, explore
from tests.properties.drawn import drawing
from tests.properties.free_play import TooMany, is_stuck_after, played_out
from tests.properties.plans import Plan
from tests.properties.small import KEY, small_plans
from tests.properties.test_engine import DEEP, LARGE

MANY = 20_000 if DEEP else 60
STUCK = {"deadlock", "left-behind"}
SLOW = [*LARGE, HealthCheck.filter_too_much]


def verdict_of(plan: Plan) -> Verdict:
    """What the check says of a process."""
    found = Looking([read(drawing(plan).bpmn(), "p.bpmn")]).verdict("p.bpmn", KEY)
    assert found is not None
    return found


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a case that fails is shrunk before it is shown
@settings(max_examples=MANY, suppress_health_check=SLOW, deadline=None)
@given(small_plans())
def test_the_verdict_is_what_becomes_of_it(plan: Plan) -> None:
    verdict = verdict_of(plan)
    kinds = {fault.kind for fault in verdict.faults}
    event(verdict.state)
    for kind in kinds:
        event(kind)
    try:
        everything = played_out(plan, most=2_000 if DEEP else 100)
    except TooMany as too_many:
        assert not too_many.heaped or verdict.state != "sound"
        return
    assert "unbounded" not in kinds
    assert everything.stuck == bool(kinds & STUCK)
    assert everything.hopeless == ("livelock" in kinds)
    for fault in verdict.faults:
        if fault.kind in STUCK:
            assert is_stuck_after(plan, fault.steps), "the counter-example is a run of the game"
        if fault.kind == "dead" and not kinds & STUCK:
            assert fault.element not in everything.passed


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a case that fails is shrunk before it is shown
@settings(max_examples=MANY, suppress_health_check=SLOW, deadline=None)
@given(small_plans())
def test_nothing_is_lost_by_making_it_smaller(plan: Plan) -> None:
    """Every order of every move, on the net as it is drawn, comes to the same."""
    verdict = verdict_of(plan)
    kinds = {fault.kind for fault in verdict.faults}
    whole = explore(build(read(drawing(plan).bpmn(), "p.bpmn").processes), limit=3_000, sparing=False)
    if not whole.complete:
        return
    assert "unbounded" not in kinds and verdict.state != "undecided"
    stuck = {state for state, out in enumerate(whole.moves) if not out and not whole.play.over(whole.markings[state])}
    assert bool(stuck) == bool(kinds & STUCK)
    assert (len(_leading_to_stops(whole)) < len(whole.markings)) == ("livelock" in kinds)


def _leading_to_stops(graph: Graph) -> set[int]:
    found = {state for state, out in enumerate(graph.moves) if not out}
    grows = True
    while grows:
        more = {state for state, out in enumerate(graph.moves) if state not in found and found & {it for it, _ in out}}
        found, grows = found | more, bool(more)
    return found
