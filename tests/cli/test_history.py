"""`mandat history`: the log in the format that is asked for, and that it was taken."""

import json
from pathlib import Path

import pytest

from tests.app.house import two_tasks
from tests.cli.test_commands import folder, mandat
from tests.support.event_logs import ocel_faults, tables_faults, xes_faults

__all__ = ["mandat"]


@pytest.fixture
def deployed(mandat, tmp_path: Path):
    mandat("deploy", folder(tmp_path / "a", two_tasks()), "--create-roles")
    return mandat


def test_the_end_of_the_file_says_the_format(deployed, tmp_path: Path):
    for name, format, faults in (
        ("log.xes", "xes", xes_faults),
        ("log.json", "ocel2", ocel_faults),
        ("log.sqlite", "ocel2-sqlite", tables_faults),
    ):
        said = deployed("history", "-o", str(tmp_path / name)).output
        assert f"({format})." in said
        assert faults(tmp_path / name) == []
    said = deployed("history", "--format", "ocel2", "-o", str(tmp_path / "other.db")).output
    assert "(ocel2-sqlite)." in said
    assert "Say --format" in deployed("history", "-o", str(tmp_path / "log.txt"), status=2).output
    assert "Missing option '-o'" in deployed("history", "--format", "xes", status=2).output


def test_the_journal_keeps_that_a_log_was_taken(deployed, tmp_path: Path):
    file = tmp_path / "log.jsonl"
    deployed("history", "--format", "jsonl", "-o", str(file), "--from", "2020-01-01", "--to", "2999-12-31")
    before = len(file.read_text().splitlines())
    said = deployed("history", "-o", str(file)).output
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert said == f"{before + 1} entries of 0 cases are in {file} (jsonl).\n"
    told = lines[-1]
    assert (told["kind"], told["auth"], told["data"]["entries"]) == ("history.exported", "cli", before)
    assert told["data"]["since"].startswith("2019-12-31T23:00")
    assert len(told["data"]["digest"]) == 64


def test_what_cannot_be_written_ends_with_a_sentence_and_leaves_what_was_there(deployed, tmp_path: Path):
    assert (
        "process nothing"
        in deployed("history", "-o", str(tmp_path / "log.xes"), "--process", "nothing", status=1).output
    )
    assert "No such file" in deployed("history", "-o", str(tmp_path / "nowhere" / "log.xes"), status=1).output
    (tmp_path / "kept.xes").write_text("what was there")
    deployed("history", "-o", str(tmp_path / "kept.xes"), "--workspace", "nowhere", status=1)
    assert (tmp_path / "kept.xes").read_text() == "what was there"
    assert sorted(it.name for it in tmp_path.iterdir() if "log" in it.name) == []
