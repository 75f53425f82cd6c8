"""Which requirement is exercised by which test: marks on tests, collected from a run, written to a page of the docs.

    @covers("P16", "P23")
    def test_only_the_steering_group_decides(): …

A mark says that the test would fail if the service did not do what the requirement asks of it. It counts when the test
ran and passed: `python3 dev.py test --write-coverage` writes docs/reference/coverage.md from what did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import pytest

from service.queries.requirements import Requirement, requirements
from tests.support.repository import ROOT

PAGE = ROOT / "docs/reference/coverage.md"
OPTION = "--write-coverage"
MARK = "covers"
SEEDS = "../../service/queries/requirements/seeds"
Test = TypeVar("Test", bound=Callable[..., Any])


def covers(*keys: str) -> Callable[[Test], Test]:
    """Mark a test as one that exercises these requirements. Raises ValueError for an id that there is not."""
    unknown = sorted(set(keys) - requirements().keys())
    if unknown or not keys:
        raise ValueError(f"no requirement is called {', '.join(unknown) or 'nothing'}")
    mark: Callable[[Test], Test] = getattr(pytest.mark, MARK)(*keys)
    return mark


class Collected:
    """What the tests of a run exercised. A test that fails in one of its forms does not count in any."""

    def __init__(self) -> None:
        self._passed: dict[str, set[str]] = defaultdict(set)
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in how a test went; its marks travel with the report, from whichever process it ran in."""
        name = report.nodeid.partition("[")[0]
        if not report.passed:
            self._failed.add(name)
        elif report.when == "call":
            for key in dict(report.user_properties).get(MARK, ()):  # type: ignore[attr-defined]  # a list, of ours
                self._passed[key].add(name)

    def pytest_sessionfinish(self) -> None:
        """Write the page."""
        PAGE.write_text(page(self.tests()))

    def tests(self) -> dict[str, list[str]]:
        """The tests that exercise each requirement, by its id."""
        found = {key: sorted(names - self._failed) for key, names in self._passed.items()}
        return {key: names for key, names in found.items() if names}


def page(tests: Mapping[str, Iterable[str]]) -> str:
    """The page of the docs: every requirement in its document's words, and the tests that exercise it, or `planned`."""
    rows = [_row(it, sorted(tests.get(key, ()))) for key, it in requirements().items()]
    return "\n".join(
        [
            "# Coverage of the requirements",
            "",
            f"{len(tests)} of {len(rows)} requirements are exercised by tests that ran and passed; the rest is planned.",
            "`python3 dev.py test --write-coverage` writes this page from the marks of those tests. The words are those of",
            f"the two founding documents, [of the partnership]({SEEDS}/000_13a6a410fe33c4e4.txt) (P) and",
            f"[of the municipality]({SEEDS}/003_8500d473f122a7a4.txt) (L); the English is ours.",
            "",
            "| id | in the document's words | in English | exercised by |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _row(it: Requirement, tests: Iterable[str]) -> str:
    name = f"{it.id} ({', '.join(it.criteria)})" if it.criteria else it.id
    shown = "<br>".join(f"`{test}`" for test in tests) or "planned"
    return f"| {name} | {it.quoted} | {it.english} | {shown} |"


# --- the hooks, which tests/conftest.py hands to pytest ---------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes the page."""
    parser.addoption(OPTION, action="store_true", help=f"write {PAGE.relative_to(ROOT)} from the tests that passed")


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known, and collect where the reports of all processes arrive."""
    config.addinivalue_line("markers", f"{MARK}(*ids): the requirements that a test exercises")
    if config.getoption(OPTION) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Collected())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test carry its marks into its report."""
    for item in items:
        keys = [str(key) for mark in item.iter_markers(MARK) for key in mark.args]
        if keys:
            item.user_properties.append((MARK, keys))
