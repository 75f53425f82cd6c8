"""A target's day for review: its revision begins by itself on that day, once, and no day sooner."""

from datetime import UTC, datetime

from service.identity import clockwork
from service.queries import clock
from service.queries.cases import newest_case
from service.store import cases as store
from service.store import db, journal
from tests.app.house import House, house
from tests.diagrams import process
from tests.operations.test_targets import in_force, members

__all__ = ["house", "members"]

EVE = datetime(2029, 5, 31, 21, 59, tzinfo=UTC)  # the last minute of May in Copenhagen
DAY = datetime(2029, 5, 31, 22, 0, tzinfo=UTC)


def revision(house: House) -> None:
    drawing = process("revision").start().user("triage", lane="pogi.sec").end()
    house.deploy({"revision.bpmn": drawing.bpmn()})


def test_the_revision_begins_on_the_day_once_and_says_why(house: House, members):
    _, target = in_force(house)
    revision(house)
    house.clock.forward(EVE)
    assert clockwork.begin_reviews() == 0
    assert clock.next_halt("pogi", EVE) == DAY
    assert clock.next_timer(EVE) == DAY
    house.clock.forward(DAY)
    assert [clockwork.begin_reviews(), clockwork.begin_reviews()] == [1, 0]
    case_id = newest_case("pogi", "revision")
    with db.reading() as session:
        case = store.case(session, "pogi", case_id or "")
        assert case is not None
        begun = journal.entries(session, *case.stream)[0]
    assert begun["data"]["variables"] == {"target": target, "cause": "date"}
    assert begun["auth"] == "installation"


def test_a_workspace_without_the_process_is_told_in_the_log_and_goes_on(house: House, members, caplog):
    in_force(house)
    house.clock.forward(DAY)
    assert [clockwork.begin_reviews(), clockwork.begin_reviews()] == [0, 0]
    assert caplog.messages.count("the revision of a target could not be begun") == 1
    revision(house)
    assert clockwork.begin_reviews() == 1
