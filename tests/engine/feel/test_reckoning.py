"""Logic by its truth tables, and dates and durations against an independent reckoning: Python's calendar, and counting."""

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.feel.asking import explained, rested, value

TRUTHS = (True, False, None)
WORD = {True: "true", False: "false", None: "null"}


def conjunction(left: bool | None, right: bool | None) -> bool | None:
    """DMN 1.5, table 40: false decides, whatever stands beside it."""
    return False if left is False or right is False else True if left and right else None


@pytest.mark.parametrize(("left", "right"), list(itertools.product(TRUTHS, repeat=2)))
def test_and_and_or_are_three_valued(left: bool | None, right: bool | None) -> None:
    both, either = conjunction(left, right), conjunction(*(None if it is None else not it for it in (left, right)))
    assert explained(f"{WORD[left]} and {WORD[right]}").value is both
    assert explained(f"{WORD[left]} or {WORD[right]}").value is (None if either is None else not either)
    assert explained("a and b", a=left, b=right).value is both
    assert explained("every x in [a, b] satisfies x", a=left, b=right).value is both
    assert explained("all([a, b])", a=left, b=right).value is both
    assert explained("some x in [a, b] satisfies x", a=left, b=right).value is (None if either is None else not either)


@pytest.mark.parametrize("operand", TRUTHS)
def test_not_turns_true_and_false_and_leaves_null(operand: bool | None) -> None:
    assert explained(f"not({WORD[operand]})").value is (None if operand is None else not operand)


@given(st.lists(st.sampled_from(TRUTHS), min_size=2, max_size=6))
def test_rows_of_operands_are_joined_one_by_one(operands: list[bool | None]) -> None:
    joined = operands[0]
    for operand in operands[1:]:
        joined = conjunction(joined, operand)
    assert explained(" and ".join(WORD[it] for it in operands)).value is joined


DAYS = st.dates(date(1, 2, 1), date(9998, 12, 1))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - the zone is put on below
SPANS = st.timedeltas(timedelta(days=-30_000), timedelta(days=30_000)).map(lambda it: timedelta(it.days, it.seconds))
MONTHS = st.integers(-900, 900)


def written(span: timedelta) -> str:
    """A days and time duration as ISO 8601 writes it."""
    seconds = abs(span) // timedelta(seconds=1)
    return f"{'-' if span < timedelta() else ''}PT{seconds}S"


def months_on(day: date, months: int) -> date | None:
    """The day so many months on, month by month; None where Python's calendar ends."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in {0, 13}:
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    if not 1 <= year <= 9998:
        return None
    following = date(year, month, 28) + timedelta(days=4)
    last = (following - timedelta(days=following.day)).day
    return date(year, month, min(day.day, last))


@given(DAYS, DAYS)
def test_days_are_apart_as_in_python_s_calendar(one: date, other: date) -> None:
    apart = value('(a - b) / @"P1D"', a=one, b=other)
    assert apart == Decimal((one - other).days)
    assert value("a < b", a=one, b=other) is (one < other)
    assert value("b + (a - b)", a=one, b=other) == value("a", a=one)


@given(DAYS, st.integers(-20_000, 20_000))
def test_a_day_so_many_days_on_is_python_s(day: date, days: int) -> None:
    try:
        expected = day + timedelta(days=days)
    except OverflowError:
        return
    assert rested(f'd + duration("{"-" if days < 0 else ""}P{abs(days)}D")', d=day) == expected.isoformat()
    assert value("[d.year, d.month, d.day, d.weekday]", d=expected) == [
        expected.year,
        expected.month,
        expected.day,
        expected.isoweekday(),
    ]
    assert value("week of year(d)", d=expected) == expected.isocalendar().week
    assert value("day of year(d)", d=expected) == expected.timetuple().tm_yday


@given(DAYS, MONTHS)
def test_a_day_so_many_months_on_is_counted_month_by_month(day: date, months: int) -> None:
    expected = months_on(day, months)
    if expected is None:
        return
    assert rested(f'd + duration("{"-" if months < 0 else ""}P{abs(months)}M")', d=day) == expected.isoformat()


@given(DAYS, DAYS)
def test_between_two_days_lie_the_months_whose_day_was_reached(first: date, last: date) -> None:
    months = int(value('years and months duration(a, b) / @"P1M"', a=first, b=last))
    way = 1 if first <= last else -1
    begun = abs((last.year - first.year) * 12 + last.month - first.month)
    reached = way * last.day >= way * first.day
    assert months == way * (begun if reached or not begun else begun - 1)


@given(
    MOMENTS, SPANS, st.sampled_from(["Europe/Copenhagen", "Europe/Oslo", "America/New_York", "Asia/Kathmandu", "UTC"])
)
def test_a_moment_so_much_later_is_python_s_in_utc(local: datetime, span: timedelta, zone: str) -> None:
    moment = local.replace(tzinfo=ZoneInfo(zone))
    later = moment.astimezone(UTC) + span
    found = value(f'm + duration("{written(span)}")', m=moment)
    assert found.python(ZoneInfo(zone)) == later
    assert value("a - b", a=later, b=moment).nanoseconds == span // timedelta(microseconds=1) * 1_000
    assert value("a < b", a=moment, b=later) is (span > timedelta())


@given(SPANS, SPANS, st.integers(-50, 50))
def test_durations_add_and_multiply_as_python_s(one: timedelta, other: timedelta, factor: int) -> None:
    texts = f'duration("{written(one)}")', f'duration("{written(other)}")'
    seconds = timedelta(seconds=1)
    assert value(f'({texts[0]} + {texts[1]}) / @"PT1S"') == (one + other) // seconds
    assert value(f'({texts[0]} - {texts[1]}) / @"PT1S"') == (one - other) // seconds
    assert value(f'{texts[0]} * {factor} / @"PT1S"') == one * factor // seconds
    parts = value(f"[{texts[0]}.days, {texts[0]}.hours, {texts[0]}.minutes, {texts[0]}.seconds]")
    sign = -1 if one < timedelta() else 1
    days, rest = divmod(abs(one), timedelta(days=1))
    hours, rest = divmod(rest, timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    assert parts == [sign * part for part in (days, hours, minutes, rest // seconds)]


@given(MONTHS, MONTHS)
def test_durations_of_months_add_as_whole_numbers(one: int, other: int) -> None:
    texts = [f'duration("{"-" if months < 0 else ""}P{abs(months)}M")' for months in (one, other)]
    assert value(f'({texts[0]} + {texts[1]}) / @"P1M"') == one + other
    assert value(f"({texts[0]}) < ({texts[1]})") is (one < other)
    assert value(f"{texts[0]}.years * 12 + {texts[0]}.months") == one
