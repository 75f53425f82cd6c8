"""Cases over HTTP."""

import pytest

from service.commands import documents, roles
from service.domain.record_errors import DocumentNotFound
from service.queries import documents as queries
from service.runtime.command import Call
from tests.app.house import House, two_tasks


def test_cases_come_in_pages_the_newest_first(house: House):
    anne = house.person("anne", "pogi.sec")
    house.deploy(two_tasks())
    made = []
    for number in range(3):
        house.later(minutes=1)
        started = anne.post("/api/v1/instances", {"definition": "adoption", "business_key": f"2026-{number}"})
        made.append(started.json["case_id"])
    first = anne.get("/api/v1/cases?limit=2").json
    assert [case["id"] for case in first["cases"]] == made[:0:-1]
    rest = anne.get(f"/api/v1/cases?limit=2&cursor={first['next']}").json
    assert [case["business_key"] for case in rest["cases"]] == ["2026-0"]
    assert rest["next"] is None
    assert anne.get("/api/v1/cases?cursor=x").json["type"] == "/problems/cursor-refused"


def test_a_case_shows_what_runs_in_it_and_its_documents(house: House):
    anne = house.person("anne", "pogi.sec")
    house.deploy(two_tasks())
    case = anne.post("/api/v1/instances", {"definition": "adoption"}).json["case_id"]
    call = Call(anne.actor, house.ports)
    first = documents.add(call, "rapport.pdf", "application/pdf", b"bytes", case)
    assert documents.add(call, "kopi.pdf", "application/pdf", b"bytes", case)["digest"] == first["digest"]
    found = queries.one(anne.actor, first["id"])
    assert (found.name, found.content, found.digest) == ("rapport.pdf", b"bytes", first["digest"])
    with pytest.raises(DocumentNotFound):
        queries.one(house.person("kari", "lill.owner", workspace="lillestrom").actor, first["id"])
    shown = anne.get(f"/api/v1/cases/{case}").json
    assert [it["definition"] for it in shown["instances"]] == ["adoption"]
    assert {it["name"] for it in shown["documents"]} == {"rapport.pdf", "kopi.pdf"}
    assert (shown["ballots"], shown["hearings"], shown["troubles"]) == ([], [], [])
    assert anne.get("/api/v1/cases/nothing").json["type"] == "/problems/case-not-found"


def test_who_holds_a_role_in_one_case_sees_that_case_alone(house: House):
    anne = house.person("anne", "pogi.sec")
    house.deploy(two_tasks())
    cases = [anne.post("/api/v1/instances", {"definition": "adoption"}).json["case_id"] for _ in range(2)]
    guest = house.person("guest")
    assert guest.get("/api/v1/cases").json["cases"] == []
    roles.grant(house.operator(), "guest", "pogi.sec", case_id=cases[0])
    assert [case["id"] for case in guest.get("/api/v1/cases").json["cases"]] == cases[:1]
    assert guest.get(f"/api/v1/cases/{cases[1]}").status_code == 404
