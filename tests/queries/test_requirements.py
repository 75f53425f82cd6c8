"""The requirements are the documents' own words, and all of them."""

import re

import pytest

from service.queries.requirements import requirements, seed

ALL = requirements()


def plain(document: bytes) -> str:
    """A document without its markup, words one space apart."""
    return " ".join(re.sub(r"<[^>]*>", " ", document.decode()).split())


def test_there_are_forty_two_of_the_partnership_and_thirty_five_of_the_municipality():
    assert list(ALL) == [*(f"P{n}" for n in range(1, 43)), *(f"L{n}" for n in range(1, 36))]


@pytest.mark.parametrize("key", ALL)
def test_each_stands_in_its_document_word_for_word(key):
    rest = plain(seed(ALL[key].seed))
    for place in ALL[key].text:
        assert place in rest, place
        rest = rest.partition(place)[2]


def test_five_of_them_state_the_seven_success_criteria():
    stated = {key: it.criteria for key, it in ALL.items() if it.criteria}
    assert list(stated) == ["P37", "P38", "P39", "P40", "P41"]
    assert [criterion for each in stated.values() for criterion in each] == [f"KPI{n}" for n in range(1, 8)]
