"""Random small diagrams: what the check says of them is what becomes of them, played out in every way."""

import pytest
from hypothesis import HealthCheck, event, given, settings

from service.engine.reading import read
from service.engine.soundness import Looking, Verdict
from tests.properties.drawn import drawing
from tests.properties.free_play import TooMany, played_out
from tests.properties.plans import Plan
from tests.properties.small import KEY, small_plans
from tests.properties.test_engine import DEEP, LARGE

MANY = 20_000 if DEEP else 120
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
        everything = played_out(plan)
    except TooMany:
        assert verdict.state != "sound"
        return
    assert "unbounded" not in kinds
    assert everything.stuck == bool(kinds & {"deadlock", "left-behind"})
    assert everything.hopeless == ("livelock" in kinds)
