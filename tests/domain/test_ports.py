from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ports import Ports, SteppedClock, seeded

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def test_the_same_seed_gives_the_same_ids_salts_and_times():
    one, other = seeded(1, START), seeded(1, START)
    assert [one.new_id(START) for _ in range(5)] == [other.new_id(START) for _ in range(5)]
    assert one.salt() == other.salt()
    assert one.now() == other.now() == START
    assert seeded(2, START).new_id(START) != seeded(1, START).new_id(START)


@given(st.integers(86_400, 200_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond(moment):
    made = UUID(Ports().new_id(moment))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(moment.timestamp() * 1000)


def test_the_systems_ports_never_repeat_themselves():
    ports = Ports()
    assert len({ports.new_id(START) for _ in range(1000)} | {ports.salt() for _ in range(1000)}) == 2000
    assert ports.now().tzinfo is UTC


def test_a_stepped_clock_goes_forward_and_never_back():
    clock = SteppedClock(START)
    assert clock.forward(START + timedelta(days=2)) == clock() == START + timedelta(days=2)
    assert clock.forward(START) == START + timedelta(days=2)


def test_a_clock_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        SteppedClock(START.replace(tzinfo=None))
