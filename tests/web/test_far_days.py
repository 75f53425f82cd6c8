"""A day beyond the calendar, by a slip of the pen: refused where it is written, and harmless where it stands already."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from service.commands import instances
from service.domain.errors import BundleRefused
from service.runtime.command import Call
from service.store import db
from service.store.tables import Task, Timer
from tests.app import steering
from tests.app.house import House
from tests.app.visiting import visiting
from tests.diagrams import Drawing, after, files, process
from tests.web.reading import seen
from tests.web.sending import Form


@pytest.mark.parametrize("day", ["2099-01-24", "2081-01-01", "1899-12-31", "0203-05-01", "9999-12-31"])
def test_a_mistyped_year_is_refused_at_its_field_and_nothing_is_lost(sqlite_house: House, day: str):
    item = steering.item(sqlite_house)
    task = item.task(item.sec, "Task_agenda")
    reader = visiting(sqlite_house, "reader", "pogi.sec")
    typed = {"/meeting_on": day, "/meeting": "ordinary", "/exception": "Punktet haster."}
    refused = reader.post(f"/pogi/tasks/{task}/complete", typed)
    assert refused.status_code == 422
    assert "Mødedato: Se på årstallet: Skriv en dag fra 1900 til 2080." in seen(refused.text)
    assert Form(refused.text).sent["/exception"] == "Punktet haster."
    assert reader.get("/pogi/inbox").status_code == 200
    held = reader.post(f"/pogi/tasks/{task}/complete", typed | {"/meeting_on": "2026-04-21"})
    assert held.status_code == 303


def test_a_day_within_a_row_is_looked_at_too(sqlite_house: House):
    day = {"type": "string", "format": "date"}
    row = {"type": "object", "properties": {"on": {"title": "Dag", **day}}}
    form = {"type": "object", "properties": {"rows": {"title": "Rækker", "type": "array", "items": row}}}
    drawing = process("listing").start().user("list", form="rows", lane="pogi.sec").end()
    sqlite_house.deploy(files(drawing, forms={"rows": form}))
    sec = sqlite_house.person("sec", "pogi.sec")
    started = instances.start(Call(sec.actor, sqlite_house.ports), "listing", {}, None)
    path = f"/api/v1/tasks/{started['tasks'][0]['id']}/complete"
    refused = sec.post(path, {"answers": {"rows": [{"on": "2080-12-31"}, {"on": "2208-12-31"}]}})
    assert [fault["pointer"] for fault in refused.json["errors"]] == ["/rows/1/on"]


FAR = [("date", "2081-01-01"), ("duration", "P100Y"), ("date and time", "2099-01-01T10:00:00")]


def both(expression: str) -> list[Drawing]:
    """A deadline, and a clock."""
    late = process("late").start().user("do", lane="pogi.sec", properties={"dueDate": expression}).end()
    return [late, process("waits").start().catch("rest", after(expression)).end()]


@pytest.mark.parametrize(("kind", "far"), FAR)
def test_a_deadline_or_a_clock_beyond_the_calendar_is_refused_where_it_is_drawn(sqlite_house, kind: str, far: str):
    for drawing in both(f'{kind}("{far}")'):
        with pytest.raises(BundleRefused) as refused:
            sqlite_house.deploy({"p.bpmn": drawing.bpmn()})
        assert [it.rule for it in refused.value.findings if it.level == "error"] == ["never-due"]


@pytest.mark.parametrize(("kind", "far"), FAR)
def test_a_deadline_or_a_clock_that_comes_to_lie_beyond_it_is_an_incident(sqlite_house: House, kind: str, far: str):
    call = Call(sqlite_house.person("sec", "pogi.sec").actor, sqlite_house.ports)
    for drawing in both(f"{kind}(far)"):
        sqlite_house.deploy({"p.bpmn": drawing.bpmn()})
        started = instances.start(call, drawing.key, {"far": far}, None)
        assert "længere rækker kalenderen" in said(sqlite_house, started["case_id"])


def said(house: House, case_id: str) -> str:
    """What who owns the process is told of the trouble in a case."""
    owner = visiting(house, f"owner-{case_id[-12:]}", "process.owner", "pogi.sec")
    page = owner.get(f"/pogi/cases/{case_id}").text
    (trouble,) = set(re.findall(r'href="/pogi/incidents/([0-9a-f-]+)"', page))
    return seen(owner.get(f"/pogi/incidents/{trouble}").text)


def test_what_stands_beyond_the_calendar_already_takes_no_page_down(sqlite_house: House):
    house = sqlite_house
    item = steering.item(house)
    task = item.task(item.sec, "Task_agenda")
    house.deploy({"p.bpmn": process("waits").start().catch("rest", after('"P3D"')).end().bpmn()})
    asleep = instances.start(item.sec, "waits", {}, None)["case_id"]
    far = datetime(2099, 1, 23, 23, tzinfo=UTC)
    with house.app.app_context(), db.transaction() as session:
        session.execute(update(Task).values(due_at=far, queue_at=far))
        session.execute(update(Timer).values(due_at=far))
    reader = visiting(house, "reader", "pogi.sec")
    for path in (
        "inbox",
        "cases",
        f"cases/{item.case_id}",
        f"cases/{asleep}",
        f"tasks/{task}",
        f"cases/{item.case_id}/timeline",
    ):
        page = reader.get(f"/pogi/{path}")
        assert page.status_code == 200, path
        assert "2099" in page.text or path.endswith("timeline"), seen(page.text)


@contextmanager
def failing(house: House, endpoint: str, first: Any = None) -> Iterator[None]:
    """A page that falls over, after `first` where there is something."""

    def fall(**values: Any) -> str:
        if first is not None:
            first(**values)
        raise RuntimeError("a secret")

    kept = house.app.view_functions[endpoint]
    house.app.view_functions[endpoint] = fall
    try:
        yield
    finally:
        house.app.view_functions[endpoint] = kept


def test_an_error_page_says_of_what_was_sent_only_what_is_true(sqlite_house: House):
    item = steering.item(sqlite_house)
    path = f"/pogi/tasks/{item.task(item.sec, 'Task_agenda')}"
    reader = visiting(sqlite_house, "reader", "pogi.sec")
    lost, maybe = (
        "Intet af det, du sendte, blev gemt.",
        "Det, du sendte, kan være gemt, men svaret på det kunne ikke vises.",
    )
    with failing(sqlite_house, "inbox.page"):
        page = seen(reader.get("/pogi/inbox").text)
        assert "Siden kunne ikke vises. Det ændrede intet af det, der er gemt." in page
        assert lost not in page, "nothing was sent"
    with failing(sqlite_house, "tasks.claim"):
        page = seen(reader.post(f"{path}/claim").text)
        assert lost in page and maybe not in page
    with failing(sqlite_house, "tasks.claim", first=sqlite_house.app.view_functions["tasks.claim"]):
        page = seen(reader.post(f"{path}/claim").text)
        assert maybe in page and lost not in page
