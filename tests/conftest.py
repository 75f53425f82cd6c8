"""What every test may ask for: a database, a browser, a server. Nothing here is skipped when it is missing; it fails."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from service.app import create_app
from service.domain.ports import Ports, seeded
from service.settings import Settings
from service.store import db
from tests.support import postgres
from tests.support.browser import chromium
from tests.support.browser.watch import Watch
from tests.support.covering import pytest_addoption, pytest_collection_modifyitems, pytest_configure
from tests.support.dialects import compile_once
from tests.support.server import serving
from tests.support.templates import CompiledOnce

__all__ = ["pytest_addoption", "pytest_collection_modifyitems", "pytest_configure"]

SECRET = "a secret that only tests may know"

Flask.jinja_options = {"bytecode_cache": CompiledOnce()}
compile_once()

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_collection_finish() -> None:
    """Set what is imported by now apart, and look for garbage less often: a fifth of what the tests took was that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One PostgreSQL for the tests of this process."""
    with postgres.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server) -> Iterator[str]:
    """The name of a migrated database that others are copied from."""
    with postgres_server.database() as name:
        migrate(postgres_server.url(name))
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that others are copied from."""
    file = tmp_path_factory.mktemp("template") / "mandat.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mandat.sqlite3'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    with server.database() as name:
        yield server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of the test's own, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path)
        yield f"sqlite:///{copy}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    with server.database(request.getfixturevalue("postgres_template")) as name:
        yield server.url(name)


@pytest.fixture
def ports() -> Ports:
    """A clock that stands at nine o'clock on the first Monday of 2026 until it is moved, and the randomness of seed 1."""
    return seeded(1, datetime(2026, 1, 5, 8, 0, tzinfo=UTC))


@pytest.fixture
def app(database_url: str, ports: Ports) -> Iterator[Flask]:
    """The application on a migrated database of its own, once on SQLite and once on PostgreSQL."""
    app = create_app(Settings(database_url=database_url, secret_key=SECRET), ports)
    yield app
    with app.app_context():
        db.dispose()


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address at which the application answers, without a slash at the end."""
    with serving(app) as url:
        yield url


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest form and let go of it."""
    app = create_app(Settings(database_url=url, secret_key=SECRET))
    with app.app_context():
        db.upgrade()
        db.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of this process."""
    with chromium.launched() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width=1280)`: an empty page of a Danish reader. A page that complains fails its test in the end."""
    contexts, watches = [], []

    def open_page(width: int = 1280, **options: Any) -> Page:
        """A page of `width` px; `options` are those of Playwright's `new_context`."""
        reader: dict[str, Any] = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "reduced_motion": "reduce"}
        context = browser.new_context(**{"viewport": {"width": width, "height": 900}, **reader, **options})
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for watch in watches for complaint in watch.complaints] == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page at 1280 px."""
    return open_page()
