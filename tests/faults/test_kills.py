"""kill -9 at every named place: nothing acknowledged is lost, nothing is done twice, and planted faults are seen.

Here every place is tried once, those around a commit on each database and the others on one of the two. `python3 dev.py faults --full` makes it a thousand kills on each database.
"""

import random
import subprocess
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask

from tests.faults import judge
from tests.faults.lives import Fatal, Lives
from tests.faults.plants import OF_SERVICES
from tests.faults.report import Report, points_of
from tests.faults.sizes import FULL, size
from tests.faults.work import NOWHERE, Client, Lived


def places(lives: Lives, trace: Path, app: Flask) -> list[Fatal]:
    """Every place that a case reaches and each time that it is reached: each place once before any place twice."""
    lives.begin(trace=trace)
    client = Client(lives, iter(()), lambda lived: judge.verdict(app, lived))
    client.one(Lived(-1), NOWHERE, 0)
    lives.end()
    found = points_of(trace)
    random.Random(1).shuffle(found)
    return sorted(found, key=lambda fatal: fatal[1])


def shared(named: set[str], database_url: str) -> set[str]:
    """Which of the places are tried on that database."""
    others = sorted(point for point in named if "COMMIT" not in point)
    mine = others if FULL else others[database_url.startswith("sqlite") :: 2]
    return {point for point in named if "COMMIT" in point} | set(mine)


def test_nothing_acknowledged_is_lost_wherever_the_service_is_killed(
    judging: Flask, token: str, bearing: subprocess.Popen[str], database_url: str, tmp_path: Path, report: Report
) -> None:
    lives = Lives(bearing, database_url, token)
    points = places(lives, tmp_path / "trace", judging)
    named = shared({point for point, _ in points}, database_url)
    points = [it for it in points if it[0] in named]
    client = Client(lives, cycle(points), lambda lived: judge.verdict(judging, lived))
    client.work(size(len(named), 1000))
    report("killed while it answers", f"{client.cases:,} cases", killed=client.killed, wrong=client.wrong)
    assert client.wrong == []
    assert set(client.killed) == named
    assert {"instances: after COMMIT", "claim: after COMMIT", "complete: after COMMIT"} <= named


@pytest.mark.parametrize("plant", [it.__name__ for it in OF_SERVICES])
def test_a_planted_fault_is_seen(
    plant: str, judging: Flask, token: str, bearing: subprocess.Popen[str], database_url: str, tmp_path: Path
) -> None:
    lives = Lives(bearing, database_url, token, plants=(plant,))
    starting = {"instances: before COMMIT", "instances: after COMMIT"}
    points = [it for it in places(lives, tmp_path / "trace", judging) if it[0] in starting]
    client = Client(lives, cycle(points), lambda lived: judge.verdict(judging, lived))
    for kills, _ in enumerate(points, start=1):
        client.work(kills)
        if client.wrong:
            return
    pytest.fail(f"{len(points)} kills around commits, and nothing was noticed")
