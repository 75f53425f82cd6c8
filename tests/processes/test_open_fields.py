"""What the shipped forms leave unsealed is a closed list, each with its reason: docs/reference/forms.md has it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.repository import ROOT

FORMS = sorted((ROOT / "forms").glob("*/*.schema.json"))


def listed() -> set[str]:
    """The names of the fields in the table of the page."""
    page = (ROOT / "docs/reference/forms.md").read_text()
    part = page.partition("## What is not sealed")[2].partition("\n## ")[0]
    first = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {name for cell in first for name in re.findall(r"`([a-z_]+)`", cell)}


def unsealed(schema: Any, name: str = "") -> Iterator[str]:
    """The names of the fields that say that they are not sealed; an item has the name of its list."""
    if isinstance(schema, dict):
        if schema.get("x-sealed") is False:
            yield name
        for word, inner in schema.items():
            if word == "properties":
                for field, below in inner.items():
                    yield from unsealed(below, field)
            else:
                yield from unsealed(inner, name)
    elif isinstance(schema, list):
        for inner in schema:
            yield from unsealed(inner, name)


@pytest.mark.parametrize("form", FORMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_only_what_is_listed_is_left_open(form: Path):
    assert set(unsealed(json.loads(form.read_text()))) <= listed()


def test_nothing_is_listed_that_no_form_leaves_open():
    assert {name for form in FORMS for name in unsealed(json.loads(form.read_text()))} == listed()
