"""For the administrator: organisations with what they hold for a time, and the page on which it ends."""

import re

import pytest

from service.queries import organisations
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative
from tests.app.visiting import visiting
from tests.web.reading import seen


@pytest.fixture
def house(sqlite_house: House) -> House:
    ids = partnership(sqlite_house, MEMBERS[:2])
    representative(sqlite_house, "anne", ids[MEMBERS[0]], "pogi.sg")
    return sqlite_house


def endings(page: str) -> dict[str, str]:
    """The addresses at which something ends, by what it says there."""
    found = re.findall(r'href="(/pogi/people/[^"]+/end)">Afslut<span class="ds-sr-only">: ([^<]+)<', page)
    return {said: address for address, said in found}


def test_what_an_organisation_holds_is_shown_and_ends_after_its_last_day(house: House):
    admin = visiting(house, "ada", "admin")
    page = admin.get("/pogi/organisations").text
    assert "Eksempelby Kommune Eksempel Kommune" in seen(page)
    assert "Medlem siden 5. januar 2026" in seen(page)
    seat = endings(page)[f"Styregruppen, {MEMBERS[0]}"]
    assert "En åben afstemning beholder dem" in seen(admin.get(seat).text)
    done = admin.post(seat, {"last": "2026-01-31", "reason": "term over"})
    assert (done.status_code, done.headers["Location"]) == (303, "/pogi/organisations?kept=1")
    page = seen(admin.get("/pogi/organisations").text)
    assert "Styregruppen 5. januar 2026 til 1. februar 2026 (perioden er udløbet)" in page
    house.later(days=40)
    assert visiting(house, "eva", "admin").get(seat).status_code == 404


def test_a_membership_takes_its_seats_along(house: House):
    admin = visiting(house, "ada", "admin")
    page = admin.get("/pogi/organisations").text
    membership = endings(page)[f"Medlem, {MEMBERS[1]}"]
    assert admin.post(membership, {"reason": "withdrawal"}).status_code == 303
    (body,) = organisations.bodies(house.operator().actor, house.ports.now())
    assert [it["name"] for it in body["seats"]] == [MEMBERS[0]]


def test_what_is_wrong_is_said_and_nothing_ends(house: House):
    admin = visiting(house, "ada", "admin")
    acting = endings(admin.get("/pogi/organisations").text)[f"Anne, {MEMBERS[0]}"]
    wrong = admin.post(acting, {"last": "i morgen", "reason": "dårligt helbred"})
    assert wrong.status_code == 422
    assert "Sidste dag: vælg en dato." in seen(wrong.text)
    assert "Begrundelse: vælg en." in seen(wrong.text)
    early = admin.post(acting, {"last": "2025-01-01", "reason": "resignation"})
    assert "ikke ligger før begyndelsen" in seen(early.text)
    assert admin.get(acting).status_code == 200


def test_to_anybody_else_it_is_not_there(house: House):
    admin, bo = visiting(house, "ada", "admin"), visiting(house, "bo", "pogi.sec")
    acting = endings(admin.get("/pogi/organisations").text)[f"Anne, {MEMBERS[0]}"]
    assert bo.get("/pogi/organisations").status_code == 404
    assert bo.get(acting).status_code == 404
    assert bo.post(acting, {"reason": "resignation"}).status_code == 404
