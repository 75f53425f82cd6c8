"""A drawing has room for its names in every language that it was made for."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine.layout import layout, report
from tests.engine.layout.drawings import DRAWINGS, target

LONG = (
    "the group needs new members",
    "Beslutningsdygtighedsvurdering",
    "yes, with members of a new group",
    "Put the interim requirements in force",
    "Is a full revision of the target demanded?",
)
NAMES = st.lists(st.text("abc lmW-.", max_size=60), min_size=1, max_size=8)


def spelt(data: bytes, names: list[str]) -> dict[str, str]:
    """One of the names in turn for each element of a file, and for those that have none as well."""
    ids = re.findall(r' id="([^"]+)"', data.decode())
    return {element: names[number % len(names)] for number, element in enumerate(ids)}


@pytest.mark.parametrize("bare", DRAWINGS, ids=lambda drawing: drawing.__name__)
def test_nothing_lies_upon_anything_else_in_either_language(bare):
    data, english = bare(), spelt(bare(), list(LONG))
    once = layout(data, spellings={"en": english})
    assert report(once).clean
    assert report(once, english).clean
    assert layout(once, spellings={"en": english}) == once


@pytest.mark.parametrize("bare", DRAWINGS, ids=lambda drawing: drawing.__name__)
def test_names_that_need_no_more_room_change_nothing(bare):
    assert layout(bare(), spellings={"en": spelt(bare(), ["a"]), "nb": {}}) == layout(bare())


@settings(max_examples=12)
@given(names=NAMES, bare=st.sampled_from([one for one in DRAWINGS if one is not target]))
def test_whatever_it_is_called_nothing_is_hidden(names, bare):
    data = bare()
    called = spelt(data, names)
    found = report(layout(data, spellings={"en": called}), called)
    assert found.clean, found
