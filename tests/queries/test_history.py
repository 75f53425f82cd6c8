"""The journal as an event log: what is in each format, and what is in none."""

import json
import re
import sqlite3
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from service.commands import instances, tasks
from service.domain.actors import Actor, operator
from service.domain.errors import DefinitionNotFound
from service.domain.journal import first_break
from service.domain.witnesses import LogNotFound
from service.queries import history
from service.queries.history import FORMATS, HistoryTooLong, Selection, Written
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House, two_tasks, waiting
from tests.queries.test_withheld import held, people, together
from tests.support.event_logs import XES, ocel_faults, tables_faults, xes_faults

__all__ = ["people"]
FAULTS = {"xes": xes_faults, "ocel2": ocel_faults, "ocel2-sqlite": tables_faults}


@pytest.fixture
def lived(house: House) -> list[str]:
    """Two cases of a process, one of them done with a remark that is sealed, and one of another process; their ids."""
    house.deploy(two_tasks())
    house.deploy(waiting())
    sec = Call(house.person("anne", "pogi.sec", "pogi.chair").actor, house.ports)
    first = begun(house, "adoption")
    house.later(days=1)
    second = begun(house, "adoption")
    for answers in ({}, {"vote": "for", "remark": "Anne Hansen kom for sent."}):
        ((task, _),) = tasks_of(house, first)
        tasks.claim(sec, task)
        house.later(hours=3)
        tasks.complete(sec, task, answers)
    return [first, second, begun(house, "waiting")]


def begun(house: House, process: str) -> str:
    case: str = instances.start(house.operator(), process, {}, None)["case_id"]
    return case


def tasks_of(house: House, case: str) -> list[tuple[str, str]]:
    with db.reading() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT id, activity_id FROM tasks WHERE case_id = '{case}' AND closed_at IS NULL"  # noqa: S608 - ours
        )
        return [(key, activity) for key, activity in found]


def entries(*streams: str) -> list[dict[str, Any]]:
    with db.reading() as session:
        return [entry for stream in streams for entry in journal.entries(session, "pogi", stream)]


def written(path: Path, format: str, actor: Actor | None = None, **selection: Any) -> tuple[Path, Written]:
    file = path / f"log{FORMATS[format]}"
    file.unlink(missing_ok=True)
    return file, history.write(actor or operator("pogi"), format, Selection(**selection), file)


def events(file: Path, format: str) -> list[tuple[str, str]]:
    """Stream and kind of each event in a file, told as that format tells them."""
    match format:
        case "jsonl":
            return [(it["stream"], it["kind"]) for it in map(json.loads, file.read_text().splitlines())]
        case "xes":
            traces = ElementTree.parse(file).getroot().findall(f"{XES}trace")
            return [(said(it)["concept:name"], said(one)["kind"]) for it in traces for one in it.findall(f"{XES}event")]
        case "ocel2":
            found = json.loads(file.read_text())["events"]
            return [(it["id"].rpartition(":")[0], it["type"]) for it in found]
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT ocel_id, ocel_type FROM event").fetchall()
    database.close()
    return [(key.rpartition(":")[0], kind) for key, kind in rows]


def values_in(file: Path) -> str:
    """Everything that the tables hold, as JSON."""
    with sqlite3.connect(file) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [database.execute(f'SELECT * FROM "{it}"').fetchall() for it in tables]  # noqa: S608 - names of ours
    database.close()
    return json.dumps(found)


def said(element: ElementTree.Element) -> dict[str, str]:
    return {it.get("key", ""): it.get("value", "") for it in element if it.get("key")}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_holds_what_the_journal_holds(house: House, lived: list[str], format, tmp_path: Path):
    file, told = written(tmp_path, format)
    streams = lived if format == "xes" else ["pogi", *lived]
    wanted = Counter((it["stream"], it["kind"]) for it in entries(*streams))
    assert Counter(events(file, format)) == wanted
    assert (told.entries, told.cases, told.left_out) == (wanted.total(), 3, 0)
    assert FAULTS.get(format, lambda _: [])(file) == []


def test_json_lines_are_the_very_bytes_that_were_hashed(house: House, lived: list[str], tmp_path: Path):
    file, _ = written(tmp_path, "jsonl")
    lines = file.read_bytes().splitlines()
    for stream in ("pogi", *lived):
        own = [it for it in lines if json.loads(it)["stream"] == stream]
        with db.reading() as session:
            head = {it.stream: it for it in journal.heads(session)}[stream]
        found = first_break(stream, [(it, json.loads(it)) for it in own], head)
        assert found is None


@pytest.mark.parametrize("format", ["xes", "ocel2", "ocel2-sqlite"])
def test_no_person_and_no_sealed_word_leaves_the_house(house: House, lived: list[str], format, tmp_path: Path):
    file, _ = written(tmp_path, format)
    anne = next(it["actor"] for it in entries(*lived) if it["kind"] == "task.claimed")
    content = file.read_bytes()
    assert [word for word in (b"Anne", b"kom for sent", anne.encode(), b"session:", b"token:") if word in content] == []
    assert b"sealed" in content


def test_a_trace_tells_activities_by_their_names_with_their_transitions_and_roles(
    house: House, lived: list[str], tmp_path: Path
):
    file, _ = written(tmp_path, "xes")
    trace = next(
        it for it in ElementTree.parse(file).getroot().findall(f"{XES}trace") if said(it)["concept:name"] == lived[0]
    )
    assert said(trace)["process"] == "adoption"
    told = [said(it) for it in trace.findall(f"{XES}event")]
    of_vote = [it for it in told if it.get("activity") == "vote"]
    assert [(it["lifecycle:transition"], it.get("org:role")) for it in of_vote] == [
        ("schedule", "pogi.sec"),
        ("start", "pogi.chair"),
        ("complete", "pogi.chair"),
    ]
    assert {it["concept:name"] for it in of_vote} == {"vote"}
    assert [it["time:timestamp"] for it in told] == [it["at"] for it in entries(lived[0])]


def test_an_object_tells_its_life(house: House, lived: list[str], tmp_path: Path):
    file, told = written(tmp_path, "ocel2")
    log = json.loads(file.read_text())
    assert told.objects == len(log["objects"])
    task = next(key for entry in entries(lived[0]) if entry["kind"] == "task.opened" for key in [entry["data"]["task"]])
    found = next(it for it in log["objects"] if it["id"] == f"task:{task}")
    states = [
        (it["time"] == "1970-01-01T00:00:00.000000Z", it["value"])
        for it in found["attributes"]
        if it["name"] == "state"
    ]
    assert states == [(True, "open"), (False, "claimed"), (False, "completed")]
    bonds = {(it["qualifier"], it["objectId"].partition(":")[0]) for it in found["relationships"]}
    assert bonds == {("waits in", "instance")}
    done = next(it for it in log["events"] if it["type"] == "task.completed")
    assert {it["name"]: it["value"] for it in done["attributes"]}["at_activity"] == "prepare"


def test_a_process_and_a_period_choose_cases_and_entries(house: House, lived: list[str], tmp_path: Path):
    file, told = written(tmp_path, "xes", process="waiting")
    assert {stream for stream, _ in events(file, "xes")} == {lived[2]}
    assert told.cases == 1
    every = entries("pogi", *lived)
    middle = sorted({it["at"] for it in every})[-3]
    moment = datetime.fromisoformat(middle)
    before, after = (written(tmp_path, "jsonl", None, **{part: moment})[1].entries for part in ("until", "since"))
    assert (before, after) == (sum(it["at"] < middle for it in every), sum(it["at"] >= middle for it in every))
    file, _ = written(tmp_path, "xes", since=moment)
    late = [said(it) for it in ElementTree.parse(file).getroot().iter(f"{XES}event")]
    assert "vote" in {it["concept:name"] for it in late}, "what a task is called was said before the period"
    with pytest.raises(DefinitionNotFound):
        written(tmp_path, "xes", process="nothing")


def test_days_begin_where_the_workspace_is():
    chosen = Selection.of_days(None, date(2026, 1, 5), date(2026, 1, 6), "Europe/Copenhagen")
    assert [str(it) for it in (chosen.since, chosen.until)] == [
        "2026-01-04 23:00:00+00:00",
        "2026-01-06 23:00:00+00:00",
    ]


def test_only_auditors_and_administrators_have_it_and_no_more_than_is_bounded(
    house: House, lived: list[str], tmp_path: Path
):
    with pytest.raises(LogNotFound):
        written(tmp_path, "xes", house.person("bo", "pogi.sec", "process.owner").actor)
    auditor = house.person("arne", "auditor").actor
    count = written(tmp_path, "ocel2", auditor)[1].entries
    folder = tmp_path / "logs"
    folder.mkdir()
    with pytest.raises(HistoryTooLong):
        history.write(auditor, "ocel2", Selection(), folder / "log.json", most=count - 1)
    assert list(folder.iterdir()) == [], "nothing is left of what was not finished"
    assert history.write(auditor, "ocel2", Selection(), folder / "log.json", most=count).entries == count


@pytest.mark.parametrize("format", FORMATS)
def test_a_secret_vote_is_told_in_no_format(house: House, people: list[Call], format, tmp_path: Path):
    house.deploy(together())
    case = held(house, people, "against", "for")
    auditor = house.person("arne", "auditor").actor
    file, told = written(tmp_path, format, auditor)
    assert told.entries == len(entries(*(["pogi"] if format != "xes" else []), case))
    content = values_in(file) if format == "ocel2-sqlite" else file.read_text()
    votes = r"""[:\[,]\s*(\\"|"|&quot;)against(\\"|"|&quot;)(?!:)"""
    assert re.findall(votes, content.replace('"name":"against"', "")) == []
    if format == "jsonl":
        exact, _ = written(tmp_path, "jsonl", operator("pogi"))
        assert re.findall(votes, exact.read_text()), "who holds the database can read it there anyway"
