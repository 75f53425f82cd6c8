from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.domain.events import EVENTS, told
from service.domain.facts import TaskCompleted
from service.domain.kinds import KINDS
from service.domain.mail import daily_from, is_address, soon_until
from service.domain.outbox import LONGEST, TRIES, pause
from service.engine import calendar
from tests.support.repository import ROOT

HERE = ZoneInfo("Europe/Copenhagen")


def test_it_waits_a_minute_then_twice_as_long_each_time_and_never_more_than_a_day_and_a_quarter():
    least = [pause(tries, b"\x00\x00") for tries in range(1, 20)]
    assert least[:4] == [timedelta(minutes=it) for it in (1, 2, 4, 8)]
    assert max(least) == LONGEST
    most = [pause(tries, b"\xff\xff") for tries in range(1, 20)]
    assert all(low < high < low * 1.25 for low, high in zip(least, most, strict=True))
    assert sum(least[: TRIES - 1], timedelta()) > timedelta(days=1)


def test_every_event_is_of_a_fact_and_tells_nothing_that_a_person_wrote():
    shapes = {kind: shape for (kind, _), shape in KINDS.items()}
    for kind, names in EVENTS.items():
        assert set(names) <= set(shapes[kind].__dataclass_fields__), kind
        assert not set(names) & {
            "answers",
            "variables",
            "payload",
            "label",
            "reference",
            "reason",
            "drawn_role",
            "candidate",
        }


def test_the_page_of_events_has_every_kind_and_field():
    page = (ROOT / "docs/reference/events.md").read_text()
    for kind, names in EVENTS.items():
        assert f"| `{kind}` | {', '.join(f'`{name}`' for name in names)} |" in page


def test_answers_do_not_go_out():
    fact = TaskCompleted(task="t", instance="i", state="s", answers={"remark": "in her own words"})
    event = told(fact, "case", datetime(2026, 1, 5, tzinfo=HERE))
    assert event["data"] == {"task": "t", "instance": "i"}


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 1, 5, 6, 59, tzinfo=HERE), False),
        (datetime(2026, 1, 5, 7, tzinfo=HERE), True),
        (datetime(2026, 1, 3, 12, tzinfo=HERE), False),  # Saturday
        (datetime(2026, 5, 14, 12, tzinfo=HERE), False),  # Ascension Day
        (datetime(2026, 3, 30, 7, tzinfo=HERE), True),  # the Monday after the clocks went forward
    ],
)
def test_the_daily_mail_is_due_from_seven_on_a_working_day(moment, due):
    found = daily_from(moment, calendar("DK"))
    assert (found is not None) is due
    if found is not None:
        assert found.hour == 7


def test_soon_is_the_end_of_the_second_working_day_from_now():
    assert soon_until(date(2026, 1, 8), calendar("DK")) == datetime(2026, 1, 13, tzinfo=HERE)


@pytest.mark.parametrize("text", ["anne@example.dk", "a.b+c@x.y.dk", "o'hara@localhost"])
def test_a_mail_address(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anne",
        "@example.dk",
        "anne@",
        "a b@x.dk",
        "a@x.dk\r\nBcc: b@x.dk",
        "<a@x.dk>",
        "a@b@c",
        "a@x,b@y",
        "a" * 300 + "@x.dk",
    ],
)
def test_what_is_no_mail_address(text):
    assert not is_address(text)
