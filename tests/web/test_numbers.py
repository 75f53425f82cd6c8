"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web import i18n
from service.web.fields import numbers

TYPED = [
    # language, text, number
    ("da", "12,5", 12.5),
    ("da", "1.500", 1500),
    ("da", "1.500,25", 1500.25),
    ("da", "2 000", 2000),
    ("da", "1.5", 1.5),
    ("da", "12,0", 12),
    ("da", "−3", -3),
    ("nb", "2\u00a0000", 2000),
    ("nb", "0,1", 0.1),
    ("en", "1,500", 1500),
    ("en", "1,500.25", 1500.25),
    ("en", "12.5", 12.5),
]


@pytest.mark.parametrize(("language", "text", "number"), TYPED)
def test_a_number_is_understood_in_the_reader_s_language(language, text, number):
    with i18n.speaking(language):
        assert (numbers.typed(text), type(numbers.typed(text))) == (number, type(number))


@pytest.mark.parametrize(
    "text", ["cirka tolv", "12 kr.", "1,5,5", "1.50.000", "0x10", "1e5", "NaN", "", "0," + "1" * 20]
)
def test_what_is_no_number_stays_as_it_was_typed(danish, text):
    assert numbers.typed(text) == text


EXACT = 2**53
"""Numbers beyond are refused by every form, for they could not be kept exactly."""


@given(st.one_of(st.integers(-EXACT, EXACT), st.floats(-EXACT, EXACT)))
def test_what_is_shown_is_understood_again(number):
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            assert numbers.typed(numbers.shown(number)) == number
