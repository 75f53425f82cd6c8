"""Working days: counting over weekends and holidays, forwards and back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendars import Calendar, CalendarEnds

MONDAY = date(2026, 5, 11)
PLAIN = Calendar("plain", "UTC", {})
CLOSED = Calendar("closed", "UTC", {date(2026, 5, 13): "a feast", date(2026, 5, 16): "a feast on a Saturday"})
SHORT = Calendar("short", "UTC", {}, first=MONDAY, last=date(2026, 5, 22))


def test_weekends_and_holidays_are_no_working_days() -> None:
    week = [CLOSED.is_working_day(MONDAY + timedelta(days)) for days in range(7)]
    assert week == [True, True, False, True, True, False, False]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 5, 11), 1, date(2026, 5, 12)),
        (date(2026, 5, 12), 1, date(2026, 5, 14)),
        (date(2026, 5, 15), 1, date(2026, 5, 18)),
        (date(2026, 5, 16), 1, date(2026, 5, 18)),
        (date(2026, 5, 11), 5, date(2026, 5, 19)),
        (date(2026, 5, 18), -1, date(2026, 5, 15)),
        (date(2026, 5, 17), -1, date(2026, 5, 15)),
        (date(2026, 5, 14), -1, date(2026, 5, 12)),
        (date(2026, 5, 13), 0, date(2026, 5, 14)),
        (date(2026, 5, 14), 0, date(2026, 5, 14)),
    ],
)
def test_counting(start: date, days: int, end: date) -> None:
    assert CLOSED.add_working_days(start, days) == end


def test_what_the_calendar_does_not_know_is_not_guessed() -> None:
    with pytest.raises(CalendarEnds, match="knows the holidays from 2026-05-11 to 2026-05-22"):
        SHORT.add_working_days(MONDAY, 12)
    with pytest.raises(CalendarEnds):
        SHORT.add_working_days(MONDAY, -1)
    with pytest.raises(CalendarEnds):
        SHORT.is_working_day(date(2026, 5, 23))
    with pytest.raises(CalendarEnds, match=r"At most 20,000 working days"):
        PLAIN.add_working_days(MONDAY, 20_001)
    for end in (date.min, date.max):
        with pytest.raises(CalendarEnds):
            PLAIN.add_working_days(end, 1)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(-300, 300).filter(bool))
def test_counting_and_counting_back_agree(start: date, days: int) -> None:
    end = CLOSED.add_working_days(start, days)
    assert CLOSED.is_working_day(end)
    assert CLOSED.working_days_between(start, end) == days
    if CLOSED.is_working_day(start):
        assert CLOSED.add_working_days(end, -days) == start


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 400))
def test_days_between_are_those_that_one_can_count(start: date, span: int) -> None:
    end = start + timedelta(span)
    counted = [day for n in range(1, span + 1) if CLOSED.is_working_day(day := start + timedelta(n))]
    assert CLOSED.working_days_between(start, end) == len(counted)
