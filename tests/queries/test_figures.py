"""How a process has gone: what is counted, how long it took, which ways were taken, and who sees it."""

from datetime import timedelta
from typing import Any

import pytest

from service.commands import instances, messages, tasks
from service.domain.errors import DefinitionNotFound
from service.queries import figures as queries
from service.queries.figures import Asked, figures
from service.queries.figures.spans import Span, span
from service.runtime.command import Call
from service.store import db
from tests.app.house import House
from tests.diagrams import process, signal
from tests.queries.test_withheld import alone, held, people

__all__ = ["people"]
HOUR = 3600.0
DUE = {"dueDate": 'duration("P1D")'}


def files(extra: bytes = b"") -> dict[str, bytes]:
    """Two tasks side by side, a choice that may lead back, a signal that is waited for, two ends."""
    drawing = (
        process("matter", name="Sag").start()
        .user("draft", name="Skriv udkast", lane="pogi.sec", properties=DUE)
        .parallel("fork").user("left", name="Venstre", lane="pogi.sec").parallel("join")
        .exclusive("again").catch("hear", signal("told"), when="rounds > 1", name="Hør svar")
        .end("done", name="Færdig")
        .at("fork").user("right", name="Højre", lane="pogi.sec").to("join")
        .at("again").otherwise().script("more", "rounds = rounds + 1").to("draft")
    )  # fmt: skip
    return {"matter.bpmn": drawing.bpmn(), "note.txt": extra}


@pytest.fixture
def sec(house: House) -> Call:
    house.role("pogi.sec")
    house.deploy(files())
    return Call(house.person("anne", "pogi.sec").actor, house.ports)


@pytest.fixture
def owner(house: House, sec: Call) -> Any:
    return house.person("olga", "process.owner").actor


def begun(house: House, **variables: Any) -> str:
    found: str = instances.start(house.operator(), "matter", {"rounds": 2, **variables}, None)["case_id"]
    return found


def waiting(house: House, case: str) -> dict[str, str]:
    """The tasks of a case that wait, by their activities."""
    with db.reading() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT activity_id, id FROM tasks WHERE case_id = '{case}' AND closed_at IS NULL"  # noqa: S608 - ours
        )
        return {activity: key for activity, key in rows}


def do(house: House, sec: Call, case: str, *activities: str, hours: float = 1, taken: float = 0) -> None:
    for activity in activities:
        task = waiting(house, case)[activity]
        house.later(hours=taken)
        tasks.claim(sec, task)
        house.later(hours=hours)
        tasks.complete(sec, task, {})


def seen(house: House, actor: Any, **asked: Any) -> dict[str, Any]:
    return figures(actor, "matter", "da", house.ports.now(), Asked(**asked))


def row(found: dict[str, Any], activity: str) -> dict[str, Any]:
    one: dict[str, Any]
    (one,) = [it for it in found["rows"] if it["id"] == activity]
    return one


def test_times_are_counted_from_the_beginning_of_a_task_to_who_takes_it_and_to_its_end(house: House, sec, owner):
    for taken, hours in ((1, 1), (2, 4), (30, 3)):
        do(house, sec, begun(house), "draft", hours=hours, taken=taken)
    found = row(seen(house, owner), "draft")
    assert (found["passed"], found["waiting"]) == (3, 0)
    assert found["taken"] == Span(3, 2 * HOUR, 30 * HOUR)
    assert found["done"] == Span(3, 6 * HOUR, 33 * HOUR)
    assert (found["late"], found["overdue"]) == (1, 0), "a day was given"


def test_what_waits_and_is_past_its_deadline_is_told(house: House, sec, owner):
    begun(house)
    house.later(days=2)
    begun(house)
    found = row(seen(house, owner), "draft")
    assert (found["passed"], found["waiting"], found["late"], found["overdue"]) == (0, 2, 0, 1)
    assert found["taken"] is None


def test_an_event_is_waited_for_from_where_the_token_came(house: House, sec, owner):
    case = begun(house)
    do(house, sec, case, "draft", "left", "right")
    house.later(hours=5)
    messages.signal(house.operator(), case, "told", None)
    found = seen(house, owner)
    assert row(found, "hear")["done"] == Span(1, 5 * HOUR, 5 * HOUR)
    assert found["cases"] == {"begun": 1, "ended": 1, "lasted": Span(1, 8 * HOUR, 8 * HOUR)}


def test_what_runs_side_by_side_is_one_way_and_another_round_is_another(house: House, sec, owner):
    for order in (("left", "right"), ("right", "left")):
        case = begun(house)
        do(house, sec, case, "draft", *order)
        messages.signal(house.operator(), case, "told", None)
    twice = begun(house, rounds=1)
    do(house, sec, twice, "draft", "left", "right", "draft", "left", "right")
    messages.signal(house.operator(), twice, "told", None)
    begun(house)
    first, second = seen(house, owner)["variants"]
    assert (first["count"], second["count"]) == (2, 1)
    assert {it["name"].text: it["times"] for it in first["path"]} == {
        "Skriv udkast": 1, "Venstre": 1, "Højre": 1, "Hør svar": 1, "Færdig": 1
    }  # fmt: skip
    assert [it["times"] for it in second["path"] if it["name"] and it["name"].text == "Skriv udkast"] == [2]
    assert {"draft", "left", "right", "hear", "done"} <= set(first["done"])
    assert second["times"]["draft"] == 2
    assert (row(seen(house, owner), "join")["passed"], "join" in first["times"]) == (4, False), "a join is passed once"


def test_a_period_and_a_version_choose_what_is_counted(house: House, sec, owner):
    begun(house)
    between = house.later(days=3)
    house.deploy(files(b"another version"))
    begun(house)
    begun(house)
    assert seen(house, owner)["cases"]["begun"] == 2, "the version in force"
    assert seen(house, owner, number=1)["cases"]["begun"] == 1
    assert seen(house, owner, number=1, since=between)["cases"]["begun"] == 0
    assert seen(house, owner, until=between + timedelta(seconds=1))["cases"]["begun"] == 2
    assert seen(house, owner, until=between)["cases"]["begun"] == 0
    for asked in ({"number": 9}, {"process_key": "nothing"}):
        with pytest.raises(DefinitionNotFound):
            seen(house, owner, **asked)


def test_an_instance_that_was_moved_counts_under_its_new_version(house: House, sec, owner):
    case = begun(house)
    do(house, sec, case, "draft")
    drawing = files()["matter.bpmn"].replace(b'"draft"', b'"write"')
    house.deploy({"matter.bpmn": drawing})
    with db.reading() as session:
        (instance,) = session.connection().exec_driver_sql("SELECT id FROM instances").scalars()
    instances.migrate(house.operator(), instance, 2, {"draft": "write"}, "it has another name now")
    found = seen(house, owner)
    assert (row(found, "write")["passed"], row(found, "write")["done"]) == (1, Span(1, HOUR, HOUR))
    assert seen(house, owner, number=1)["cases"]["begun"] == 0


def test_of_too_much_the_newest_are_counted_and_it_says_since_when(house: House, sec, owner, monkeypatch):
    for _ in range(4):
        begun(house)
        house.later(days=1)
    monkeypatch.setattr(queries, "MOST", 5)
    found = seen(house, owner)
    assert 1 <= found["cases"]["begun"] < 4
    assert found["counted_since"] > "2026-01-05"
    monkeypatch.undo()
    assert seen(house, owner)["counted_since"] is None


def test_what_is_read_does_not_grow_with_the_cases_beyond_what_is_counted(house: House, sec, owner, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 6)
    counts = []
    for _ in range(3):
        for _ in range(3):
            begun(house)
        with house.statements() as sent:
            seen(house, owner)
        counts.append(len(sent))
    assert counts[1] == counts[2]


@pytest.mark.parametrize(("role", "sees"), [("process.owner", True), ("auditor", True), ("admin", True), ("x", False)])
def test_owners_auditors_and_administrators_see_it(house: House, sec, role, sees):
    actor = house.person("somebody", role).actor
    if sees:
        assert seen(house, actor)["number"] == 1
    else:
        with pytest.raises(DefinitionNotFound):
            seen(house, actor)


def test_how_one_voter_voted_is_not_told_by_the_way_she_took(house: House, people: list[Call]):
    house.deploy(alone())
    held(house, people, "for", "against")
    owner = house.person("olga", "process.owner").actor
    found = figures(owner, "voting", "da", house.ports.now(), Asked(process_key="paper"))
    assert (found["cases"]["begun"], found["variants"]) == (0, [])


def test_nine_in_ten_are_counted_by_nearest_rank():
    assert span([]) is None
    assert span([5.0]) == Span(1, 5.0, 5.0)
    assert span([float(it) for it in range(1, 11)]) == Span(10, 5.5, 9.0)
