"""What fault tests stand on: where processes come from, a database that is fought over, and whoever works on it."""

import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask

from service.app import create_app
from service.domain.ports import Ports
from service.settings import Settings
from service.store import db
from tests.app.house import House, house, one_house
from tests.faults.births import nursery
from tests.faults.programs import SECRET
from tests.faults.report import Report
from tests.faults.work import three_tasks
from tests.support import postgres

__all__ = ["house", "one_house"]

REPORTED = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was done, as a table that can stand in a page, where the output is not captured."""
    rows = config.stash.get(REPORTED, [])
    if rows and config.getoption("capture") == "no":
        terminalreporter.section("what was done")
        for line in ("| what | database | done | violations |", "| --- | --- | --- | --- |", *rows):
            terminalreporter.write_line(line)


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Where a test says what it has done."""
    parameters = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    databases = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    database = databases.get(parameters.get("database_url", ""), "none")
    return Report(database, request.config.stash.setdefault(REPORTED, []))


@pytest.fixture(scope="module")
def bearing() -> Iterator[subprocess.Popen[str]]:
    """Where processes come from."""
    with nursery("nursery") as process:
        yield process


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A PostgreSQL that may be felled."""
    with postgres.server() as server:
        yield server


def prepared(url: str) -> tuple[Flask, str]:
    """An application on the database that is fought over, which only reads from here on, and the token of a person who
    may do every task of the process of three, which is in force."""
    app = create_app(Settings(database_url=url, secret_key=SECRET), Ports())
    with app.app_context():
        house = House(app, Ports())
        token = house.person("secretary", "pogi.sec").token
        house.deploy(three_tasks())
        db.dispose()
    return app, token


@pytest.fixture
def fought_over(database_url: str) -> Iterator[tuple[Flask, str]]:
    """What `prepared` gives, on each database in turn."""
    app, token = prepared(database_url)
    yield app, token
    with app.app_context():
        db.dispose()


@pytest.fixture
def judging(fought_over: tuple[Flask, str]) -> Flask:
    """An application on the database that is fought over; it only reads."""
    return fought_over[0]


@pytest.fixture
def token(fought_over: tuple[Flask, str]) -> str:
    """That of a person who may do every task of the process of three, which is in force."""
    return fought_over[1]
