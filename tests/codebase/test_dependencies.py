"""Dependencies: each is pinned, locked by hash, and has its line in the decisions."""

import json
import re
import tomllib

import pytest

from tests.support.repository import ROOT, files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = {
    "run": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "test": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["test"]],
}
PACKAGES = [path for path in files(".json") if path.name == "package.json"]
DECISIONS = "\n".join(path.read_text().lower() for path in sorted((ROOT / "docs/decisions").glob("*.md")))


def bare(requirement: str) -> str:
    """`psycopg[binary]==3.3.9` → `psycopg`."""
    return re.split(r"[\[<>=]", requirement)[0].lower()


def wanted(package: str) -> dict[str, str]:
    """npm name → version asked for."""
    content = json.loads((ROOT / package / "package.json").read_text())
    return {**content.get("dependencies", {}), **content.get("devDependencies", {})}


@pytest.mark.parametrize("lock", ASKED)
def test_python_locks_hold_what_is_asked_for_with_hashes(lock):
    blocks = re.split(r"\n(?=\S)", (ROOT / f"requirements/{lock}.txt").read_text().strip())
    locked = {re.split(r"[=\[ ]", block)[0].lower(): block.splitlines()[0] for block in blocks}
    assert all("--hash=sha256:" in block for block in blocks)
    for requirement in ASKED[lock]:
        pin = re.search(r"==(\S+)", requirement)
        assert bare(requirement) in locked
        assert pin is None or f"=={pin[1]} " in locked[bare(requirement)]


@pytest.mark.parametrize("package", [str(path.parent.relative_to(ROOT)) for path in PACKAGES])
def test_npm_locks_hold_exactly_what_is_asked_for(package):
    content = json.loads((ROOT / package / "package-lock.json").read_text())
    locked = {path: entry for path, entry in content["packages"].items() if path}
    assert all(entry["integrity"] for entry in locked.values())
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted(package)} == wanted(package)


def test_every_dependency_has_a_line_in_the_decisions():
    asked = {bare(requirement) for requirement in ASKED["test"]}
    asked |= {name for path in PACKAGES for name in wanted(str(path.parent.relative_to(ROOT)))}
    assert sorted(name for name in asked if f"`{name}`" not in DECISIONS) == []
