"""`mandat demo`, as somebody types it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.app import create_app, wiring
from service.cli import main
from service.domain.actors import operator
from service.domain.record_errors import CaseAmbiguous
from service.identity import clockwork
from service.queries import named, replay
from service.settings import Settings
from service.store import db
from tests.support.repository import ROOT

PROGRAM = "from service.app import main; main()"


def typed(*words: str) -> str:
    """The command in this process."""
    result = CliRunner().invoke(main, ["demo", *words], obj=wiring(), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def apart(*words: str) -> str:
    """The command in a process of its own, in which sets and dictionaries of texts have another order."""
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "demo", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the file is kept."""
    return tmp_path_factory.mktemp("demo") / "kept.sqlite3"


@pytest.fixture(scope="module")
def kept_run(kept: Path) -> Result:
    """What was printed while it was played into the file."""
    return CliRunner().invoke(main, ["demo", "--json", "--keep", str(kept)], obj=wiring(), catch_exceptions=False)


@pytest.fixture(scope="module")
def printed(kept_run: Result) -> str:
    assert kept_run.exit_code == 0, kept_run.output
    return kept_run.stdout


@pytest.fixture(scope="module")
def told(printed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed)
    return found


def test_without_a_seed_it_is_seed_1_and_the_same_seed_prints_the_same_bytes_kept_or_not(printed: str):
    assert apart("--seed", "1", "--json") == printed


def test_another_seed_gives_other_ids_and_the_same_decisions(told: dict[str, Any]):
    other = json.loads(typed("--seed", "2", "--json"))
    assert (told["seed"], other["seed"]) == (1, 2)
    assert other["journal_head"] != told["journal_head"]
    assert {step["case"] for step in other["steps"]}.isdisjoint(step["case"] for step in told["steps"])

    def without_ids(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: value for name, value in step.items() if name != "case"} for step in steps]

    assert without_ids(other["steps"]) == without_ids(told["steps"])


def test_every_step_has_its_number_its_moment_and_its_place(told: dict[str, Any]):
    assert set(told) == {"seed", "journal_head", "steps"}
    steps = told["steps"]
    assert [step["n"] for step in steps] == list(range(1, len(steps) + 1))
    assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)
    for step in steps:
        assert set(step) == {"n", "at", "case", "process", "activity", "role", "task", "decision"}
        assert all(step[name] for name in ("case", "process", "activity", "task"))


def test_it_shows_the_lapse_the_tie_the_return_the_adoption_the_publication_and_the_measure(told: dict[str, Any]):
    decisions = [step["decision"] for step in told["steps"] if step["decision"]]
    wanted = [
        "measure not started → ongoing",
        "lapsed (0–0–0 of 9)",
        "tie, referred back (4–4–1 of 9)",
        "adopted (7–1–1 of 9)",
        "E1 version 1 published",
        "path: full",
    ]
    found = [next(n for n, said in enumerate(decisions) if part in said) for part in wanted]
    assert found == sorted(found)
    assert [step["task"] for step in told["steps"] if step["activity"] == "Task_remark"] == ["Behandl bemærkning"]


def test_what_was_played_is_kept_in_a_new_file_and_served_from_there(kept_run: Result, kept: Path):
    assert f"MANDAT_DATABASE_URL=sqlite:///{kept} mandat serve --demo" in kept_run.stderr
    app = create_app(Settings(database_url=f"sqlite:///{kept}", secret_key="k" * 32, demo=True))
    with app.app_context():
        clockwork.wind(joins=False)
        assert replay.case(operator("pogi"), named.one(operator("pogi"), "E1-revision"))["ok"]
        with pytest.raises(
            CaseAmbiguous, match=r"2 cases are called E1:\n  E1-revision or [0-9a-f-]{36}  .+\n  E1-[\w-]+ or "
        ):
            named.one(operator("pogi"), "E1")
        db.dispose()
    again = CliRunner().invoke(main, ["demo", "--keep", str(kept)], obj=wiring())
    assert again.exit_code == 2 and "is there already" in again.output
