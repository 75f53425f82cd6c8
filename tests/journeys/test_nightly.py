"""By night the service replays some of its cases by itself, says what it found, and comes round to each."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from service.commands import instances, replays
from service.domain.replays import PERIOD, night, share
from service.identity import clockwork
from service.identity.nightly import replay_cases
from service.runtime.command import Call
from service.store import db
from service.store.tables import Instance, JournalEntry, Replay, ReplayNight
from tests.app.house import START, House, two_tasks
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def cases(house: House) -> list[str]:
    """Three cases, the first of them called E1."""
    house.deploy(two_tasks())
    call = Call(house.person("anne", "pogi.sec").actor, house.ports)
    keys = ("E1", None, None)
    return [
        str(instances.start(call, "adoption", {"amount": number}, key)["case_id"]) for number, key in enumerate(keys)
    ]


def told() -> list[dict[str, Any]]:
    """What the workspace's journal tells of nights."""
    with db.reading() as session:
        rows = session.scalars(
            select(JournalEntry)
            .where(JournalEntry.workspace_id == "pogi", JournalEntry.stream_id == "pogi")
            .order_by(JournalEntry.seq)
        )
        entries = [json.loads(row.body) for row in rows]
    return [entry["data"] for entry in entries if entry["kind"] == "cases.replayed"]


def all_night() -> None:
    """Rounds of the service's own work, as many as a slow machine needs."""
    clockwork.go_round()
    while replay_cases():
        continue


def spoil(case: str, other: str) -> None:
    """Let a case rest in the state of another."""
    with db.transaction() as session:
        rows = {row.case_id: row for row in session.scalars(select(Instance))}
        rows[case].snapshot = rows[other].snapshot


def test_a_night_replays_the_cases_once_and_tells_the_counts_alone(house: House, cases: list[str]):
    all_night()
    assert told() == [{"cases": 3, "same": 3, "different": 0, "not_replayed": 0}]
    all_night()
    assert len(told()) == 1, "the night is over"
    house.later(hours=16)
    all_night()
    assert len(told()) == 1, "it is one o'clock in the night"
    house.later(hours=1)
    all_night()
    assert len(told()) == 2, "and now it is two"


def test_a_case_that_differs_is_told_and_stands_on_the_page_of_operations(house: House, cases: list[str]):
    all_night()
    page = visiting(house, "ada", "admin").get("/pogi/operations").text
    assert "3 sager, og alle gav det, der blev skrevet." in seen(page)
    spoil(cases[0], cases[1])
    house.later(days=1)
    all_night()
    assert told()[-1] == {"cases": 3, "same": 2, "different": 1, "not_replayed": 0, "differ": [cases[0]]}
    admin = visiting(house, "alma", "admin")
    for language, sentence in (
        ("da", "ved post 0: Den tilstand, der er gemt, er ikke den, som det sidste trin førte til"),
        ("nb", "ved post 0: Tilstanden som er lagret, er ikke den som det siste trinnet førte til"),
        ("en", "at entry 0: The state that is kept is not the one that the last step led to"),
    ):
        admin.client.set_cookie("mandat_language", language)
        assert sentence in seen(admin.get("/pogi/operations").text)
    page = admin.get("/pogi/operations").text
    assert "All is well" not in seen(page)
    assert f'/pogi/cases/{cases[0]}/timeline?check=1"' in page
    assert "The record does not hold" in seen(admin.get(f"/pogi/cases/{cases[0]}/timeline?check=1").text)
    metrics = house.app.test_client().get("/metrics").text
    assert 'mandat_cases_replayed{outcome="differs",workspace="pogi"} 1.0' in metrics
    assert 'mandat_cases_replayed{outcome="same",workspace="pogi"} 2.0' in metrics


def test_what_was_put_right_is_told_no_longer(house: House, cases: list[str]):
    with db.reading() as session:
        kept = session.scalars(select(Instance.snapshot).where(Instance.case_id == cases[0])).one()
    spoil(cases[0], cases[1])
    all_night()
    with db.transaction() as session:
        session.scalars(select(Instance).where(Instance.case_id == cases[0])).one().snapshot = kept
    house.later(days=1)
    all_night()
    assert told()[-1]["same"] == 3
    assert "Den afviger" not in seen(visiting(house, "ada", "admin").get("/pogi/operations").text)


def test_every_case_has_its_turn_within_the_period(house: House, cases: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.domain.replays.LEAST", 1)
    for _ in range(3):
        all_night()
        house.later(days=1)
    assert [it["cases"] for it in told()] == [1, 1, 1]
    with db.reading() as session:
        rows = session.scalars(select(Replay)).all()
    assert {row.case_id for row in rows} == set(cases), "the longest ago first"
    assert all(share(count) * PERIOD >= count for count in range(5000))


def test_a_worker_has_its_cases_to_itself_and_another_goes_on_where_it_died(house: House, cases: list[str]):
    call = house.operator()
    assert sorted(replays.take(call)["cases"]) == sorted(cases)
    assert replays.take(call) == {"cases": [], "over": False}
    assert replay_cases() == 0
    house.later(minutes=6)
    all_night()
    assert told()[-1]["same"] == 3


def test_a_workspace_without_cases_has_no_nights(house: House):
    all_night()
    with db.reading() as session:
        assert session.scalars(select(ReplayNight)).all() == []
    assert "Ingen er genafspillet endnu." in seen(visiting(house, "ada", "admin").get("/pogi/operations").text)


def test_the_night_begins_at_two_where_the_workspace_is_in_summer_and_winter():
    assert night(START, "Europe/Copenhagen").isoformat() == "2026-01-05T01:00:00+00:00"
    assert night(START.replace(hour=0), "Europe/Copenhagen").isoformat() == "2026-01-04T01:00:00+00:00"
    assert night(START.replace(month=7), "Europe/Oslo").isoformat() == "2026-07-05T00:00:00+00:00"
