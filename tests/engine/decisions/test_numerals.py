"""A number as people write it."""

from decimal import Decimal

import pytest

from service.engine.decisions.numerals import numeral
from service.engine.feel.errors import Unanswerable


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (it, "1000.5")
            for it in ("1000.5", "1000,5", "1.000,5", "1,000.5", "1 000,5", "1 000.5", "1\u202f000,5", "1'000.5")
        ),
        *((it, "1234567") for it in ("1.234.567", "1,234,567", "1 234 567", "1234567")),
        *((it, "-2") for it in ("-2", "\u22122", "-2,0")),
        *((it, "0.125") for it in ("0,125", "0.125", ".125")),
        ("1e3", "1000"),
    ],
)
def test_the_same_number_in_any_writing(text: str, value: str) -> None:
    assert numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "1,0,0", "1.00.0", "1 00", "12 34", "", "1.0 00", "٣", "1_000"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unanswerable, match="is no number"):
        numeral(text)


@pytest.mark.parametrize("text", ["1.000", "1,000", "12.500", "-999,999"])
def test_what_could_be_two_numbers_is_refused(text: str) -> None:
    with pytest.raises(Unanswerable, match="a thousand times more in one language"):
        numeral(text)
