"""`mandat dossier` and `mandat verify FILE`."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.house import two_tasks
from tests.cli.test_commands import folder, mandat

__all__ = ["mandat"]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key for either database, and a log that is signed whenever it has grown."""
    monkeypatch.setenv("MANDAT_LOG_KEY", str(tmp_path / "log-key"))
    monkeypatch.setattr("service.domain.log.EVERY", timedelta(0))


@pytest.fixture
def home(mandat, tmp_path: Path) -> Path:
    """The whole log, taken home."""
    mandat("deploy", folder(tmp_path / "a", two_tasks()), "--create-roles")
    mandat("run-due")
    out = tmp_path / "log.zip"
    assert f"{out}: " in mandat("dossier", "--log", "-o", str(out)).output
    return out


def test_what_was_taken_home_is_verified(mandat, home: Path, tmp_path: Path):
    kept = tmp_path / "kept.txt"
    kept.write_text(mandat("log", "checkpoint").output)
    key = next(line for line in mandat("log", "key").output.splitlines() if "/pogi/" in line)
    said = mandat("verify", str(home), "--checkpoint", str(kept), "--key", key).output
    assert "FAIL" not in said
    assert "NOT CHECKED" not in said
    assert "Not proved, whatever stands above" in said
    (told,) = json.loads(mandat("verify", str(home), "--json").output)
    assert {it["claim"]: it["verdict"] for it in told["claims"]}["kept"] == "NOT CHECKED"


def test_a_changed_record_is_named_and_ends_with_status_1(mandat, home: Path, tmp_path: Path):
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(home) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b'"seq":1,', b'"seq":7,', 1) if name == "records.jsonl" else content)
    said = mandat("verify", str(changed), status=1).output
    assert "FAIL         files: records.jsonl: not as packed" in said
    assert "FAIL         records: record 1 does not follow" in said
    assert "FAIL         places: record 1 is not what was signed" in said


def test_what_cannot_be_read_ends_with_status_2(mandat, tmp_path: Path):
    (tmp_path / "none.zip").write_text("nothing")
    assert "That is no dossier which can be read" in mandat("verify", str(tmp_path / "none.zip"), status=2).output
    mandat("verify", status=2)
    mandat("dossier", "-o", str(tmp_path / "x.zip"), status=2)
    mandat("dossier", "a-case", "--log", "-o", str(tmp_path / "x.zip"), status=2)
    mandat("dossier", "a-case", "--language", "fi", "-o", str(tmp_path / "x.zip"), status=2)


def test_a_case_that_is_not_there_is_said(mandat, home: Path, tmp_path: Path):
    assert "case" in mandat("dossier", "a-case", "-o", str(tmp_path / "x.zip"), status=1).output
