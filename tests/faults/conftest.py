"""What fault tests stand on: where processes come from, a database that is fought over, and whoever works on it."""

import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask

from service.app import create_app
from service.domain.ports import Ports
from service.identity.callers import PORTS
from service.settings import Settings
from service.store import db
from tests.app.house import House, house
from tests.faults.lives import nursery
from tests.faults.work import three_tasks

__all__ = ["house"]


@pytest.fixture(scope="module")
def bearing() -> Iterator[subprocess.Popen[str]]:
    """Where processes come from."""
    with nursery() as process:
        yield process


@pytest.fixture
def judging(database_url: str) -> Iterator[Flask]:
    """An application on the database that is fought over; it only reads."""
    app = create_app(Settings(database_url=database_url, secret_key="k" * 32), Ports())
    yield app
    with app.app_context():
        db.dispose()


@pytest.fixture
def token(judging: Flask) -> str:
    """That of a person who may do every task of the process of three, which is in force."""
    with judging.app_context():
        house = House(judging, judging.extensions[PORTS])
        person = house.person("secretary", "pogi.sec")
        house.deploy(three_tasks())
        db.dispose()
    return person.token
