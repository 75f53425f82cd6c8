"""However many tasks wait, the first page of an inbox reads no more of them than it may show."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from service.store import db
from tests.app.crowds import multiply
from tests.app.house import House, opened, two_tasks
from tests.app.visiting import visiting
from tests.support import postgres

WAITING, SHOWN = 30_000, 101


@pytest.fixture
def house(postgres_server: postgres.Server, postgres_template: str) -> Iterator[House]:
    """A service on PostgreSQL, which tells how many rows a statement read."""
    with postgres_server.database(postgres_template) as name, opened(postgres_server.url(name)) as house:
        yield house


def test_what_is_not_shown_is_not_read(house: House) -> None:
    house.deploy(two_tasks())
    anne = visiting(house, "anne", "pogi.sec")
    chair = house.person("chair", "pogi.chair")
    started = chair.post("/api/v1/instances", {"definition": "adoption"}).json
    multiply(started["tasks"][0]["id"], 1, WAITING)
    for path in ("/pogi/inbox", "/pogi/inbox?role=pogi.sec", "/pogi/inbox?scope=mine"):
        assert tasks_read(path, anne) <= 3 * SHOWN, path


def tasks_read(path: str, browser: Any) -> int:
    """How many rows of the table of tasks the statements of a page read."""
    sent: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM tasks" in statement:
            sent.append((statement, parameters))

    event.listen(db.db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(path).status_code == 200
    finally:
        event.remove(db.db.engine, "before_cursor_execute", note)
    assert sent, "the page asked for no task"
    with db.db.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {it}", given) for it, given in sent]
        return sum(read(plan.scalar_one()[0]["Plan"]) for plan in plans)


def read(node: dict[str, Any]) -> int:
    """The rows of the table that a part of a plan, and all below it, read."""
    here = node.get("Relation Name") == "tasks"
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) if here else 0
    return int(rows * node["Actual Loops"]) + sum(read(child) for child in node.get("Plans", ()))
