"""What whoever installs Mandat gets."""

import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.support.repository import ROOT, files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel built from here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with ZipFile(next(folder.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_it_holds_the_package_service_and_nothing_else_at_the_top(wheel):
    assert {name.partition("/")[0] for name in wheel if ".dist-info/" not in name} == {"service"}


def test_it_holds_every_python_file_of_the_package(wheel):
    assert {
        path.relative_to(ROOT).as_posix() for path in files(".py") if path.is_relative_to(ROOT / "service")
    } <= wheel


def test_it_holds_the_requirements_and_the_demonstration(wheel):
    data = [path for path in files(".json", ".yaml", ".txt") if path.is_relative_to(ROOT / "service/queries")]
    assert {"requirements.json", "sample.yaml", "e1.yaml", "000_13a6a410fe33c4e4.txt"} <= {path.name for path in data}
    assert {path.relative_to(ROOT).as_posix() for path in data} <= wheel


def test_it_holds_the_bundled_browser_code_with_its_licences_and_not_the_sources(wheel):
    assert {"service/web/static/built/manifest.json", "service/web/static/built/licences.txt"} <= wheel
    assert not [name for name in wheel if "/islands/" in name or "/static/css/" in name]


def test_it_holds_the_shipped_processes_and_forms(wheel):
    shipped = [path for folder in ("processes", "forms") for path in files() if path.is_relative_to(ROOT / folder)]
    assert {f"service/_bundles/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= wheel
