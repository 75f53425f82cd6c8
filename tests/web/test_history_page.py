"""The page of event logs: what is downloaded, what is refused, and who has it."""

import json
from pathlib import Path

import pytest

from service.commands import instances
from service.store import db, journal
from service.web import history
from tests.app.house import House, two_tasks
from tests.app.visiting import visiting
from tests.support.event_logs import ocel_faults, tables_faults, xes_faults
from tests.web.reading import seen


@pytest.fixture
def lived(sqlite_house: House) -> House:
    sqlite_house.deploy(two_tasks())
    instances.start(sqlite_house.operator(), "adoption", {}, None)
    return sqlite_house


@pytest.mark.parametrize(
    ("format", "name", "faults"),
    [
        ("xes", "pogi-xes.xes", xes_faults),
        ("ocel2", "pogi-ocel2.json", ocel_faults),
        ("ocel2-sqlite", "pogi-ocel2-sqlite.sqlite", tables_faults),
        ("jsonl", "pogi-jsonl.jsonl", lambda file: [] if len(file.read_text().splitlines()) > 1 else ["empty"]),
    ],
)
def test_an_auditor_downloads_a_log_and_the_journal_keeps_it(lived: House, tmp_path: Path, format, name, faults):
    auditor = visiting(lived, "arne", "auditor")
    assert 'href="/pogi/history"' in auditor.get("/pogi/log").text
    answer = auditor.post(
        "/pogi/history", {"format": format, "process": "adoption", "since": "2026-01-01", "until": ""}
    )
    assert answer.status_code == 200
    assert f"filename={name}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    (tmp_path / name).write_bytes(answer.data)
    answer.close()
    assert faults(tmp_path / name) == []
    with db.reading() as session:
        last = journal.latest(session, "pogi", "pogi", 1)[0]
    assert (last["kind"], last["data"]["format"], last["data"]["process"]) == ("history.exported", format, "adoption")
    assert last["auth"].startswith("session:")


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("da", " i 1 sag.", " i 2 sager."), ("nb", " i 1 sak.", " i 2 saker."), ("en", " of 1 case.", " of 2 cases.")],
)
def test_one_case_is_not_told_as_many(lived: House, language: str, one: str, two: str):
    auditor = visiting(lived, "arne", "auditor")
    auditor.client.set_cookie("mandat_language", language)
    assert one in seen(auditor.get("/pogi/history").text)
    instances.start(lived.operator(), "adoption", {}, None)
    assert two in seen(auditor.get("/pogi/history").text)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"format": "pdf"}, "Format: vælg et"),
        ({"format": "xes", "since": "i går"}, "Skriv en dato"),
        ({"format": "xes", "since": "2026-02-01", "until": "2026-01-01"}, "før den første"),
        ({"format": "xes", "until": "9999-12-31"}, "Skriv en dato"),
    ],
)
def test_what_is_wrong_comes_back_with_the_form_and_nothing_is_kept(lived: House, form, said):
    auditor = visiting(lived, "arne", "auditor")
    answer = auditor.post("/pogi/history", form)
    assert answer.status_code == 422
    assert said in seen(answer.text)
    with db.reading() as session:
        assert "history.exported" not in json.dumps(journal.entries(session, "pogi", "pogi"))


def test_what_is_too_long_for_a_download_is_left_to_the_operator(lived: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(history, "MOST", 1)
    answer = visiting(lived, "arne", "auditor").post("/pogi/history", {"format": "xes"})
    assert answer.status_code == 422
    assert "mandat history" in seen(answer.text)


def test_a_process_that_is_not_there_is_not_found(lived: House):
    auditor = visiting(lived, "arne", "auditor")
    assert auditor.post("/pogi/history", {"format": "xes", "process": "nothing"}).status_code == 404


@pytest.mark.parametrize(("name", "role"), [("anne", "pogi.sec"), ("olga", "process.owner")])
def test_to_others_the_page_is_not_there(lived: House, name, role):
    somebody = visiting(lived, name, role)
    assert somebody.get("/pogi/history").status_code == 404
    assert somebody.post("/pogi/history", {"format": "nothing"}).status_code == 404
