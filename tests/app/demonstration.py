"""The demonstration: begun, or played to its end, once on each database for all tests of a file."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

from service.cli.demonstration import seed
from service.cli.demonstration.playing import Play
from service.cli.shipping import ship
from service.domain.actors import Actor, operator
from service.queries import ballots, cases, hearings
from service.queries.chronicle import chronicle
from service.queries.demonstration import course
from tests.app.house import House, opened


@dataclass
class Played:
    """What was played, and where. `key` is the course's own for a case: E1, E1-revision, tiltak-4."""

    house: House
    play: Play

    def actor(self, key: str = "E1") -> Actor:
        return operator(self.play.cases[key][0])

    def case(self, key: str = "E1") -> dict[str, Any]:
        return cases.one(self.actor(key), self.play.cases[key][1])

    def ballots(self) -> list[dict[str, Any]]:
        return ballots.of_case(self.actor(), self.play.cases["E1"][1])

    def hearings(self) -> list[dict[str, Any]]:
        return hearings.of_case(self.actor(), self.play.cases["E1"][1])

    def steps(self, key: str = "E1") -> list[dict[str, Any]]:
        return self._told[key]

    @cached_property
    def _told(self) -> dict[str, list[dict[str, Any]]]:
        return {key: chronicle(operator(workspace), case) for key, (workspace, case) in self.play.cases.items()}


def begin() -> None:
    """What `mandat serve --demo` begins with."""
    for _ in ship():
        continue
    seed()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A demonstration that has just begun, once on each database, for all tests of a file."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("begun"))
        yield from _begun(f"sqlite:///{copy}")
        return
    server = request.getfixturevalue("postgres_server")
    with server.database(request.getfixturevalue("postgres_template")) as name:
        yield from _begun(server.url(name))


def _begun(url: str) -> Iterator[House]:
    with opened(url, demo=True) as house:
        begin()
        yield house


@pytest.fixture(scope="module")
def played(begun: House) -> Played:
    """The demonstration after its last step."""
    play = Play()
    play.play(course("e1")["steps"])
    return Played(begun, play)
