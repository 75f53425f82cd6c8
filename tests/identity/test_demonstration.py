"""A demonstration: being somebody else without a password, and a clock that goes forward and nowhere else."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from service.app import create_app
from service.commands import accounts, instances, roles
from service.domain.errors import DemonstrationHere, DemonstrationRefused, NoDemonstration, PersonNotFound
from service.domain.journal import INSTALLATION
from service.domain.ports import Ports, SteppedClock, seeded
from service.identity import call_as, clockwork, ports, sign_in
from service.post import DerivedKey, ErasureFile, Files, verify
from service.queries import clock
from service.runtime.command import Call
from service.settings import Settings
from service.store import db, journal
from tests.app.browsing import Browser, browser
from tests.app.house import START, House, opened, two_tasks, waiting
from tests.app.visiting import visiting
from tests.diagrams import after, process

MONDAY = "mandag 5. januar 2026"


@pytest.fixture
def demo(database_url: str) -> Iterator[House]:
    """A demonstration with a secretary whom anybody may be."""
    with opened(database_url, demo=True) as house:
        house.role("pogi.sec")
        house.person("anne", "pogi.sec")
        accounts.create(house.operator(), "pogi.sec", persona=True)
        accounts.join(house.operator(), "pogi.sec", "Sanne Eksempel")
        roles.grant(house.operator(), "pogi.sec", "pogi.sec")
        clockwork.wind(joins=False)
        yield house


@pytest.fixture
def sanne(demo: House) -> Browser:
    """A browser in which she is the secretary."""
    sanne = browser(demo)
    assert sanne.post("/pogi/demo/persona", {"persona": "pogi.sec"}).status_code == 303
    return sanne


def told(page: str) -> list[str]:
    """The names of the tasks on a page that this test knows."""
    return [name for name in ("act", "prepare") if f">{name}<" in page]


def move(sanne: Browser, **fields: str) -> str:
    """Move the clock by the form above the inbox, and give the page that then is shown."""
    sent = {"csrf_token": sanne.token("/pogi/inbox"), **fields}
    answer = sanne.post("/pogi/demo/clock", sent, headers={"Referer": "http://localhost/pogi/inbox"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/pogi/inbox")
    return sanne.get("/pogi/inbox").text


def test_whoever_comes_may_be_a_persona_and_is_told_that_nothing_is_real(demo: House):
    visitor = browser(demo)
    page = visitor.get("/sign-in?next=/pogi/inbox").text
    assert "Demonstration." in page
    assert "Sanne Eksempel" in page
    chosen = visitor.post("/pogi/demo/persona", {"persona": "pogi.sec", "next": "/pogi/inbox?scope=mine"})
    assert chosen.headers["Location"] == "/pogi/inbox?scope=mine"
    inbox = visitor.get("/pogi/inbox").text
    assert "Sanne Eksempel" in inbox
    assert MONDAY in inbox
    assert "Flyttes uret, flyttes det i alle arbejdsrum." in inbox


@pytest.mark.parametrize("name", ["anne", "nobody", ""])
def test_nobody_else_is_taken_on_without_a_password(demo: House, name):
    visitor = browser(demo)
    assert visitor.post("/pogi/demo/persona", {"persona": name}).status_code == 404
    assert visitor.get("/pogi/inbox").status_code == 303
    with demo.app.test_request_context(), pytest.raises(PersonNotFound):
        sign_in.as_persona("lillestrom", "pogi.sec")


@pytest.mark.parametrize("onward", ["/lillestrom/inbox", "https://example.org", "//example.org", "/pogi"])
def test_changing_leads_to_a_page_of_that_workspace(demo: House, onward):
    answer = browser(demo).post("/pogi/demo/persona", {"persona": "pogi.sec", "next": onward})
    assert answer.headers["Location"] == "/pogi/"


@pytest.fixture
def neighbour(demo: House) -> str:
    """A persona of the other workspace."""
    demo.role("lill.director", "lillestrom")
    accounts.create(demo.operator("lillestrom"), "lill.director", persona=True)
    accounts.join(demo.operator("lillestrom"), "lill.director", "Dag Eksempel")
    roles.grant(demo.operator("lillestrom"), "lill.director", "lill.director")
    return "lill.director"


def test_the_banner_offers_the_personas_of_every_workspace(demo: House, sanne: Browser, neighbour: str):
    page = sanne.get("/pogi/inbox").text
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page)
    assert [(name, re.findall('value="([^"]+)"', options)) for name, options in groups] == [
        ("Partnerskabet for Offentlige Grønne Indkøb", ["pogi.sec"]),
        ("Lillestrøm kommune", [f"lillestrom/{neighbour}"]),
    ]
    sent = {"persona": f"lillestrom/{neighbour}", "next": "/pogi/inbox", "csrf_token": sanne.token("/pogi/inbox")}
    changed = sanne.post("/pogi/demo/persona", sent)
    assert (changed.status_code, changed.headers["Location"]) == (303, "/lillestrom/")
    assert "Dag Eksempel" in sanne.get("/lillestrom/inbox").text
    back = {"persona": "pogi/pogi.sec", "csrf_token": sanne.token("/lillestrom/inbox")}
    assert sanne.post("/lillestrom/demo/persona", back).headers["Location"] == "/pogi/"


def test_who_is_somebody_may_choose_again_and_lands_where_she_wanted(demo: House, sanne: Browser, neighbour: str):
    page = sanne.get("/sign-in?next=/lillestrom/inbox")
    assert page.status_code == 200
    assert "Dag Eksempel" in page.text
    start = sanne.get("/").text
    assert 'href="/sign-in?next=/lillestrom/"' in start, "a workspace that is not hers leads to who may be there"
    assert 'href="/pogi/"' in start
    assert start.index("Partnerskabet") < start.index("Lillestrøm"), "the first made stands first"


def test_outside_a_demonstration_who_is_signed_in_is_led_on(house: House):
    anne = visiting(house, "anne", "pogi.sec")
    assert anne.get("/sign-in?next=/pogi/inbox").headers["Location"] == "/pogi/inbox"


def test_changing_begins_another_session(sanne: Browser):
    before = sanne.cookie
    assert before
    sanne.post("/pogi/demo/persona", {"persona": "pogi.sec", "csrf_token": sanne.token("/pogi/inbox")})
    assert sanne.cookie != before
    sanne.hold(before)
    assert sanne.get("/pogi/inbox").status_code == 303


def test_to_the_next_deadline_and_what_came_due_has_happened(demo: House, sanne: Browser):
    demo.deploy(waiting())
    instances.start(demo.operator(), "waiting", {}, None)
    assert told(sanne.get("/pogi/inbox").text) == []
    after = move(sanne, by="deadline")
    assert "onsdag 7. januar 2026" in after
    assert told(after) == ["act"]
    assert demo.clock() == START + timedelta(days=2)
    move(sanne, by="deadline")
    assert demo.clock() == START + timedelta(days=2), "nothing else is due"


def test_to_the_next_deadline_is_while_a_task_can_still_be_done_in_time(demo: House, sanne: Browser):
    """Five working days from Monday the fifth: due by the end of Monday the twelfth, at nine of which the clock stops."""
    timed = process("timed").start().user("act", lane="pogi.sec", properties={"dueDate": "working days(5)"}).end()
    demo.deploy({"timed.bpmn": timed.bpmn()})
    instances.start(demo.operator(), "timed", {}, None)
    assert "mandag 12. januar 2026" in move(sanne, by="deadline")
    assert demo.clock() == datetime(2026, 1, 12, 8, tzinfo=UTC)
    move(sanne, by="deadline")
    assert demo.clock() == datetime(2026, 1, 12, 23, tzinfo=UTC), "the next one is that day's end"


def test_what_comes_due_on_the_way_happens_at_its_own_time(demo: House, sanne: Browser):
    """One rest of two days follows the other: after a week both are over, the second two days after the first."""
    twice = (
        process("twice").start().catch("one", after('duration("P2D")')).catch("two", after('duration("P2D")'))
        .user("act", lane="pogi.sec").end()
    )  # fmt: skip
    demo.deploy({"twice.bpmn": twice.bpmn()})
    started = instances.start(demo.operator(), "twice", {}, None)
    assert told(move(sanne, by="week")) == ["act"]
    with db.reading() as session:
        entries = journal.entries(session, "pogi", started["case_id"])
    fired = [entry["at"] for entry in entries if entry["kind"] == "timer.fired"]
    assert fired == ["2026-01-07T08:00:00.000000Z", "2026-01-09T08:00:00.000000Z"]
    assert demo.clock() == START + timedelta(weeks=1)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"by": "day"}, 10),
        ({"by": "day", "count": "3"}, 12),
        ({"by": "working-day"}, 12),
        ({"by": "working-day", "count": "6"}, 19),
        ({"by": "week"}, 16),
        ({"by": "date", "day": "2026-01-27"}, 27),
        ({"by": "date", "day": "2026-01-02"}, 9),
        ({"by": "date", "day": "27.1.2026"}, 9),
    ],
)
def test_by_days_by_working_days_by_weeks_and_to_a_day(demo: House, sanne: Browser, fields, day):
    demo.clock.forward(datetime(2026, 1, 9, 8, tzinfo=UTC))  # a Friday
    move(sanne, **fields)
    assert demo.clock() == datetime(2026, 1, day, 8, tzinfo=UTC)


def test_the_same_hour_counts_when_summer_time_begins(demo: House, sanne: Browser):
    demo.clock.forward(datetime(2026, 3, 28, 8, tzinfo=UTC))
    move(sanne, by="week")
    assert demo.clock() == datetime(2026, 4, 4, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"by": "day", "count": "-1"},
        {"by": "day", "count": "0"},
        {"by": "week", "count": "9999"},
        {"by": "date", "day": "9999-12-31"},
        {"by": "x"},
    ],
)
def test_the_clock_goes_neither_back_nor_out_of_the_calendar(demo: House, sanne: Browser, fields):
    sent = {"csrf_token": sanne.token("/pogi/inbox"), **fields}
    assert sanne.post("/pogi/demo/clock", sent).status_code in (303, 404)
    clockwork.forward(demo.operator().actor, START - timedelta(days=1))
    assert demo.clock() == START
    assert clock.position() == START


def test_moving_the_clock_signs_nobody_out(sanne: Browser):
    for _ in range(3):
        assert "Sanne Eksempel" in move(sanne, by="week")


def test_what_happens_on_a_moved_clock_says_so_in_the_journal(demo: House, sanne: Browser):
    move(sanne, by="day")
    with db.reading() as session:
        entries = journal.entries(session, INSTALLATION, INSTALLATION)
    assert entries[-1]["kind"] == "clock.moved"
    assert entries[-1]["data"] == {"to": "2026-01-06T08:00:00.000000Z"}
    assert {entry.get("clock") for entry in entries} == {"demo"}


def again(url: str, seed: int = 7) -> House:
    """The same demonstration, started again on its data."""
    fresh = seeded(seed, START)
    app = create_app(Settings(database_url=url, secret_key="k" * 32), fresh)
    return House(app, fresh)


def test_a_restart_goes_on_where_the_clock_stood_and_repeats_no_id(demo: House, sanne: Browser, database_url):
    move(sanne, by="week")
    first = accounts.create(demo.operator(), "x1")["id"]
    ids = {first}
    for number in range(3):
        restarted = again(database_url)
        with restarted.app.app_context():
            clockwork.wind(joins=False)
            assert restarted.clock() == START + timedelta(weeks=1)
            ids.add(accounts.create(restarted.operator(), f"y{number}")["id"])
            db.dispose()
    assert len(ids) == 4


def test_a_fresh_database_gives_the_same_ids_for_the_same_seed(empty_database_url):
    house = again(empty_database_url)
    with house.app.app_context():
        db.upgrade()
        clockwork.wind(joins=False)
        assert ports().salt() == seeded(7, START).salt()
        db.dispose()


def test_a_command_beside_a_demonstration_goes_by_its_clock(demo: House, sanne: Browser, database_url):
    move(sanne, by="week")
    beside = create_app(Settings(database_url=database_url, secret_key="k" * 32), Ports())
    with beside.app_context():
        clockwork.wind(joins=True)
        assert ports().now() == START + timedelta(weeks=1)
        assert ports().demo
        db.dispose()


def test_what_the_settings_allow_is_allowed_beside_a_demonstration_too(demo: House, database_url, tmp_path):
    given = Ports(
        files=Files((str(tmp_path),)), erasures=ErasureFile(tmp_path / "list"), keys=DerivedKey(1), verify=verify
    )
    beside = create_app(Settings(database_url=database_url, secret_key="k" * 32), given)
    with beside.app_context():
        clockwork.wind(joins=True)
        assert (ports().files, ports().erasures, ports().keys, ports().verify) == (
            given.files,
            given.erasures,
            given.keys,
            given.verify,
        )
        db.dispose()


def test_a_demonstration_and_real_cases_never_share_a_database(house: House, demo_of: Callable[[House], None]):
    house.deploy(two_tasks())
    secretary = house.person("secretary", "pogi.sec")
    instances.start(Call(secretary.actor, house.ports), "adoption", {}, None)
    with pytest.raises(DemonstrationRefused):
        demo_of(house)


def test_a_service_does_not_join_a_demonstration_unasked(demo: House, database_url):
    real = create_app(Settings(database_url=database_url, secret_key="k" * 32), Ports())
    with real.app_context():
        with pytest.raises(DemonstrationHere):
            clockwork.wind(joins=False)
        db.dispose()


@pytest.fixture
def demo_of(database_url: str) -> Callable[[House], None]:
    """Starts a demonstration on a house's database."""

    def start(_house: House) -> None:
        other = again(database_url)
        with other.app.app_context():
            try:
                clockwork.wind(joins=False)
            finally:
                db.dispose()

    return start


def test_outside_a_demonstration_there_is_nothing_of_all_this(house: House):
    house.person("pogi.sec", "pogi.sec")
    visitor = browser(house)
    for path in ("/pogi/demo/persona", "/pogi/demo/clock"):
        assert visitor.post(path, {"persona": "pogi.sec", "by": "day"}).status_code == 404
    assert visitor.get("/_gallery").status_code == 404
    assert "Demonstration" not in visitor.get("/sign-in").text
    with house.app.test_request_context(), pytest.raises(NoDemonstration):
        sign_in.as_persona("pogi", "pogi.sec")
    with pytest.raises(NoDemonstration):
        clockwork.forward(call_as(house.operator().actor).actor, START + timedelta(days=1))
    assert isinstance(house.ports.clock, SteppedClock)
    assert clock.position() is None


def test_who_has_no_role_left_is_offered_as_such(demo: House):
    sanne = browser(demo)
    assert sanne.post("/pogi/demo/persona", {"persona": "pogi.sec"}).status_code == 303
    accounts.create(demo.operator(), "pogi.wg", persona=True)
    accounts.join(demo.operator(), "pogi.wg", "Fritz Eksempel")
    page = sanne.get("/pogi/inbox").text
    assert ">Uden rolle: Fritz Eksempel<" in page
    assert ">: Fritz Eksempel" not in page


def test_who_holds_two_roles_is_offered_with_both(demo: House, sanne: Browser):
    demo.role("pogi.wg")
    roles.grant(demo.operator(), "pogi.sec", "pogi.wg")
    page = sanne.get("/pogi/inbox").text
    assert ">pogi.sec og pogi.wg: Sanne Eksempel</option>" in page
    assert "pogi.sec og pogi.wg: Sanne Eksempel" in browser(demo).get("/sign-in?next=/pogi/inbox").text


def test_who_deploys_alone_here_is_told_that_elsewhere_a_second_person_approves(demo: House, sanne: Browser):
    demo.deploy(two_tasks())
    demo.role("process.owner")
    roles.grant(demo.operator(), "pogi.sec", "process.owner")
    page = sanne.get("/pogi/processes/adoption/edit").text
    said = "I demonstrationen er én person nok. Ellers godkender en anden person den, før den er i kraft."
    assert said in page
