"""The components without the service around them: their templates, their gallery, the headers of every page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from service.web import assets, components, gallery, headers, i18n
from tests.app.house import House, house, one_house, opened
from tests.support.server import serving

__all__ = ["danish", "gallery_address", "house", "one_house", "pages", "spoken", "sqlite_house"]


@pytest.fixture
def sqlite_house(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    """A service of the test's own on SQLite: for pages, whose reads are tested on both databases elsewhere."""
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}") as house:
        yield house


@pytest.fixture(params=sorted(i18n.LANGUAGES))
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    with i18n.speaking(request.param):
        yield request.param


@pytest.fixture
def danish() -> Iterator[None]:
    with i18n.speaking("da"):
        yield


@pytest.fixture(scope="session")
def pages() -> Flask:
    """An application that has the gallery and nothing else."""
    static = assets.BUILT.parent
    app = Flask("pages", template_folder=str(static.parent / "templates"), static_folder=str(static))
    app.jinja_env.globals["built"] = lambda name: f"/static/{assets.asset(name)}"
    headers.install(app)
    components.install(app)
    gallery.install(app)
    return app


@pytest.fixture(scope="session")
def gallery_address(pages: Flask) -> Iterator[str]:
    with serving(pages) as url:
        yield f"{url}/_gallery"
