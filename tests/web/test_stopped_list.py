"""Stopped cases as a page: what is told of each, and what is said of a correction that cannot be made."""

import re

import pytest

from service.store import db
from tests.app.house import House, gate, two_tasks
from tests.app.visiting import visiting
from tests.diagrams import files, process
from tests.journeys import test_kept_answers as kept
from tests.journeys.test_mending import SHARE, counting, stopped
from tests.web.reading import seen

HEADINGS = {
    "da": "Værdierne blev ikke rettet",
    "nb": "Verdiene ble ikke rettet",
    "en": "The values were not put right",
}


@pytest.mark.parametrize("language", HEADINGS)
def test_a_mistyped_correction_is_headed_by_what_was_not_done(sqlite_house: House, language: str):
    found = stopped(sqlite_house, sqlite_house.person("anne", "pogi.sec"))
    owner = visiting(sqlite_house, "olga", "process.owner")
    owner.client.set_cookie("mandat_language", language)
    sent = {"name-0": "factor", "was-0": "", "value-0": "two", "reason": "x"}
    page = owner.post(f"/pogi/incidents/{found['id']}/correct", sent)
    assert page.status_code == 422
    assert HEADINGS[language] in seen(page.text)


def test_cases_without_a_number_are_told_apart_by_when_they_began_and_who_waits(sqlite_house: House):
    stopped(sqlite_house, sqlite_house.person("anne", "pogi.sec"))
    sqlite_house.later(minutes=90)
    stopped(sqlite_house, sqlite_house.person("per", "pogi.sec"))
    owner = visiting(sqlite_house, "olga", "process.owner")
    page = owner.get("/pogi/incidents").text
    begun = re.findall(r"Begyndt ([^<]+)<", page)
    assert len(set(begun)) == 2, begun
    assert "Anne" in page
    assert "Per" in page
    names = re.findall(r'aria-label="(Prøv[^"]+)"', page)
    assert len(set(names)) == 2, names


def test_a_sealed_answer_is_only_said_to_be_there_to_who_mends_and_opened_for_whose_task_it_is(house: House):
    found = kept.stopped(house, house.person("anne", "pogi.sec"))
    owner, colleague = visiting(house, "olga", "process.owner"), visiting(house, "bo", "process.owner", "pogi.sec")
    path = f"/pogi/incidents/{found['id']}"
    page = owner.get(path).text
    assert kept.REMARK not in page
    assert "Bemærkning Der er et svar; det er forseglet og åbnes ikke her" in seen(page)
    assert "Beløb 4" in seen(page), "what is not sealed is what mending needs"
    assert kept.REMARK in colleague.get(path).text
    told = house.person("per", "process.owner").get("/api/v1/incidents").text
    assert found["id"] in told
    assert kept.REMARK not in told


CLAIMS = {
    "da": ("Du har svaret; sagen står stille", "Besvaret; sagen står stille"),
    "nb": ("Du har svart; saken står stille", "Besvart; saken står stille"),
    "en": ("You have answered; the case stands still", "Answered; the case stands still"),
}


@pytest.mark.parametrize("language", CLAIMS)
def test_an_inbox_says_which_tasks_are_answered_and_stand_still(sqlite_house: House, language: str):
    anne = sqlite_house.person("anne", "pogi.sec")
    kept.stopped(sqlite_house, anne)
    hers, theirs = kept.visiting(sqlite_house, anne), visiting(sqlite_house, "bo", "pogi.sec")
    for visitor, said in zip((hers, theirs), CLAIMS[language], strict=True):
        visitor.client.set_cookie("mandat_language", language)
        (line,) = re.findall(r'<a class="m-task".*?</a>', visitor.get("/pogi/inbox").text, re.DOTALL)
        assert said in seen(line)


OWES = {
    "da": "Ingen skylder noget nu.",
    "nb": "Ingen skylder noe nå.",
    "en": "Nobody owes anything now.",
}


@pytest.mark.parametrize("language", OWES)
def test_who_has_answered_owes_nothing_though_the_case_stands_still(sqlite_house: House, language: str):
    anne = sqlite_house.person("anne", "pogi.sec")
    case = kept.stopped(sqlite_house, anne)["case"]
    hers = kept.visiting(sqlite_house, anne)
    hers.client.set_cookie("mandat_language", language)
    page = hers.get(f"/pogi/cases/{case}").text
    assert OWES[language] in seen(page)
    assert "/pogi/tasks/" not in page


TOO_MUCH = {
    "da": ("En tekst i diagrammet beder om for meget", "fx i en løkke i diagrammet, der venter", "flyt sagen til den"),
    "nb": ("En tekst i diagrammet ber om for mye", "i en løkke i diagrammet som venter", "flytt saken til den"),
    "en": ("A text of the diagram asks for too much", "a loop of the diagram that waits", "move the case to it"),
}


@pytest.mark.parametrize("language", TOO_MUCH)
def test_a_text_that_asks_for_too_much_is_called_so_and_found_so(sqlite_house: House, language: str):
    heavy = counting("total = count(for a in 1..500, b in 1..500 return a)")
    anne = sqlite_house.person("anne", "pogi.sec")
    found, other = stopped(sqlite_house, anne, heavy), stopped(sqlite_house, anne)
    owner = visiting(sqlite_house, "olga", "process.owner")
    owner.client.set_cookie("mandat_language", language)
    page = seen(owner.get(f"/pogi/incidents/{found['id']}").text)
    assert [said for said in TOO_MUCH[language] if said not in page] == []
    listed = owner.get("/pogi/incidents?kind=too-much-work").text
    assert found["id"] in listed
    assert other["id"] not in listed


@pytest.mark.parametrize(("language", "typed"), [("da", "12,5"), ("nb", "12,5"), ("en", "12.5")])
def test_a_number_is_put_right_as_its_reader_writes_it(sqlite_house: House, language: str, typed: str):
    anne = sqlite_house.person("anne", "pogi.sec")
    found, owner = stopped(sqlite_house, anne), visiting(sqlite_house, "olga", "process.owner")
    owner.client.set_cookie("mandat_language", language)
    path = f"/pogi/incidents/{found['id']}"
    wrong = owner.post(f"{path}/correct", {"name-0": "factor", "was-0": "", "value-0": "twelve", "reason": "x"})
    assert typed in seen(wrong.text), "what it says of a number is how one writes it"
    owner.post(f"{path}/correct", {"name-0": "factor", "was-0": "", "value-0": typed, "reason": "x"})
    (sign,) = anne.get("/api/v1/tasks?scope=all").json["tasks"]
    anne.post(f"/api/v1/tasks/{sign['id']}/complete")
    assert anne.get(f"/api/v1/instances/{found['instance']}").json["variables"]["total"] == 37.5


def test_the_page_of_what_was_mended_says_how_and_by_whom_and_no_more_what_to_do(house: House):
    anne, owner = house.person("anne", "pogi.sec"), visiting(house, "olga", "process.owner")
    per = house.person("per", "process.owner")
    ways = {
        "Per rettede værdier 05.01.2026 kl. 09.00 (factor).": ("correct", {"values": {"factor": 2}, "reason": "x"}),
        "Per gik forbi denne del 05.01.2026 kl. 09.00.": ("skip", {"reason": "x"}),
    }
    for said, (verb, body) in ways.items():
        found = stopped(house, anne)
        path = f"/pogi/incidents/{found['id']}"
        assert "gælder, når trinet bliver gjort" in seen(owner.get(path).text)
        assert per.post(f"/api/v1/incidents/{found['id']}/{verb}", body).status_code == 200
        page = seen(owner.get(path).text)
        assert said in page
        assert [
            it for it in ("gælder, når trinet bliver gjort", "Ret den værdi", "Hvad du kan gøre") if it in page
        ] == []
        late = owner.post(f"{path}/skip", {"reason": "x"})
        assert (late.status_code, "Per bragte det i orden 05.01.2026 kl. 09.00." in seen(late.text)) == (409, True)
        again = per.post(f"/api/v1/incidents/{found['id']}/retry")
        assert again.json["detail"] == "Per resolved this incident at 2026-01-05T08:00:00Z."


def test_whoever_tries_again_or_answers_anew_is_named(house: House):
    anne, owner = house.person("anne", "pogi.sec"), visiting(house, "olga", "process.owner")
    wrong = gate() | {"gate.bpmn": gate()["gate.bpmn"].replace(b"share &gt;", b"1 / (share - 3) &gt;")}
    anew = stopped(house, anne, wrong, "gate")
    (task,) = anne.get("/api/v1/tasks?scope=mine").json["tasks"]
    anne.post(f"/api/v1/tasks/{task['id']}/complete", {"answers": {"share": 60}})
    assert "Anne svarede på ny 05.01.2026 kl. 09.00, og trinet blev gjort." in seen(
        owner.get(f"/pogi/incidents/{anew['id']}").text
    )
    house.deploy(two_tasks())
    calling = process("calling").start().user("ask", lane="pogi.sec", form="share").call("adopt", "adoption").end()
    bundle = files(calling, forms={"share": SHARE})
    house.deploy(bundle)
    with db.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM in_force WHERE process_key = 'adoption'")
    found = stopped(house, anne, bundle, "calling")
    house.deploy(two_tasks() | {"note.txt": b"a second version"})
    house.person("per", "process.owner").post(f"/api/v1/incidents/{found['id']}/retry")
    page = seen(owner.get(f"/pogi/incidents/{found['id']}").text)
    assert "Per prøvede igen 05.01.2026 kl. 09.00, og trinet blev gjort." in page


HELD = {
    "da": "1 er sat i bero og blev ikke prøvet: lad den først gå videre.",
    "nb": "1 er satt på vent og ble ikke prøvd: la den først gå videre.",
    "en": "1 is suspended, and was not tried: let it go on first.",
}


@pytest.mark.parametrize("language", HELD)
def test_of_several_that_are_tried_again_it_is_said_which_are_suspended(sqlite_house: House, language: str):
    found = stopped(sqlite_house, sqlite_house.person("anne", "pogi.sec"))
    owner = visiting(sqlite_house, "olga", "process.owner")
    owner.client.set_cookie("mandat_language", language)
    owner.post(f"/pogi/cases/{found['case']}/suspend", {"reason": "x"})
    tried = owner.post("/pogi/incidents/retry", {"incident": found["id"]}, follow_redirects=True)
    assert HELD[language] in seen(tried.text)
