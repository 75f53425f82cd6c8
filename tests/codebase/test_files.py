"""What stands in the repository, and what must not."""

import re
from pathlib import Path

import pytest

from tests.support.repository import ROOT, files

SOURCES = files(".py", ".ts", ".mjs", ".css", ".html", ".md", ".toml")
LOCKS = [
    *sorted((ROOT / "requirements").glob("*.txt")),
    *(path for path in files() if path.name == "package-lock.json"),
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_has_outgrown_its_room():
    long = {name(path): path.read_text().count("\n") for path in SOURCES if "migrations" not in path.parts}
    assert {file: lines for file, lines in long.items() if lines > 400} == {}


def test_nothing_names_a_place_on_the_machine_of_its_author():
    places = re.compile(rf"{re.escape(str(ROOT))}|(?<![\w.-])/(home|Users)/[a-z]+/")
    assert [name(path) for path in files() if places.search(path.read_text(errors="replace"))] == []


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_a_lock_file_holds_no_address(lock):
    assert re.findall(r"https?://\S+", lock.read_text()) == []


def test_browser_code_of_others_is_fetched_and_never_kept():
    foreign = files(".js", ".cjs", ".mjs", ".wasm", ".woff", ".woff2", ".ttf")
    assert [name(path) for path in foreign] == ["service/web/islands/build.mjs"]
