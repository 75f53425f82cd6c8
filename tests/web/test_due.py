"""Deadlines in words: exactly those of reference/ui, Due words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendars import Calendar
from service.web import due, i18n

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TUESDAY = datetime(2026, 4, 21, 14, 2, tzinfo=COPENHAGEN)


def at(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=COPENHAGEN)


def test_what_begins_at_midnight_begins_with_the_day_and_a_deadline_ends_with_the_one_before():
    with i18n.speaking("da", "Europe/Copenhagen"):
        assert due.due(at(4, 24), TUESDAY).full == "Torsdag 23. april"
        assert due.due(at(4, 24), TUESDAY, begins=True).full == "Fredag 24. april"


WORDS = [
    # deadline, tone, word in Danish, Norwegian and English
    (at(4, 7, year=2025), "over", "Mere end et år over", "Mer enn et år over", "More than a year over"),
    (at(4, 7, year=2023), "over", "Mere end 3 år over", "Mer enn 3 år over", "More than 3 years over"),
    (at(11, 20, year=2025), "over", "5 måneder over", "5 måneder over", "5 months over"),
    (at(3, 24), "over", "4 uger over", "4 uker over", "4 weeks over"),
    (at(4, 2), "over", "20 dage over", "20 dager over", "20 days over"),
    (at(4, 19), "over", "3 dage over", "3 dager over", "3 days over"),
    (at(4, 21), "over", "1 dag over", "1 dag over", "1 day over"),
    (at(4, 21, 12, 30), "over", "1 time over", "1 time over", "1 hour over"),
    (at(4, 21, 14, 2), "over", "1 minut over", "1 minutt over", "1 minute over"),
    (at(4, 21, 15), "today", "Kl. 15.00", "Kl. 15.00", "At 15:00"),
    (at(4, 22), "today", "I dag", "I dag", "Today"),
    (at(4, 24), "soon", "Torsdag", "Torsdag", "Thursday"),
    (at(4, 27), "soon", "Søndag", "Søndag", "Sunday"),
    (at(4, 28), "later", "Mandag", "Mandag", "Monday"),
    (at(4, 29), "later", "Om 7 dage", "Om 7 dager", "In 7 days"),
    (at(5, 6), "later", "Om 14 dage", "Om 14 dager", "In 14 days"),
    (at(5, 13), "later", "12. maj", "12. mai", "12 May"),
    (at(1, 15, year=2027), "later", "14. januar 2027", "14. januar 2027", "14 January 2027"),
]


@pytest.mark.parametrize(("deadline", "tone", "da", "nb", "en"), WORDS, ids=[row[2] for row in WORDS])
def test_the_shortest_word(deadline, tone, da, nb, en):
    for language, word in (("da", da), ("nb", nb), ("en", en)):
        with i18n.speaking(language):
            told = due.due(deadline, TUESDAY)
        assert (told.tone, told.word) == (tone, word)


@pytest.mark.parametrize(
    ("deadline", "full", "by", "left"),
    [
        (at(4, 19), "Lørdag 18. april", "Senest 18. april", "3 dage over"),
        (at(4, 21, 15), "I dag kl. 15.00", "I dag kl. 15.00", "om 58 minutter"),
        (at(4, 21, 18), "I dag kl. 18.00", "I dag kl. 18.00", "om 3 timer"),
        (at(4, 22), "I dag", "Senest i dag", "om 9 timer"),
        (at(4, 24), "Torsdag 23. april", "Senest torsdag", "om 2 dage"),
        (at(5, 21), "Onsdag 20. maj", "Senest 20. maj", "om 29 dage"),
        (at(1, 15, year=2027), "Torsdag 14. januar 2027", "Senest 14. januar 2027", "om 268 dage"),
    ],
)
def test_the_longer_ones(danish, deadline, full, by, left):
    told = due.due(deadline, TUESDAY)
    assert (told.full, told.by, told.left) == (full, by, left)


@pytest.mark.parametrize(
    ("deadline", "left"),
    [
        (at(5, 2), "om 7 arbejdsdage"),  # 1 May stands in the calendar
        (at(4, 17), "3 arbejdsdage over"),
        (at(4, 21, 15), "om 58 minutter"),
    ],
)
def test_working_days_are_counted_by_the_calendar_and_named(danish, deadline, left):
    calendar = Calendar("DK", "Europe/Copenhagen", {date(2026, 5, 1): "Eksempel"})
    assert due.due(deadline, TUESDAY, calendar).left == left


def test_text_from_a_query_is_told_in_the_reader_s_zone(danish):
    assert due.due("2026-04-21T13:00:00.000000Z", TUESDAY).word == "Kl. 15.00"
    with i18n.speaking("da", "Atlantic/Reykjavik"):
        assert due.due("2026-04-21T15:00:00.000000Z", TUESDAY).word == "Kl. 15.00"


def test_without_a_deadline_there_are_no_words():
    assert due.due(None, TUESDAY) == due.Due(None, tone="later")


def test_groups_come_in_their_order_and_empty_ones_are_left_out(danish):
    tones: list[due.Tone] = ["later", "over", "later", "today"]
    assert due.groups(enumerate(tones), lambda item: item[1]) == [
        ("over", "Overskredet", [(1, "over")]),
        ("today", "I dag", [(3, "today")]),
        ("later", "Senere", [(0, "later"), (2, "later")]),
    ]


MOMENTS = st.integers(1_700_000_000, 1_900_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(now=MOMENTS, minutes=st.integers(-(10**6), 10**6))
def test_what_is_over_is_said_to_be_over_and_nothing_else_is(now, minutes):
    with i18n.speaking("en"):
        told = due.due(now + timedelta(minutes=minutes), now)
    assert (told.tone == "over") is (minutes <= 0) is told.word.endswith("over")
    assert told.full
    assert told.by
    assert told.left
