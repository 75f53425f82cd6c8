"""Days, as an operation reckons them where its calendar holds."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from service.operations import Place
from service.store.db import reading
from tests.app.house import House
from tests.app.records import desk


def _place(house: House) -> Place:
    with reading() as session:
        return desk(house).place(session)


@pytest.mark.parametrize(
    ("today", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-31", 12, "2027-01-31"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-05", 0, "2026-05-05"),
    ],
)
def test_months_from_a_day_end_on_the_last_of_a_shorter_month(one_house: House, today, months, expected):
    now = datetime.fromisoformat(f"{today}T12:00:00+00:00")
    place = replace(_place(one_house), now=now)
    assert place.in_months(months) == date.fromisoformat(expected)


def test_today_is_the_day_where_the_calendar_holds(one_house: House):
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight in Copenhagen
    assert replace(_place(one_house), now=late).today() == date(2026, 6, 2)
