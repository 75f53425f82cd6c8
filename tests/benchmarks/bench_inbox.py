"""The first page of an inbox where few and where very many tasks wait, and where few and many share the role."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.app.browsing import Browser
from tests.app.crowds import multiply
from tests.app.house import House, opened, two_tasks
from tests.app.visiting import visiting
from tests.benchmarks.measure import Times, tell

WAITING = (1_000, 10_000, 100_000, 1_000_000)
MEMBERS = (1, 20, 200)
PAGES = 40


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    with opened(database_url) as house:
        house.deploy(two_tasks())
        yield house


def test_inbox(house, database_url):
    one = visiting(house, "one", "pogi.sec")
    started = house.person("starter", "pogi.chair").post("/api/v1/instances", {"definition": "adoption"}).json
    lines, base, there = [], None, 1
    for waiting in WAITING:
        multiply(started["tasks"][0]["id"], there, waiting)
        there = waiting
        times = read(one, f"{waiting:9,} tasks, a role of 1")
        base = base or times
        lines.append(times.told(base))
    base = times
    for fewer, members in pairwise(MEMBERS):
        for number in range(fewer, members):
            house.person(f"member{number}", "pogi.sec")
        lines.append(read(one, f"{there:9,} tasks, a role of {members}").told(base))
    with house.statements() as seen:
        one.get("/pogi/inbox")
    tell([database_url.partition(":")[0], *lines, f"{len(seen)} statements a page"])


def read(browser: Browser, of: str) -> Times:
    """The times of so many first pages."""
    times = Times(of)
    for _ in range(5):
        assert browser.get("/pogi/inbox").status_code == 200
    for _ in range(PAGES):
        times.take(lambda: browser.get("/pogi/inbox"))
    return times
