"""`mandat`, as somebody types it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.app import create_app, wiring
from service.cli import main
from service.settings import Settings
from service.store import db
from tests.app.browsing import Browser
from tests.app.house import gate, two_tasks, waiting
from tests.diagrams import process


@pytest.fixture
def mandat(database_url: str, monkeypatch: pytest.MonkeyPatch):
    """Runs the command with a database of its own, once on each."""
    monkeypatch.setenv("MANDAT_DATABASE_URL", database_url)
    monkeypatch.setenv("MANDAT_SECRET_KEY", "k" * 32)

    def run(*words: str, status: int = 0, typed: str | None = None) -> Result:
        result = CliRunner().invoke(main, words, input=typed, obj=wiring(), prog_name="mandat", catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    return run


def folder(path: Path, files: dict[str, bytes]) -> str:
    path.mkdir()
    for name, content in files.items():
        (path / name).write_bytes(content)
    return str(path)


def test_from_an_empty_database_to_a_token_that_opens_the_api(mandat, database_url, tmp_path):
    mandat("db", "upgrade")
    assert (
        "adoption version 1 is in force"
        in mandat("deploy", folder(tmp_path / "a", two_tasks()), "--create-roles").output
    )
    assert "is in force already" in mandat("deploy", str(tmp_path / "a")).output
    mandat("user", "add", "anne", "--name", "Anne Hansen", "--role", "pogi.sec")
    mandat("role", "grant", "anne", "pogi.chair", "--from", "2020-01-01")
    token = mandat("token", "create", "--user", "anne", "--workspace", "pogi", "--ttl", "1d").output
    assert token.count("\n") == 1, "it is printed alone"
    app = create_app(Settings(database_url=database_url, secret_key="k" * 32))
    client = app.test_client()
    headers = {"Authorization": f"Bearer {token.strip()}"}
    assert client.post("/api/v1/instances", json={"definition": "adoption"}, headers=headers).status_code == 201
    with app.app_context():
        db.dispose()


def test_a_password_is_read_from_standard_input_and_opens_the_pages(mandat, database_url):
    mandat("user", "add", "anne", "--role", "process.owner", "--password-stdin", typed="a long enough password\n")
    mandat("user", "set-password", "anne", "--password-stdin", typed="another good password\r\n")
    assert (
        "12 to 200 characters" in mandat("user", "set-password", "anne", "--password-stdin", typed="x", status=1).output
    )
    assert (
        "no account nobody"
        in mandat("user", "set-password", "nobody", "--password-stdin", typed="x" * 12, status=1).output
    )
    assert "Missing option" in mandat("user", "set-password", "anne", status=2).output
    app = create_app(Settings(database_url=database_url, secret_key="k" * 32))
    anne = Browser(app.test_client())
    assert anne.sign_in("anne", "a long enough password").status_code == 403
    assert anne.sign_in("anne", "another good password", "/pogi/processes").status_code == 303
    assert anne.get("/pogi/processes").status_code == 200
    with app.app_context():
        db.dispose()


def test_what_is_refused_ends_with_a_sentence_and_status_1(mandat, tmp_path):
    assert "There is no account nobody." in mandat("token", "create", "--user", "nobody", status=1).output
    assert "There is no workspace nowhere." in mandat("role", "add", "x", "--workspace", "nowhere", status=1).output
    assert "There is no role x" in mandat("user", "add", "anne", "--role", "x", status=1).output
    mandat("user", "add", "anne", "--role", "process.owner")  # nothing was left half done
    refused = mandat("deploy", folder(tmp_path / "a", two_tasks()), status=1).output
    assert "The bundle cannot be deployed" in refused
    assert "no role “pogi.sec”" in refused
    assert "no file or folder" in mandat("deploy", str(tmp_path / "none"), status=1).output
    assert "at most a year" in mandat("token", "create", "--user", "anne", "--ttl", "366d", status=2).output
    assert "such as 12h" in mandat("token", "create", "--user", "anne", "--ttl", "soon", status=2).output


@pytest.mark.parametrize("workspace", ["pogi", "lillestrom"])
def test_a_fresh_workspace_has_the_role_of_the_auditor_who_finds_the_log(mandat, database_url, workspace):
    mandat("db", "upgrade")
    anne = ("user", "add", "anne", "--workspace", workspace, "--role", "auditor", "--password-stdin")
    mandat(*anne, typed="a long enough password\n")
    app = create_app(Settings(database_url=database_url, secret_key="k" * 32))
    browser = Browser(app.test_client())
    assert browser.sign_in("anne", "a long enough password", f"/{workspace}/log").status_code == 303
    assert browser.get(f"/{workspace}/log").status_code == 200
    with app.app_context():
        db.dispose()


def test_timers_that_are_due_are_fired_once(mandat, tmp_path, database_url):
    soon = waiting()["waiting.bpmn"].replace(b"P2D", b"PT0S")
    mandat("deploy", folder(tmp_path / "a", {"waiting.bpmn": soon}), "--create-roles")
    mandat("user", "add", "anne", "--role", "pogi.sec")
    token = mandat("token", "create", "--user", "anne").output.strip()
    app = create_app(Settings(database_url=database_url, secret_key="k" * 32))
    app.test_client().post(
        "/api/v1/instances", json={"definition": "waiting"}, headers={"Authorization": f"Bearer {token}"}
    )
    with app.app_context():
        db.dispose()
    assert "1 timers fired" in mandat("run-due").output
    assert "0 timers fired" in mandat("run-due").output


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch):
    """Runs `mandat check`, which needs no setting and no database."""
    monkeypatch.setenv("MANDAT_DATABASE_URL", "nonsense")

    def run(*words: str) -> tuple[int, dict[str, Any]]:
        result = CliRunner().invoke(main, ("check", *words, "--json"), obj=wiring(), catch_exceptions=False)
        return result.exit_code, json.loads(result.output)

    return run


def test_check_says_that_a_good_bundle_is_good(check, tmp_path):
    status, said = check(folder(tmp_path / "a", gate()))
    assert status == 0
    assert [(file["file"], file["ok"]) for file in said["files"]] == [(str(tmp_path / "a" / "gate.bpmn"), True)]


def test_check_names_what_stops_a_deployment(check, tmp_path):
    bad = process("bad").start().user("vote", lane="pogi.sec", form="nowhere").end()
    status, said = check(folder(tmp_path / "a", gate()), folder(tmp_path / "b", {"bad.bpmn": bad.bpmn()}))
    assert status == 1
    assert [file["ok"] for file in said["files"]] == [True, False]
    (finding,) = [it for it in said["files"][1]["findings"] if it["level"] == "error"]
    assert set(finding) == {"rule", "level", "element", "message", "trace"}
    assert finding["element"] == "vote"


def test_check_tells_what_it_cannot_read_apart(check, tmp_path):
    (tmp_path / "no.bpmn").write_bytes(b"<no")
    status, said = check(str(tmp_path / "no.bpmn"), str(tmp_path / "none.bpmn"), folder(tmp_path / "a", gate()))
    assert status == 2
    assert [file["ok"] for file in said["files"]] == [False, False, True]


def test_check_speaks_to_people_too(tmp_path):
    bad = process("bad").start().user("vote", lane="pogi.sec", form="nowhere").end()
    path = folder(tmp_path / "b", {"bad.bpmn": bad.bpmn()})
    said = CliRunner().invoke(main, ("check", path), obj=wiring()).output
    assert "bad.bpmn: vote error: " in said


def test_a_wrong_setting_is_a_sentence(monkeypatch):
    monkeypatch.setenv("MANDAT_DATABASE_URL", "nonsense")
    result = CliRunner().invoke(main, ("db", "upgrade"), obj=wiring())
    assert result.exit_code == 1
    assert "MANDAT_DATABASE_URL is sqlite:///FILE" in result.output


@pytest.mark.parametrize("word", ["serve", "deploy", "check", "db", "user", "role", "token", "run-due"])
def test_the_command_knows_its_words(word):
    result = CliRunner().invoke(main, (word, "--help"), prog_name="mandat")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: mandat {word}")


def test_bundles_are_checked_as_deployed_beside_one_another_and_the_shipped(mandat, tmp_path):
    both = tmp_path / "both"
    both.mkdir()
    folder(
        both / "caller",
        {"caller.bpmn": process("caller").start().call("ask", "called").call("vote", "adoption").end().bpmn()},
    )
    folder(both / "called", {"called.bpmn": process("called").start().user("say", lane="pogi.sec").end().bpmn()})
    alone = mandat("check", str(both / "caller"), "--json").output
    assert "'called' is not in this bundle" in alone
    assert "'adoption' is not in this bundle" not in alone
    assert "called-process-missing" not in mandat("check", str(both), "--json").output
