"""The page of requirements and the tests that exercise them."""

import ast
from collections import defaultdict
from typing import Literal

import pytest

from service.queries.requirements import requirements
from tests.support.covering import PAGE, Collected, covers, page
from tests.support.repository import ROOT, files


def marks() -> dict[str, list[str]]:
    """The tests that are marked, by requirement, as they stand in the files."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files(".py"):
        if not path.is_relative_to(ROOT / "tests") or "@covers(" not in path.read_text():
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "covers":
                    for key in mark.args:
                        found[ast.literal_eval(key)].append(f"{path.relative_to(ROOT).as_posix()}::{node.name}")
    return dict(found)


def test_the_page_has_every_requirement_and_every_mark():
    """Where this fails after a mark was set: `python3 dev.py test --write-coverage`."""
    assert PAGE.read_text() == page(marks())


def test_a_mark_names_requirements_that_there_are():
    with pytest.raises(ValueError, match="no requirement is called P43"):
        covers("P1", "P43")
    with pytest.raises(ValueError, match="nothing"):
        covers()


def report(
    name: str,
    *keys: str,
    outcome: Literal["passed", "failed"] = "passed",
    when: Literal["setup", "call", "teardown"] = "call",
) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=name,
        location=("", 0, ""),
        keywords={},
        outcome=outcome,
        longrepr=None,
        when=when,
        user_properties=[("covers", list(keys))],
    )


def test_what_failed_or_never_ran_covers_nothing():
    run = Collected()
    run.pytest_runtest_logreport(report("a::good[sqlite]", "P1", "L2"))
    run.pytest_runtest_logreport(report("a::good[postgresql]", "P1", "L2"))
    run.pytest_runtest_logreport(report("a::half[sqlite]", "P2"))
    run.pytest_runtest_logreport(report("a::half[postgresql]", "P2", outcome="failed"))
    run.pytest_runtest_logreport(report("a::untidy", "P3"))
    run.pytest_runtest_logreport(report("a::untidy", "P3", outcome="failed", when="teardown"))
    run.pytest_runtest_logreport(report("a::prepared", "P4", when="setup"))
    assert run.tests() == {"P1": ["a::good"], "L2": ["a::good"]}


def test_a_requirement_without_a_test_is_planned():
    told = page({"P16": ["tests/a.py::test_it"]})
    assert "1 of 77 requirements" in told
    assert f"| P16 | {requirements()['P16'].quoted} |" in told
    assert "| `tests/a.py::test_it` |" in told
    assert told.count("| planned |") == 76
