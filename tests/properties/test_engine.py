"""Random cases: the engine does what BPMN says, whether instances are kept alive or read back, compacted or not."""

import pytest
from hypothesis import HealthCheck, event, given, settings

from tests.properties.playing import played
from tests.properties.processes import RandomCase, cases

DEEP = settings.get_current_profile_name() == "deep"
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
"""What Hypothesis warns of: a process is many drawn values."""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a case that fails is shrunk before it is shown
@settings(max_examples=settings().max_examples if DEEP else 60, suppress_health_check=LARGE)
@given(cases())
def test_every_variant_does_what_the_token_game_does(random_case: RandomCase):
    play = played(random_case)
    event(f"moves: {play.moves}")
    for kind in play.incidents:
        event(f"incident: {kind}")
