"""What event logs tell of the journal: the tables name what there is, and the page says the same."""

import re
from dataclasses import fields

import pytest

from service.domain.history import (
    ATTRIBUTES,
    BONDS,
    MESSAGES,
    MILESTONES,
    NONE_OF_THEM,
    SAYS,
    STATES,
    THINGS,
    WITHHELD,
    attributes,
    milestone,
    type_of,
)
from service.domain.kinds import KINDS
from tests.support.event_logs import TRANSITIONS
from tests.support.repository import ROOT

PAGE = (ROOT / "docs/reference/history.md").read_text()
FIELDS = {
    kind: {it.name for (name, _), shape in KINDS.items() if name == kind for it in fields(shape)} for kind, _ in KINDS
}


def table(head: str) -> dict[str, list[str]]:
    """A table of the page: the first cell, and what stands in code in the second."""
    rows = PAGE.partition(head)[2].partition("\n\n")[0]
    return {
        first: re.findall(r"`([\w.]+)`", rest)
        for first, rest in re.findall(r"^\| (.+?) \| (.+) \|$", rows, re.MULTILINE)
    }


def test_the_tables_name_kinds_and_fields_that_there_are():
    for kind, its in SAYS.items():
        assert set(its) <= FIELDS[kind] | {"case"}, kind
        for field, told in its.items():
            of = type_of(kind, field)
            assert of is not None
            assert set(told) <= FIELDS[kind], kind
            assert set(told.values()) <= set(ATTRIBUTES[of[0]]), kind
    for kind, (field, _) in STATES.items():
        assert field in FIELDS[kind]
        assert "state" in ATTRIBUTES[THINGS[field][0]]
    assert set(MILESTONES) | set(MESSAGES) | {kind for kind, _ in NONE_OF_THEM} <= set(FIELDS)
    every = set().union(*FIELDS.values())
    assert set(THINGS) | WITHHELD | {field for pair in BONDS for field in pair} <= every


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_field_is_a_thing_an_attribute_or_withheld(kind):
    for field in FIELDS[kind]:
        told = (field in attributes(kind), type_of(kind, field) is not None, field in WITHHELD)
        assert sum(told) == 1, field


def test_every_transition_is_one_of_the_standard():
    assert {milestone(kind) for kind in FIELDS} <= TRANSITIONS


def test_the_page_says_which_fields_name_objects_and_what_is_told_of_them():
    told = {field: of for of, names in table("| object type | fields |").items() for field in names}
    assert told == {field: of for field, (of, _) in THINGS.items()} | {"message": "message"}
    said: dict[str, set[str]] = {}
    for types, names in table("| attributes of | are |").items():
        for of in types.split(", "):
            said.setdefault(of, set()).update(names)
    assert {of: known for of, its in ATTRIBUTES.items() if not (known := set(its)) <= said[of]} == {}


def test_the_page_says_which_transition_a_kind_is():
    rows = PAGE.partition("| kind | transition |")[2].partition("\n\n")[0]
    told: dict[str, str] = {}
    for line in rows.splitlines():
        first, _, second = line.strip("| ").partition(" | ")
        kinds, transitions = re.findall(r"`([\w.]+)`", first), re.findall(r"`(\w+)`", second)
        told |= dict(zip(kinds, transitions if len(transitions) > 1 else transitions * len(kinds), strict=True))
    assert told == dict(MILESTONES)


def test_the_page_names_the_fields_that_lead_to_a_person():
    assert all(f"`{field}`" in PAGE.partition("**Persons**")[2].partition("\n- ")[0] for field in WITHHELD)
