"""Dates, times, moments and durations: written, asked, compared, reckoned with."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine.feel.kinds.dates import Date, date_of_number, date_of_python
from tests.engine.feel.asking import explained, reason, rested, value

DAYS = st.dates()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-01-31" + @"P1M"', "2026-02-28"),
        ('@"2024-02-29" + @"P1Y"', "2025-02-28"),
        ('@"2026-03-31" - @"P1M"', "2026-02-28"),
        ('@"2026-05-12" + @"P1D"', "2026-05-13"),
        ('@"2026-05-12" - @"PT1H"', "2026-05-11"),
        ('@"P1D" + @"2026-05-12"', "2026-05-13"),
        ('@"2026-05-12" - @"2026-05-01"', "P11D"),
        ('@"2026-05-12T10:00:00Z" - @"2026-05-12T10:00:00+02:00"', "PT2H"),
        ('@"2026-05-12T23:30:00" + @"PT1H"', "2026-05-13T00:30:00"),
        ('@"23:30:00" + @"PT1H"', "00:30:00"),
        ('@"10:00:00" - @"08:30:00"', "PT1H30M"),
        ('@"P1Y" + @"P6M"', "P1Y6M"),
        ('@"P1Y" * 1.5', "P1Y6M"),
        ('@"P1D" / 2', "PT12H"),
        ('@"P1D" / @"PT6H"', 4),
        ('duration("PT0.S")', "PT0S"),
        ('2 * @"PT1.5S"', "PT3S"),
        ('-@"P1DT1H"', "-P1DT1H"),
        ('abs(@"-P1Y")', "P1Y"),
        # the clocks of Copenhagen go forward on 29 March 2026: a day's duration is 24 hours, so they show one more
        ('@"2026-03-28T12:00:00@Europe/Copenhagen" + @"P1D"', "2026-03-29T13:00:00@Europe/Copenhagen"),
        ('@"2026-03-28T12:00:00@Europe/Copenhagen" + @"P1M"', "2026-04-28T12:00:00@Europe/Copenhagen"),
    ],
)
def test_reckoning(text: str, expected: object) -> None:
    assert rested(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '@"2026-05-12" + 1',
        '@"2026-05-12T10:00:00" - @"2026-05-12T10:00:00Z"',
        '@"10:00:00" < @"10:00:00Z"',
        '@"P1Y" < @"P1D"',
        '@"P1Y" + @"P1D"',
        '@"999999999-12-31" + @"P1D"',
        "date(2026, 2, 30)",
        'date("2026-5-1")',
        'date("26-05-01")',
        'time("24:00:00")',
        "time(10, 61, 0)",
        'date and time("2026-05-12T10:00:00@Europe/Nowhere")',
        'duration("P1H")',
        'duration("P")',
        'duration("PT")',
        '@"P1D" / 0',
        "working days(1.5)",
    ],
)
def test_what_cannot_be_reckoned_has_a_reason(text: str) -> None:
    assert reason(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-05-17".weekday', 7),
        ('@"2026-05-17".day', 17),
        ('@"2026-05-17T10:20:30".hour', 10),
        ('@"2026-05-17T10:20:30".year', 2026),
        ('@"10:20:30+02:00".time offset', "PT2H"),
        ('@"10:20:30".time offset', None),
        ('@"2026-05-17T10:20:30@Europe/Oslo".timezone', "Europe/Oslo"),
        ('@"P1Y8M".years', 1),
        ('@"P1Y8M".months', 8),
        ('@"-P1Y8M".months', -8),
        ('@"P3DT4H5M6.7S".days', 3),
        ('@"P3DT4H5M6.7S".seconds', 6.7),
        ('@"-PT0.999S".seconds', -0.999),
        ('@"PT61S".seconds', 1),
        ('@"10:30:00.5".second', 0.5),
        ('@"2026-05-17T10:30:59.123456789Z".second', 59.123456789),
        ('@"10:30:07".second', 7),
        ('@"-PT25H".hours', -1),
        ("[1..5).end", 5),
        ("[1..5).end included", False),
        ("(> 5).start", 5),
        ('[@"2026-05-17", @"2026-05-18"].day', [17, 18]),
    ],
)
def test_properties(text: str, expected: object) -> None:
    assert rested(text) == expected


MADE = [
    ('date("2026-05-12")', "2026-05-12"),
    ("date(2026, 5, 12)", "2026-05-12"),
    ('date(@"2026-05-12T10:00:00")', "2026-05-12"),
    ('time("10:20:30.125Z")', "10:20:30.125Z"),
    ("time(10, 20, 30.5)", "10:20:30.5"),
    ('time(10, 20, 30, @"PT2H")', "10:20:30+02:00"),
    ('time(@"2026-05-12T10:00:00@Europe/Oslo")', "10:00:00@Europe/Oslo"),
    ('date and time("2026-05-12")', "2026-05-12T00:00:00"),
    ('date and time(@"2026-05-12", @"10:00:00")', "2026-05-12T10:00:00"),
    ("date and time(2026, 5, 12, 10, 0, 0)", "2026-05-12T10:00:00"),
    ('date and time(2026, 5, 12, 10, 0, 0, "Europe/Oslo")', "2026-05-12T10:00:00@Europe/Oslo"),
    ('duration("-P1DT2H")', "-P1DT2H"),
    ('duration("PT90M")', "PT1H30M"),
    ('duration("P0D")', "PT0S"),
    ('duration("P18M")', "P1Y6M"),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', "-P1Y8M"),
    ('years and months duration(@"2019-12-31", @"2020-06-30")', "P5M"),
    ('years and months duration(@"2020-01-31", @"2020-02-29")', "P0M"),
    ('years and months duration(@"2020-06-30", @"2019-12-31")', "-P5M"),
    ('time("10:30:00+14:00")', "10:30:00+14:00"),
    ('years and months duration(@"2024-05-12T23:00:00", @"2026-05-12T01:00:00")', "P2Y"),
    ('years and months duration(@"2024-05-12T10:00:00+02:00", @"2026-05-12T10:00:00")', "P2Y"),
    ('years and months duration(@"2024-05-13T00:30:00+09:00", @"2026-05-12")', "P1Y11M"),
    ('day of year(@"2026-12-31")', 365),
    ('day of week(@"2026-05-12")', "Tuesday"),
    ('month of year(@"2026-05-12")', "May"),
    ('week of year(@"2005-01-01")', 53),
    ('string(@"-0044-03-15")', "-0044-03-15"),
    ('string(@"999999999-12-31")', "999999999-12-31"),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
    ('is(@"10:00:00Z", @"11:00:00+01:00")', False),
    ('is(@"10:00:00@Australia/Melbourne", @"10:00:00+10:00")', False),
    ('is(@"10:00:00@Etc/GMT", @"10:00:00Z")', False),
    ('is(@"10:00:00@Etc/GMT", @"10:00:00@Etc/GMT")', True),
    ('is(@"2026-05-12T10:00:00@Europe/Oslo", @"2026-05-12T10:00:00@Europe/Copenhagen")', False),
    ('is(@"2026-05-12T10:00:00Z", @"2026-05-12T10:00:00+00:00")', True),
    ('is(@"2026-05-12", @"2026-05-12T00:00:00Z")', False),
    ("is(1, 1.0)", True),
    ('is(value1: @"2026-05-12")', False),
    ('is(value2: @"2026-05-12", value1: @"2026-05-12")', True),
    ('time("10:30:00.1") = time("10:30:00.2")', True),
    ('@"2026-05-12T10:30:00.9Z" = @"2026-05-12T12:30:00+02:00"', True),
    ('@"2026-05-12T10:30:00.9" = @"2026-05-12T10:30:01"', False),
    ('@"10:30:00.1" < @"10:30:00.2"', False),
    ('@"10:30:00.9" < @"10:30:01"', True),
    ('count(distinct values([@"10:30:00.1", @"10:30:00.2", @"10:30:01"]))', 2),
    ('string(@"10:30:00.2" - @"10:30:00.1")', "PT0.1S"),
    ('is(1, "1")', False),
]


@pytest.mark.parametrize(("text", "expected"), MADE)
def test_making_and_naming(text: str, expected: object) -> None:
    assert rested(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-05-12" = @"2026-05-12T00:00:00Z"', True),
        ('@"2026-05-12T02:00:00+02:00" = @"2026-05-12"', True),
        ('@"2026-05-12" = @"2026-05-12T00:00:00"', False),
        ('@"2026-05-12" != @"2026-05-12T10:00:00Z"', True),
        ('@"2026-05-12" < @"2026-05-12T00:00:01Z"', True),
        ('@"2026-05-12T10:00:00Z" between @"2026-05-12" and @"2026-05-13"', True),
        ('@"2026-05-12T10:00:00Z" in [@"2026-05-12"..@"2026-05-13"]', True),
        ('@"2026-05-12T12:00:00-01:00" = @"2026-05-12T17:00:00+04:00"', True),
    ],
)
def test_beside_a_moment_a_day_is_its_midnight_in_utc(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_the_clock_is_the_one_that_was_given_in_its_zone() -> None:
    assert rested("now()") == "2026-05-12T12:00:00@Europe/Copenhagen"
    assert rested("today()") == "2026-05-12"


WORKING_DAYS = [
    ("working days(0)", "2026-05-12"),
    ("working days(1)", "2026-05-13"),
    ("working days(2)", "2026-05-15"),  # Ascension Day lies between
    ("working days(-1)", "2026-05-11"),
    ('working days(1, @"2026-04-01")', "2026-04-07"),  # all of Easter lies between
    ('working days(15, @"2026-03-27")', "2026-04-22"),
    ('working days(1, @"2026-05-15T23:59:00Z")', "2026-05-18"),
    ('working days(n: 1, from: @"2026-05-15")', "2026-05-18"),
    ("working days(5) instance of date", True),
]


@pytest.mark.parametrize(("text", "expected"), WORKING_DAYS)
def test_working_days(text: str, expected: object) -> None:
    assert rested(text) == expected


def test_a_host_s_dates_are_feel_s() -> None:
    assert rested('d < @"2026-05-12"', d=datetime.date(2026, 5, 11)) is True
    moment = datetime.datetime(2026, 5, 12, 10, tzinfo=datetime.UTC)
    assert rested('m = @"2026-05-12T12:00:00@Europe/Copenhagen"', m=moment) is True
    assert rested("string(t)", t=datetime.timedelta(days=1, seconds=1)) == "P1DT1S"
    assert explained("d", d="2026-05-12").value == "2026-05-12"  # text stays text


@given(DAYS)
def test_a_day_is_the_day_that_python_knows(day: datetime.date) -> None:
    ours = date_of_python(day)
    assert ours.number == day.toordinal() - datetime.date(1970, 1, 1).toordinal()
    assert date_of_number(ours.number) == ours
    assert (ours.weekday, ours.day_of_year, ours.week_of_year) == (
        day.isoweekday(),
        day.timetuple().tm_yday,
        day.isocalendar().week,
    )
    assert value(f'date("{ours}")') == ours


@given(st.integers(-365_000_000_000, 365_000_000_000))
def test_every_number_is_one_day_far_beyond_python_s_years(number: int) -> None:
    day = date_of_number(number)
    assert day.number == number
    assert (date_of_number(number + 1) > day) is True
    assert 1 <= day.month <= 12


@given(DAYS, st.integers(-1200, 1200))
def test_months_on_is_the_same_day_or_the_month_s_last(day: datetime.date, months: int) -> None:
    start = date_of_python(day)
    later = start.plus_months(months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and later.plus_months(0) == later)
    assert Date(later.year, later.month, later.day).number == later.number


@given(
    st.datetimes(timezones=st.just(datetime.UTC)), st.timedeltas(datetime.timedelta(-1000), datetime.timedelta(1000))
)
def test_durations_are_python_s(start: datetime.datetime, span: datetime.timedelta) -> None:
    try:
        expected = start + span
    except OverflowError:
        return
    assert value("start + span = expected", start=start, span=span, expected=expected) is True
    assert value("expected - start = span", start=start, span=span, expected=expected) is True
