"""What the clock of a demonstration refuses is said on the page that it was to be moved on."""

import re
from datetime import UTC, datetime

import pytest

from service.commands import instances
from tests.app.browsing import Browser
from tests.app.house import START, House
from tests.diagrams import process
from tests.identity.test_demonstration import demo, sanne
from tests.web.reading import seen

__all__ = ["demo", "sanne"]

SAID = {
    "da": "Den næste frist er mandag 19. januar 2026 kl. 09.00 og ikke længere mandag 12. januar 2026 kl. 09.00. "
    "Uret blev ikke flyttet.",
    "nb": "Den neste fristen er mandag 19. januar 2026 kl. 09.00 og ikke lenger mandag 12. januar 2026 kl. 09.00. "
    "Klokken ble ikke flyttet.",
    "en": "The next deadline is Monday 19 January 2026 at 09:00, and no longer Monday 12 January 2026 at 09:00. "
    "The clock was not moved.",
}


@pytest.mark.parametrize("tongue", SAID)
@pytest.mark.parametrize("place", ["inbox?scope=mine", "cases/{case}"])
def test_the_button_goes_to_the_deadline_that_it_names_or_says_on_its_page_what_the_next_one_is(
    demo: House, sanne: Browser, place: str, tongue: str
):
    timed = process("timed").start().user("act", lane="pogi.sec", properties={"dueDate": "working days(5)"}).end()
    demo.deploy({"timed.bpmn": timed.bpmn()})
    started = instances.start(demo.operator(), "timed", {}, None)
    task, place = started["tasks"][0]["id"], f"/pogi/{place.format(case=started['case_id'])}"
    page = sanne.get(place).text
    (until,) = re.findall(r'name="until" value="([^"]+)"', page)
    assert "til næste frist: mandag 12. januar 2026 kl. 09.00" in page
    later = process("later").start().user("act", lane="pogi.sec", properties={"dueDate": "working days(10)"}).end()
    demo.deploy({"later.bpmn": later.bpmn()})
    instances.start(demo.operator(), "later", {}, None)
    assert sanne.post(f"/pogi/tasks/{task}/complete", {"csrf_token": sanne.token("/pogi/inbox")}).status_code == 303
    sent = {"csrf_token": sanne.token("/pogi/inbox"), "by": "deadline"}
    here = {"Referer": f"http://localhost{place}"}
    refused = sanne.post("/pogi/demo/clock", sent | {"until": until}, headers=here)
    assert (refused.status_code, refused.headers["Location"].split("clock=")[0][:-1]) == (303, place)
    assert demo.clock() == START
    sanne.client.set_cookie("mandat_language", tongue)
    again = sanne.get(refused.headers["Location"]).text
    assert SAID[tongue] in seen(again)
    assert "Sanne Eksempel" in again and 'action="/pogi/demo/clock"' in again
    (until,) = re.findall(r'name="until" value="([^"]+)"', again)
    here = {"Referer": f"http://localhost{refused.headers['Location']}"}
    moved = sanne.post("/pogi/demo/clock", sent | {"until": until}, headers=here)
    assert (moved.status_code, moved.headers["Location"]) == (303, place)
    assert demo.clock() == datetime(2026, 1, 19, 8, tzinfo=UTC)
    assert SAID[tongue] not in seen(sanne.get(refused.headers["Location"]).text), "it is so no longer"


def test_a_page_that_cannot_be_asked_for_leads_to_the_inbox(demo: House, sanne: Browser):
    sent = {"csrf_token": sanne.token("/pogi/inbox"), "by": "day"}
    for sender in ("http://localhost/pogi/demo/persona", "https://example.dk/pogi/cases", ""):
        assert sanne.post("/pogi/demo/clock", sent, headers={"Referer": sender}).headers["Location"] == "/pogi/inbox"


def test_a_day_beyond_the_calendar_is_refused_in_her_language(demo: House, sanne: Browser):
    sent = {"csrf_token": sanne.token("/pogi/inbox"), "by": "date", "day": "9999-12-31"}
    refused = sanne.get(sanne.post("/pogi/demo/clock", sent).headers["Location"]).text
    assert "Uret i en demonstration går frem med 1 til 400 skridt og ikke længere end til 31. december 2080" in refused
