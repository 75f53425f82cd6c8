"""Random cases over the API, on both databases: the service does what BPMN says, and a fresh process tells it again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from marshmallow import fields

from service.engine.nodes import gateways
from service.operations.registry import REGISTRY, operation
from service.runtime import effects
from service.store import timers
from tests.app.house import House, Someone, house, opened
from tests.properties.processes import RandomCase, cases
from tests.properties.serving import ROLE, served
from tests.properties.sketch import HAND_BACK
from tests.properties.test_engine import DEEP, LARGE
from tests.support.repository import ROOT

__all__ = ["house"]

close, called = effects._close, effects._called
COMMON: dict[str, Any] = {
    "a timer that was cleared still comes": (timers, "remove", lambda session, workspace, ids: None),
    "what an operation gave is not written down": (
        effects,
        "_called",
        lambda result: called(replace(result, calls=())),
    ),
}
RARE: dict[str, Any] = {
    "a task that was taken back stays in the inbox": (
        effects,
        "_close",
        lambda work, opened, result, by, given_at: close(
            work,
            opened,
            replace(result, closed=tuple(it for it in result.closed if it.reason == "completed")),
            by,
            given_at,
        ),
    ),
    "a join goes on with its first token": (gateways.ParallelGateway, "may_fire", lambda self, task, arms: True),
}
"""These take dozens of cases to meet. The last is the engine's own, the others are faults of the service around it."""


@pytest.fixture(autouse=True)
def hand_back() -> Iterator[None]:
    """The operation that random processes call."""

    def run(_session: Any, _place: Any, parameters: Mapping[str, Any]) -> Any:
        """Give it back."""
        return parameters["value"]

    operation(HAND_BACK, value=fields.Raw(allow_none=True))(run)
    yield
    del REGISTRY[HAND_BACK]


def everybody(house: House) -> Someone:
    """Who deploys, starts, does every task and helps."""
    return house.person("anne", ROLE, administrator=True)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # a case that fails is shrunk before it is shown
def test_the_service_does_what_the_token_game_does(house: House, database_url: str):
    someone, played = everybody(house), []

    @settings(max_examples=settings().max_examples // 4 if DEEP else 4, suppress_health_check=LARGE)
    @given(cases())
    def play(random_case: RandomCase) -> None:
        done = served(house, someone, random_case)
        played.append(done.case_id)
        event(f"moves: {done.moves}")
        for kind in done.incidents:
            event(f"incident: {kind}")

    play()
    command = [sys.executable, "-m", "tests.properties.retelling"]
    run = subprocess.run(command, cwd=ROOT, input=database_url, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == dict.fromkeys(played)


@pytest.fixture
def small_house(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    """A service on SQLite alone: a fault of the service is one on either database."""
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}") as house:
        yield house


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # the case that notices need not be shown
@pytest.mark.parametrize("fault", [*COMMON, *(RARE if DEEP else ())])
def test_a_planted_fault_is_noticed_over_the_api(fault: str, small_house: House, monkeypatch: pytest.MonkeyPatch):
    someone = everybody(small_house)

    @settings(max_examples=200, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(cases())
    def play(random_case: RandomCase) -> None:
        served(small_house, someone, random_case)

    monkeypatch.setattr(*(COMMON | RARE)[fault])
    with pytest.raises((AssertionError, LookupError, StopIteration)):
        play()
