"""Dates, numbers and lists as each language writes them (reference/ui, Words)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.web import formats, i18n

AT = "2026-04-21T13:00:00.000000Z"
WRITTEN: list[tuple[Any, ...]] = [
    (formats.long_date, AT, "21. april 2026", "21. april 2026", "21 April 2026"),
    (formats.weekday_date, AT, "tirsdag 21. april 2026", "tirsdag 21. april 2026", "Tuesday 21 April 2026"),
    (formats.day, date(2026, 5, 12), "12. maj", "12. mai", "12 May"),
    (formats.short_date, AT, "21.04.26", "21.04.26", "21/04/26"),
    (formats.month, date(2023, 5, 1), "maj 2023", "mai 2023", "May 2023"),
    (formats.moment, AT, "21.04.2026 kl. 15.00", "21.04.2026 kl. 15.00", "21/04/2026 at 15:00"),
    (formats.moment, "2026-04-07", "07.04.2026", "07.04.2026", "07/04/2026"),
    (formats.clock, AT, "kl. 15.00", "kl. 15.00", "at 15:00"),
    (formats.time_of, AT, "15.00", "15.00", "15:00"),
    (formats.iso, AT, *["2026-04-21T15:00:00+02:00"] * 3),
    (formats.number, 2000, "2.000", "2\u00a0000", "2,000"),
    (formats.number, 12.5, "12,5", "12,5", "12.5"),
    (formats.number, 0.0001, "0,0001", "0,0001", "0.0001"),
    (formats.number, 1e308, *["1e+308"] * 3),
    (formats.percent, 0.78, "78\u00a0%", "78\u00a0%", "78%"),
    (formats.listing, ["a", "b", "c"], "a, b og c", "a, b og c", "a, b and c"),
]


@pytest.mark.parametrize(
    ("write", "value", "da", "nb", "en"), WRITTEN, ids=[f"{r[0].__name__} {r[1]}" for r in WRITTEN]
)
def test_each_language_has_its_way(write, value, da, nb, en):
    for language, text in (("da", da), ("nb", nb), ("en", en)):
        with i18n.speaking(language):
            assert write(value) == text


def test_a_date_has_no_time():
    with pytest.raises(TypeError):
        formats.time_of("2026-04-21")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "< 1 min."),
        (2400, "40 min."),
        (5400, "1,5 t."),
        (80_000, "22 t."),
        (130_000, "1,5 dag"),
        (900_000, "10 dage"),
    ],
)
def test_how_long_something_took_is_told_by_the_unit_that_says_most(danish, seconds, said):
    assert formats.span(seconds).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Eksempel: arbejdstøj, E1", "eksempel-arbejdstoej-e1-2026-01-05"),
        ("Ændring/..\\å\n", "aendring-aa-2026-01-05"),
        ("Crème brûlée", "creme-brulee-2026-01-05"),
        ("договор", "2026-01-05"),
        ("a" * 90, f"{'a' * 60}-2026-01-05"),
    ],
)
def test_the_name_of_a_file_is_one_that_every_system_takes(text, name):
    assert formats.file_name(text, datetime(2026, 1, 4, 23, 30, tzinfo=UTC)) == name
