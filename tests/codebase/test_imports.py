"""The floors of the house: every import contract holds, and every one catches the breach that it is there for."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.support.repository import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

# contract, the file that is planted, what it says
BREACHES = [
    ("floors", "domain/planted.py", "import service.runtime"),
    ("floors", "queries/planted.py", "import service.commands"),
    ("floors", "planted.py", "the_drawer = 'a module that stands on no floor'"),
    ("engine-library", "runtime/planted.py", "import SpiffWorkflow"),
    ("engine-library", "store/planted.py", "from lxml import etree"),
    ("database-library", "commands/planted.py", "import sqlalchemy"),
    ("database-library", "engine/planted.py", "from flask_sqlalchemy import SQLAlchemy"),
    ("database-driver", "web/planted.py", "import psycopg"),
    ("schema-library", "web/planted.py", "import jsonschema"),
    ("watching-libraries", "commands/planted.py", "import structlog"),
    ("watching-libraries", "api/planted.py", "import prometheus_client"),
    ("settings", "commands/planted.py", "from service import settings"),
    ("no-flask-below-identity", "store/planted.py", "from flask import g"),
    ("no-flask-below-identity", "commands/planted.py", "from werkzeug.exceptions import NotFound"),
    ("plain-domain", "domain/planted.py", "import orjson"),
    ("thin-edges", "web/planted.py", "import service.store"),
    ("thin-edges", "api/planted.py", "import service.engine"),
    ("thin-edges", "web/planted.py", "import service.operations"),
    ("commands-apart", "commands/planted.py", "from service.commands import {sibling}"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package's Python files and of the contracts."""

    def only_python(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if not name.endswith(".py") and ("." in name or name in ("islands", "static"))]

    shutil.copytree(ROOT / "service", tmp_path / "service", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(house: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-logo", "--no-cache", *options], cwd=house, capture_output=True, text=True, check=False
    )


def test_every_contract_holds(house):
    linted = lint(house)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize(("contract", "file", "text"), BREACHES, ids=[f"{c}: {f}: {t}" for c, f, t in BREACHES])
def test_a_planted_breach_is_caught(house, contract, file, text):
    siblings = (path.stem for path in sorted((house / "service/commands").glob("[a-z]*.py")))
    (house / "service" / file).write_text(text.format(sibling=next(siblings)) + "\n")

    linted = lint(house, "--contract", contract)

    assert linted.returncode == 1, linted.stdout
    assert "planted" in linted.stdout


def test_every_contract_has_a_planted_breach():
    assert {contract for contract, _, _ in BREACHES} == {contract["id"] for contract in CONTRACTS}


def test_the_domain_is_closed_to_every_third_party_library_that_is_in_use():
    forbidden = next(contract["forbidden_modules"] for contract in CONTRACTS if contract["id"] == "plain-domain")
    graph = grimp.build_graph("service", include_external_packages=True, cache_dir=None)
    used = {module.partition(".")[0] for module in graph.modules} - {"service"} - set(sys.stdlib_module_names)
    assert used <= set(forbidden)
