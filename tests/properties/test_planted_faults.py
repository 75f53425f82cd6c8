"""The random cases are good enough to find faults: each of these, planted into the engine, is noticed."""

from operator import eq
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from SpiffWorkflow.util.task import TaskState

from service.engine.fences import instances, merging, rearming, saving
from service.engine.live.task import LiveTask
from service.engine.nodes import events, gateways
from tests.properties.playing import played
from tests.properties.processes import RandomCase, cases

COMMON: dict[str, Any] = {
    "a join goes on with its first token": (gateways.ParallelGateway, "may_fire", lambda self, task, arms: True),
    "a join takes the last branch's variables": (gateways, "meet", lambda arms: dict(arms[-1].data)),
    "an interrupting event ends nothing": (events.BoundaryEvent, "edge", frozenset()),
    "what is cancelled leaves its sub-processes": (
        LiveTask,
        "cancel",
        lambda task: task._set_state(TaskState.CANCELLED),
    ),
}
RARE: dict[str, Any] = {
    "what was added before a fork counts twice": (merging, "_parted", lambda left, right: left[min(left)].data),
    "a reminder comes once": (rearming, "wait_again", lambda fired: None),
    "results stand in the order in which they came": (
        instances,
        "results_so_far",
        lambda task: list(task.internal_data["results"].values()),
    ),
    "true is saved as one": (saving, "same", eq),
}
"""These take hundreds of cases to meet."""

DEEP = settings.get_current_profile_name() == "deep"


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # the case that notices need not be shown
@pytest.mark.parametrize("fault", [*COMMON, *(RARE if DEEP else ())])
def test_a_planted_fault_is_noticed(fault, monkeypatch):
    @settings(max_examples=1_000, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(cases())
    def play(random_case: RandomCase) -> None:
        played(random_case)

    monkeypatch.setattr(*(COMMON | RARE)[fault])
    with pytest.raises((AssertionError, LookupError, StopIteration)):
        play()
