"""The page on which running cases are moved to another version: what it would mean for each, and what is refused."""

import html
import re
from typing import Any

import pytest

from service.queries import replay
from service.web import i18n
from tests.app.browsing import Browser
from tests.app.house import House, Someone
from tests.app.visiting import visiting
from tests.diagrams import Drawing, after, files, process

MOVE = "/pogi/processes/count/move"
SHARE = {"type": "object", "properties": {"share": {"type": "integer", "title": "Andel"}}}
WIDER = {"type": "object", "properties": {"share": {"type": "integer", "title": "Andelen"}}}


@pytest.fixture
def house(sqlite_house: House) -> House:
    return sqlite_house


def drawing(ask: str = "ask", name: str = "Spørg", lane: str = "pogi.sec") -> Drawing:
    drawn = process("count", name="Optælling").start().user(ask, name=name, lane=lane, form="share")
    return drawn.script("sum", "total = share").user("sign", name="Underskriv", lane="pogi.sec").end()


def late(drawn: Drawing) -> Drawing:
    return drawn.boundary("late", "ask", after('duration("P1D")'), name="For sent").end("too_late")


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec")


@pytest.fixture
def owner(house: House) -> Browser:
    return visiting(house, "owner", "process.owner")


def begun(house: House, anne: Someone, many: int = 2) -> list[dict[str, Any]]:
    """So many cases of the first version; the first of them stands at its last task."""
    house.deploy(files(drawing(), forms={"share": SHARE}))
    started: list[dict[str, Any]] = [
        dict(anne.post("/api/v1/instances", {"definition": "count", "business_key": f"2026-{number}"}).json or {})
        for number in range(many)
    ]
    anne.post(f"/api/v1/tasks/{started[0]['tasks'][0]['id']}/complete", {"answers": {"share": 3}})
    return started


def text(page: Any) -> str:
    """What a reader of the page sees, tags and spaces taken out."""
    plain = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


def sent(owner: Browser, runs: list[str], reason: str = "Regnefejl", **more: str) -> Any:
    fields: Any = {"since": "1", "to": "2", "reason": reason, "run": runs, "csrf_token": owner.token(MOVE)}
    return owner.post(MOVE, fields | more)


def test_it_is_told_for_each_case_what_it_would_mean_and_what_hinders(house: House, owner: Browser, anne: Someone):
    begun(house, anne)
    house.role("pogi.chair")
    house.deploy(files(late(drawing(name="Spørg alle", lane="pogi.chair")), forms={"share": WIDER}))
    link = owner.get("/pogi/processes/count").text
    assert f'href="{MOVE}"' in link
    said = text(owner.get(MOVE))
    assert "»Optælling«, fra version 1 til version 2" in said
    assert "2 af 2 kan flyttes." in said
    assert "»Spørg« kommer til at hedde »Spørg alle«." in said
    assert "»Spørg alle« er til pogi.chair, medmindre nogen har taget den." in said
    assert "»Spørg alle« får en anden formular." in said
    assert "»For sent« gælder fra næste gang." in said
    assert "Intet, der venter, spørges der anderledes om." in said, "that is the one at its last task"


def test_those_chosen_are_moved_and_the_others_stay_and_say_why(house: House, owner: Browser, anne: Someone):
    first, second = begun(house, anne)
    house.deploy(files(drawing("inquire", "Rundspørge"), forms={"share": SHARE}))
    page = owner.get(MOVE)
    assert "1 af 2 kan flyttes." in text(page)
    assert "Den kan ikke flyttes: »Spørg«: Den findes ikke mere." in text(page)
    assert re.findall(r'name="run" value="([^"]+)"', page.text) == [first["id"]]
    done = sent(owner, [first["id"], second["id"]])
    assert (done.status_code, done.location) == (303, f"{MOVE}?since=1&to=2&moved=1&stay=1")
    said = text(owner.get(done.location))
    assert "1 sag blev flyttet. 1 bliver, hvor den er." in said
    assert "0 af 1 kan flyttes." in said
    case = text(owner.get(f"/pogi/cases/{first['case_id']}"))
    assert "flyttede »Optælling« fra version 1 til version 2" in case
    told = text(owner.get(f"/pogi/cases/{first['case_id']}/timeline"))
    assert "Flyttede »Optælling« fra version 1 til version 2" in told
    assert "Regnefejl" in told
    assert "Afsluttede »Spørg«" in told
    assert replay.case(anne.actor, first["case_id"])["ok"]


def test_a_part_that_got_another_id_is_pointed_out_and_the_case_can_be_moved(
    house: House, owner: Browser, anne: Someone
):
    _, second = begun(house, anne)
    house.deploy(files(drawing("inquire", "Rundspørge"), forms={"share": SHARE}))
    page = owner.get(MOVE)
    assert re.search(r'<select[^>]*name="called-ask".*?<option value="inquire">Rundspørge', page.text, re.DOTALL)
    page = owner.get(f"{MOVE}?since=1&to=2&called-ask=inquire")
    assert "2 af 2 kan flyttes." in text(page)
    assert 'type="hidden" name="called-ask" value="inquire"' in page.text
    assert sent(owner, [second["id"]], **{"called-ask": "inquire"}).status_code == 303
    (task,) = anne.get(f"/api/v1/instances/{second['id']}").json["tasks"]
    assert (task["activity"], task["name"]) == ("inquire", "Rundspørge")
    for at, version in ((1, 1), (2, 2)):
        told = text(owner.get(f"/pogi/cases/{second['case_id']}/timeline?at={at}"))
        assert f"Diagrammet som tekst, version {version}" in told
        assert "Ny opgave til pogi.sec: »Spørg«" in told, "what opened then is called as it was called then"
    assert "Rundspørge Her nu" in told
    assert replay.case(anne.actor, second["case_id"])["ok"]


def test_what_is_missing_in_the_form_is_said_and_nothing_is_moved(house: House, owner: Browser, anne: Someone):
    first, _ = begun(house, anne)
    house.deploy(files(drawing(name="Spørg alle"), forms={"share": SHARE}))
    answer = sent(owner, [], " ")
    assert answer.status_code == 422
    assert "Ingen sag blev flyttet Sager: Vælg mindst én sag." in text(answer)
    assert 'href="#move-reason"' in answer.text
    answer = sent(owner, [first["id"]], "")
    assert answer.status_code == 422
    boxes = re.findall(r'name="run" value="([^"]+)"[^>]*?( checked)?>', answer.text)
    assert (first["id"], " checked") in boxes
    assert len([it for it in boxes if it[1]]) == 1, "what she had chosen is still chosen"
    assert anne.get(f"/api/v1/instances/{first['id']}").json["digest"] == first["digest"]


def test_only_an_owner_sees_it_and_only_of_her_own_workspace(house: House, owner: Browser, anne: Someone):
    first, _ = begun(house, anne)
    house.deploy(files(drawing(name="Spørg alle"), forms={"share": SHARE}))
    secretary = visiting(house, "secretary", "pogi.sec")
    assert secretary.get(MOVE).status_code == 403
    assert "Flyt kørende sager" not in text(secretary.get("/pogi/processes/count"))
    assert "En nyere version" not in text(secretary.get(f"/pogi/cases/{first['case_id']}"))
    token = secretary.token("/pogi/processes")
    assert secretary.post(MOVE, {"run": first["id"], "reason": "x", "csrf_token": token}).status_code == 403
    stranger = visiting(house, "stranger", "process.owner", workspace="lillestrom")
    assert stranger.get(MOVE.replace("/pogi/", "/lillestrom/")).status_code == 404


@pytest.mark.parametrize("query", ["?since=7", "?to=7", "?since=x&to=y", "?since=99999999999999999999", "?to=0"])
def test_versions_that_are_not_there(house: House, owner: Browser, anne: Someone, query):
    begun(house, anne)
    house.deploy(files(drawing(name="Spørg alle"), forms={"share": SHARE}))
    assert owner.get(MOVE + query).status_code == (200 if "x" in query else 404)


def test_a_case_that_goes_by_an_older_version_leads_there(house: House, owner: Browser, anne: Someone):
    first, second = begun(house, anne)
    house.deploy(files(drawing(name="Spørg alle"), forms={"share": SHARE}))
    page = owner.get(f"/pogi/cases/{second['case_id']}")
    assert "»Optælling« følger version 1 her, og version 2 gælder." in text(page)
    address = f"{MOVE}?since=1&to=2&case={second['case_id']}"
    assert f'href="{html.escape(address)}"' in page.text
    alone = owner.get(address)
    assert "1 af 1 kan flyttes." in text(alone)
    done = sent(owner, [second["id"], first["id"]], case=second["case_id"])
    assert "moved=1&stay=1" in done.location, "the other case was not looked at"
    assert "En nyere version" not in text(owner.get(f"/pogi/cases/{second['case_id']}"))


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES))
def test_it_is_said_in_every_language(house: House, owner: Browser, anne: Someone, language):
    begun(house, anne)
    house.deploy(files(drawing("inquire"), forms={"share": SHARE}))
    owner.client.set_cookie("mandat_language", language)
    said = text(owner.get(MOVE))
    heading, why = {
        "da": ("Flyt kørende sager", "Den findes ikke mere."),
        "nb": ("Flytt saker som er i gang", "Den finnes ikke lenger."),
        "en": ("Move running cases", "It is not there any more."),
    }[language]
    assert heading in said
    assert why in said


def test_where_nothing_runs_by_another_version_it_says_so(house: House, owner: Browser, anne: Someone):
    begun(house, anne)
    assert "Flyt kørende sager" not in text(owner.get("/pogi/processes/count"))
    assert "Vælg en anden version at flytte til" in text(owner.get(MOVE))
