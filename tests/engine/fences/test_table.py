"""The table of faults, and the version that they were measured on."""

import ast
import re
from pathlib import Path

import pytest

from service.engine import fences

ROWS = [row.split(" | ") for row in re.findall(r"^\| (.+) \|$", fences.__doc__ or "", re.MULTILINE)[2:]]
"""(fault, cure) of each row."""

SHOWN = [ast.get_docstring(ast.parse(file.read_text())) for file in Path(__file__).parent.glob("test_*.py")]
"""What the files here say that they show."""

FENCES = {file.stem for file in Path(*fences.__path__).glob("*.py")} - {"__init__"}


def cures(cure: str) -> set[str]:
    """The modules that a cell names before its colon."""
    return set(re.findall("`([a-z_]+)`:", cure))


def test_every_fault_of_the_table_is_shown_by_one_file_and_every_file_shows_one():
    faults = [fault[0].upper() + fault[1:] + "." for fault, _ in ROWS]
    assert sorted([*faults, str(__doc__)]) == sorted(map(str, SHOWN))


@pytest.mark.parametrize(("fault", "cure"), ROWS)
def test_a_fault_has_a_cure(fault, cure):
    assert cures(cure)
    assert cures(cure) <= FENCES | {"reading"}


def test_every_fence_cures_a_fault_of_the_table():
    assert set().union(*(cures(cure) for _, cure in ROWS)) >= FENCES


def test_another_version_of_the_library_is_refused(monkeypatch):
    monkeypatch.setattr(fences, "version", lambda _: "3.3.0")
    with pytest.raises(fences.UnknownEngine, match=r"3\.3\.0 is installed, 3\.2\.0 is required"):
        fences.require_known_engine()
