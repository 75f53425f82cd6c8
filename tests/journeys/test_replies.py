"""An organisation answers what it is asked by a link of its own; who answers by letter is written down as before."""

import json
import re

import pytest
from sqlalchemy import select

from service.commands import instances, replies, roles, tasks
from service.domain.errors import NotCandidate
from service.domain.message_errors import ReplyLinkUnknown, ReplyNotOutside
from service.identity import links
from service.queries import replay
from service.queries import replies as queries
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Instance, JournalEntry, ReplyLink, Task
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, shipped
from tests.app.visiting import visiting
from tests.journeys.test_hearing import STAKEHOLDERS, SUPPORT, Heard, heard
from tests.support.covering import covers
from tests.web.reading import seen

SAID = "Kravet udelukker nye mærker."


def asked(house: House) -> Heard:
    """A hearing in the trade in which two are asked, and nobody has answered."""
    case = heard(house, "trade")
    case.do(case.sec, "Task_stakeholders", STAKEHOLDERS)
    return case


def invited(case: Heard, item: int = 0) -> tuple[str, str]:
    """The task of one who is asked, and what a link to it holds."""
    task: str = case.waiting(case.sec, "Task_record")[item]["id"]
    token, digest = links.new()
    replies.invite(case.sec, task, digest)
    return task, token


@covers("P35", "P36")
def test_who_is_asked_answers_by_its_link_and_sees_what_it_sent(house: House):
    case = asked(house)
    _, token = invited(case)
    stranger = Browser(house.app.test_client())
    address = f"/pogi/svar/{token}"
    page = stranger.get(address)
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    text = page.get_data(as_text=True)
    (named,) = [it["name"] for it in case.held()["invited"] if it["name"] in text]
    assert "Eksempel: arbejdstøj" in text
    assert "Brev med svaret" not in text, "what comes by a link is written there"

    assert stranger.post(address, {}).status_code == 422
    written = {"/position": "opposed", "/points/0/point": SAID, "/formal_objection": "true"}
    sent = stranger.post(address, written)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    after = stranger.get(address).get_data(as_text=True)
    assert SAID in after
    assert "<form" not in after.partition('id="main"')[2].partition("</main>")[0]

    held = case.held()
    (response,) = held["responses"]
    assert (response["name"], response["position"], response["objection"]) == (named, "opposed", True)
    assert (response["by"], response["itself"]) == (None, True)
    assert [it["point"] for it in response["points"]] == [SAID]
    assert len(case.waiting(case.sec, "Task_record")) == 1, "who answers by letter is still written down"
    assert stranger.post(address, written).status_code == 409
    told = seen(visiting(house, "bo", "pogi.sec").get(f"/pogi/cases/{case.case_id}").text)
    assert named in told
    assert "Svarede selv via link" in told
    case.do(case.sec, "Task_record", SUPPORT)
    assert [it["itself"] for it in case.held()["responses"]] == [True, False]
    assert replay.case(case.sec.actor, case.case_id)["ok"]
    house.later(days=91)
    assert stranger.get(address).status_code == 404, "what was sent is not shown for ever"


def test_what_a_link_holds_is_not_kept_and_its_answer_is_no_open_text_in_the_journal(house: House):
    case = asked(house)
    _, token = invited(case)
    replies.answer(
        links.holder("pogi"),
        links.digest(token),
        {"position": "remarks", "formal_objection": False, "points": [{"point": SAID}]},
    )
    with db.reading() as session:
        for table in (JournalEntry, ReplyLink, Instance):
            rows = session.execute(select(table.__table__)).all()
            whole = b"".join(
                bytes(it) if isinstance(it, bytes | memoryview) else str(it).encode() for row in rows for it in row
            )
            assert token.encode() not in whole
            assert SAID.encode() not in whole


def test_a_link_ends_with_its_time_with_a_new_one_and_with_the_letter(house: House):
    case = asked(house)
    task, first = invited(case)
    _, second = invited(case)
    call = links.holder("pogi")
    with pytest.raises(ReplyLinkUnknown):
        replies.answer(call, links.digest(first), SUPPORT)
    other, third = invited(case, item=1)
    assert task != other
    case.do(case.sec, "Task_record", SUPPORT, item=1)
    assert queries.by_link("pogi", links.digest(third), "da", house.ports.now())["state"] == "closed"
    stranger = Browser(house.app.test_client())
    assert stranger.get(f"/pogi/svar/{third}").status_code == 200
    house.later(days=40)
    for token in (second, first, "nothing", "x" * 43):
        lost = stranger.get(f"/pogi/svar/{token}")
        assert lost.status_code == 404
        assert "Kopiér hele adressen fra brevet." in lost.get_data(as_text=True)
    with pytest.raises(ReplyLinkUnknown):
        replies.answer(call, links.digest(second), SUPPORT)
    assert stranger.get(f"/lill/svar/{third}").status_code == 404


def test_who_guesses_is_slowed_down(house: House):
    asked(house)
    stranger = Browser(house.app.test_client())
    statuses = [stranger.get(f"/pogi/svar/{number:043d}").status_code for number in range(51)]
    assert set(statuses[:50]) == {404}
    assert statuses[50] == 429


def test_only_who_is_asked_outside_gets_a_link(house: House):
    case = heard(house, "trade")
    with pytest.raises(ReplyNotOutside):
        replies.invite(case.sec, case.waiting(case.sec, "Task_stakeholders")[0]["id"], "d")
    inside = case.officers[0]
    assert inside.actor.organisations
    with db.reading() as session:
        assert session.scalars(select(ReplyLink)).all() == []


def test_a_member_may_answer_by_a_link_of_whoever_asks_it(house: House):
    roles.add(house.operator(), "pogi.sec", "Sekretariat")
    case = heard(house, "internal")
    task = case.waiting(case.officers[0], "Task_answer")[0]["id"]
    token, digest = links.new()
    with pytest.raises(NotCandidate):
        replies.invite(case.lead, task, digest)
    replies.invite(case.sec, task, digest)
    replies.answer(links.holder("pogi"), digest, SUPPORT)
    (response,) = case.held()["responses"]
    assert (response["name"], response["itself"]) == (MEMBERS[0], True)
    assert token
    assert replay.case(case.sec.actor, case.case_id)["ok"]


def test_a_call_for_participants_is_answered_by_a_link(house: House):
    roles.add(house.operator(), "pogi.sec", "Sekretariat")
    partnership(house)
    shipped(house, "decision-rules", "steering-group-decision", "written-procedure", "working-group")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    given = {"target": "E1", "title": "Eksempel: arbejdstøj", "group": {"members": []}}
    started = instances.start(house.operator(), "working-group", given, None)
    assert started["incident"] is None, started["incident"]
    (terms,) = started["tasks"]
    scope = {"scope": "Drift og pleje.", "deliverable": "Udkast.", "milestone_on": "2026-06-01"}
    asked_for = tasks.complete(sec, terms["id"], scope)["opened"]
    token, digest = links.new()
    replies.invite(sec, asked_for[0]["id"], digest)
    stranger = Browser(house.app.test_client())
    address = f"/pogi/svar/{token}"
    text = seen(stranger.get(address).text)
    assert "Udpeg til arbejdsgruppen" in text
    assert "Drift og pleje." in text
    answer = {"/participates": "true", "/nominee": "Anne Eksempel", "/competence": "practice"}
    assert stranger.post(address, answer).status_code == 303
    assert "Anne Eksempel" in seen(stranger.get(address).text)
    with db.reading() as session:
        row = session.scalars(select(Task).where(Task.id == asked_for[0]["id"])).one()
        entries = json.dumps(journal.entries(session, "pogi", started["case_id"]))
    assert row.state == "completed"
    assert "Anne Eksempel" not in entries
    assert replay.case(sec.actor, started["case_id"])["ok"]


def test_the_tasks_page_makes_a_link_and_shows_it_once(house: House):
    case = asked(house)
    task = case.waiting(case.sec, "Task_record")[0]["id"]
    browser = visiting(house, "anne", "pogi.sec")
    page = browser.get(f"/pogi/tasks/{task}").get_data(as_text=True)
    assert f"/pogi/tasks/{task}/invite" in page
    made = browser.post(f"/pogi/tasks/{task}/invite", {})
    (address,) = re.findall(r'value="(http://[^"]*/pogi/svar/[^"]+)"', made.get_data(as_text=True))
    token = address.rpartition("/")[2]
    assert queries.by_link("pogi", links.digest(token), "da", house.ports.now())["state"] == "open"
    assert token not in browser.get(f"/pogi/tasks/{task}").get_data(as_text=True)
