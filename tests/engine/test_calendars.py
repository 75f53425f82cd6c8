"""The public holidays of Denmark and Norway, against known years."""

from datetime import date

import pytest

from service.engine.calendars import CalendarUnknown, calendar


def holidays(country: str, year: int) -> dict[str, str]:
    return {f"{day:%m-%d}": name for day, name in calendar(country).holidays.items() if day.year == year}


def test_denmark_2026() -> None:
    assert holidays("DK", 2026) == {
        "01-01": "Nytårsdag",
        "04-02": "Skærtorsdag",
        "04-03": "Langfredag",
        "04-05": "Påskedag",
        "04-06": "Anden påskedag",
        "05-14": "Kristi himmelfartsdag",
        "05-24": "Pinsedag",
        "05-25": "Anden pinsedag",
        "12-25": "Juledag",
        "12-26": "Anden juledag",
    }


def test_norway_2026() -> None:
    assert holidays("NO", 2026) == {
        "01-01": "Første nyttårsdag",
        "04-02": "Skjærtorsdag",
        "04-03": "Langfredag",
        "04-05": "Første påskedag",
        "04-06": "Andre påskedag",
        "05-01": "Arbeidernes dag",
        "05-14": "Kristi himmelfartsdag",
        "05-17": "Grunnlovsdag",
        "05-24": "Første pinsedag",
        "05-25": "Andre pinsedag",
        "12-25": "Første juledag",
        "12-26": "Andre juledag",
    }


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("DK", date(2023, 5, 5), False),  # the last Store bededag
        ("DK", date(2024, 4, 26), True),  # where it would have been
        ("DK", date(2026, 6, 5), True),  # Grundlovsdag is no helligdag
        ("DK", date(2026, 12, 24), True),
        ("DK", date(2026, 5, 1), True),
        ("NO", date(2026, 5, 1), False),
        ("NO", date(2027, 5, 17), False),
        ("NO", date(2024, 3, 28), False),  # Maundy Thursday
        ("DK", date(2024, 4, 1), False),  # Easter Monday
        ("DK", date(2026, 11, 21), False),  # a Saturday
    ],
)
def test_known_days(country: str, day: date, works: bool) -> None:
    assert calendar(country).is_working_day(day) is works


def test_deadlines_over_easter() -> None:
    assert calendar("DK").add_working_days(date(2026, 4, 1), 1) == date(2026, 4, 7)
    assert calendar("NO").add_working_days(date(2026, 5, 13), 2) == date(2026, 5, 18)


def test_calendars_know_their_zone_and_are_made_once() -> None:
    assert (calendar("DK").zone, calendar("NO").zone) == ("Europe/Copenhagen", "Europe/Oslo")
    assert calendar("DK") is calendar("DK")


def test_another_country_is_refused() -> None:
    with pytest.raises(CalendarUnknown, match=r"There is no calendar called 'SE'; there are DK, NO\."):
        calendar("SE")
