"""`mandat replay`."""

import json
import re
from pathlib import Path

import pytest

from service.commands import instances, tasks
from service.runtime.command import Call
from service.store import db
from service.store.tables import BundleFile, Instance
from tests.app.house import opened, two_tasks
from tests.cli.test_commands import mandat

__all__ = ["mandat"]


@pytest.fixture
def case(database_url: str) -> str:
    """E1, of which the first of two tasks is done; and two cases that are called twice."""
    with opened(database_url) as house:
        house.deploy(two_tasks())
        call = Call(house.person("anne", "pogi.sec", "pogi.chair").actor, house.ports)
        begun = instances.start(call, "adoption", {"amount": 3}, "E1")
        tasks.complete(call, begun["tasks"][0]["id"], {})
        for amount in (4, 5):
            instances.start(call, "adoption", {"amount": amount}, "twice")
        return str(begun["case_id"])


CLAIMS = ("entries", "steps", "state", "tables")


def test_a_case_that_comes_out_as_it_was_written_is_told_claim_by_claim(mandat, case: str):
    lines = mandat("replay", "E1").output.splitlines()
    told = [line.split(":")[0].split() for line in lines]
    assert told == [*(["same", it] for it in CLAIMS), ["not", "proved", "log"]], "nothing is signed without a key"
    assert lines[-1].endswith("no checkpoint has been signed yet")
    assert mandat("replay", case).output.splitlines() == lines, "by its id as by its number"
    told = json.loads(mandat("replay", "E1", "--json").output)
    assert list(told) == [
        "case",
        "ok",
        "steps",
        "entries",
        "state",
        "head",
        "difference",
        "not_replayed",
        "rows",
        "unknown",
        "log",
    ]
    assert (told["case"], told["ok"], told["steps"], told["difference"]) == (case, True, 2, None)


def test_a_difference_is_told_with_its_place_and_both_values_and_ends_with_status_1(mandat, case: str, database_url):
    with opened(database_url), db.transaction() as session:
        rows = {row.case_id: row for row in session.query(Instance)}
        mine = rows.pop(case)
        mine.snapshot = next(iter(rows.values())).snapshot
    said = mandat("replay", "E1", status=1).output
    assert "differs       entry" in said
    assert "found:" in said
    told = json.loads(mandat("replay", "E1", "--json", status=1).output)
    assert told["not_replayed"] is None
    assert told["difference"].keys() == {"seq", "kind", "at", "place", "written", "found", "reason"}
    assert told["difference"]["place"]["instance"]


def test_what_cannot_be_replayed_says_why_and_ends_with_status_2(mandat, case: str, database_url):
    with opened(database_url), db.transaction() as session:
        for row in session.query(BundleFile):
            session.delete(row)
    said = mandat("replay", "E1", status=2).output
    assert "not replayed  entry 0 (instance.started, 2026-01-05T08:00:00.000000Z)" in said
    assert "the process “adoption” of then is not deployed any more" in said
    told = json.loads(mandat("replay", "E1", "--json", status=2).output)
    assert (told["ok"], told["difference"], told["not_replayed"]["seq"]) == (False, None, 0)


def test_what_is_not_there_or_not_clear_ends_with_status_2(mandat, case: str):
    assert "There is no case E2 in the workspace pogi," in mandat("replay", "E2", status=2).output
    assert "There is no case" in mandat("replay", case, "--workspace", "lillestrom", status=2).output
    assert "There is no workspace atlantis." in mandat("replay", "E1", "--workspace", "atlantis", status=2).output
    said = mandat("replay", "twice", status=2).output
    assert "2 cases are called twice:" in said and "Say which, by what stands before it." in said
    names = re.findall(r"^  (?:(twice-\w+) or )?([0-9a-f-]{36})  .+ \(.+\), opened 2026-01-0\d$", said, re.MULTILINE)
    assert len(names) == 2
    for name, case_id in names:
        assert json.loads(mandat("replay", name or case_id, "--json").output)["case"] == case_id


def test_a_case_is_called_the_same_by_every_command(mandat, case: str, tmp_path: Path):
    """By its id, its number, or its number and the process that it began with."""
    for name in (case, "E1", "E1-adoption"):
        assert json.loads(mandat("replay", name, "--json").output)["case"] == case
        found = mandat("dossier", name, "-o", str(tmp_path / "case.zip"), status=1).output
        assert "log is signed yet" in found, "the case was found; there is no key here to prove it with"
    for command in (["replay"], ["dossier", "-o", str(tmp_path / "none.zip")]):
        assert "2 cases are called twice:" in mandat(*command, "twice", status=2 if command == ["replay"] else 1).output
        said = mandat(*command, "E1", "--workspace", "lillestrom", status=2 if command == ["replay"] else 1).output
        assert "; there is one in pogi: say --workspace." in said
