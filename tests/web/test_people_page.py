"""For the administrator: roles from one day to another, and settings with where they come from."""

import re

from tests.app.house import House
from tests.app.visiting import visiting
from tests.web.reading import seen


def test_a_role_is_granted_from_one_day_to_another_and_ended(house: House):
    admin = visiting(house, "ada", "admin")
    bo = visiting(house, "bo", "pogi.sec")
    assert bo.get("/pogi/inbox").status_code == 200
    house.role("pogi.chair")
    text = seen(admin.get("/pogi/people").text)
    assert re.search(r"Bo Det, der findes : Bo, \w{6} bo pogi\.sec siden 5\. januar 2026 Afslut", text)
    assert "Ingen har disse roller" in text and "pogi.chair" in text
    granted = admin.post(
        "/pogi/people/roles", {"account": "bo", "role": "pogi.chair", "from": "2026-01-05", "to": "2026-01-31"}
    )
    assert granted.headers["Location"] == "/pogi/people?kept=1"
    page = admin.get("/pogi/people").text
    assert "pogi.chair 5. januar 2026 til 1. februar 2026" in seen(page)
    (ending,) = re.findall(r"href=\"(/pogi/people/roles/[0-9a-f-]{36}/end)\"[^>]*>Afslut<[^<]*: pogi\.sec, Bo<", page)
    assert "går tilbage til deres rolle" in admin.get(ending).text
    assert admin.post(ending, {"reason": "resignation"}).status_code == 303
    assert "pogi.sec" not in seen(bo.get("/pogi/inbox").text)
    assert "(fratrådt)" in seen(admin.get("/pogi/people").text)
    assert admin.post(ending, {"reason": "resignation"}).status_code == 404


def test_what_is_wrong_with_a_grant_is_said(house: House):
    admin = visiting(house, "ada", "admin")
    wrong = admin.post("/pogi/people/roles", {"account": "", "role": "", "from": "i dag", "to": "2026-01-01"})
    assert wrong.status_code == 422
    text = seen(wrong.text)
    assert "Person: vælg, hvem der skal have rollen." in text
    assert "Fra: vælg en dato." in text
    unknown = admin.post("/pogi/people/roles", {"account": "ada", "role": "king", "from": "2026-01-05"})
    assert unknown.status_code == 422
    backwards = admin.post(
        "/pogi/people/roles", {"account": "ada", "role": "admin", "from": "2026-02-05", "to": "2026-01-01"}
    )
    assert "Til og med: vælg en dato" in backwards.text


def test_settings_say_where_they_come_from_and_change_with_a_reason(house: House):
    admin = visiting(house, "ada", "admin")
    text = seen(admin.get("/pogi/settings").text)
    assert "Beslutningsdygtighed 50 % af de stemmeberettigede Standardværdi, ikke fra kilden" in text
    assert "Flertal flere for end imod Offentlig kilde" in text
    assert "Aktivitetsplanen skal være færdig 31. december Kilde P25" in text
    without = admin.post("/pogi/settings/sg.quorum", {"value": "0,6", "reference": ""})
    assert without.status_code == 422
    assert "Angiv den regel eller beslutning, der siger det." in without.text
    wrong = admin.post("/pogi/settings/sg.quorum", {"value": "60", "reference": "Punkt 4"})
    assert "Skriv et tal fra 0 til 1." in wrong.text
    changed = admin.post("/pogi/settings/sg.quorum", {"value": "0,6", "reference": "Styregruppen, punkt 4"})
    assert changed.headers["Location"] == "/pogi/settings?kept=sg.quorum#sg.quorum"
    text = seen(admin.get("/pogi/settings").text)
    assert "Beslutningsdygtighed 60 % af de stemmeberettigede Fastsat her Styregruppen, punkt 4" in text
    for key, value in (("target.written_allowed", "true"), ("sg.tie", "chair"), ("plan.due", "11-30")):
        assert admin.post(f"/pogi/settings/{key}", {"value": value, "reference": "Punkt 5"}).status_code == 303, key
    assert admin.post("/pogi/settings/no.such", {"value": "1", "reference": "x"}).status_code in (404, 422)


def test_to_anybody_else_these_pages_are_not_there(house: House):
    anne = visiting(house, "anne", "pogi.sec")
    for path in ("/pogi/people", "/pogi/settings"):
        assert anne.get(path).status_code == 404, path
    assert (
        anne.post("/pogi/people/roles", {"account": "anne", "role": "admin", "from": "2026-01-05"}).status_code == 404
    )
    assert anne.post("/pogi/settings/sg.quorum", {"value": "0.1", "reference": "x"}).status_code == 404
    assert "/pogi/people" not in anne.get("/pogi/inbox").text
    assert "/pogi/people" in visiting(house, "ada", "admin").get("/pogi/inbox").text
