"""The shipped processes do what their scenarios say, and their scenarios leave nothing out."""

import pytest

from service.queries.scenarios import uncovered
from tests.processes.shipped import KEYS, SCENARIOS, bundle, outcomes, processes


@pytest.mark.parametrize("number", range(len(SCENARIOS)), ids=[f"{it.bundle}: {it.name}" for it in SCENARIOS])
def test_it_happens_as_the_scenario_says(number):
    assert outcomes()[number].differences == ()


@pytest.mark.parametrize("key", KEYS)
def test_every_flow_and_every_boundary_event_is_taken_by_some_scenario(key):
    assert uncovered(bundle(key), outcomes()) == ()


@pytest.mark.parametrize("key", [key for key in KEYS if processes(key)])
def test_a_bundle_has_scenarios_of_its_own_for_each_of_its_ends(key):
    own = [outcome for outcome in outcomes() if outcome.scenario.bundle == key]
    passed = {place for outcome in own for place in outcome.covered}
    # An error can only be caught by a caller, whose scenario plays it.
    ends = [
        it
        for it in processes(key)[0].elements
        if it.kind == "endEvent" and not any(e.kind == "error" for e in it.events)
    ]
    assert [end.id for end in ends if (key, end.id) not in passed] == []
