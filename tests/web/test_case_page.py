"""A case: its stations, who owes what, what was decided, what the clock will do, and the way it takes, as a picture and
as text."""

import json
import re

import pytest

from service.commands import documents, instances
from service.runtime.command import Call
from tests.app import steering
from tests.app.browsing import Browser
from tests.app.house import House, gate, two_tasks, waiting
from tests.app.records import Desk, partnership, shipped
from tests.app.visiting import visiting
from tests.diagrams import files, message, process
from tests.operations.test_targets import OTHER, TITLE, in_force, on_agenda, voted
from tests.web.reading import seen

STARTED = {
    "kind": "new",
    "title": "Eksempel: arbejdstøj",
    "category": "Tekstiler",
    "cpv": "18110000-3",
    "need": "Behov",
    "environmental_effect": "Mindre spild",
    "supply_effect": "Flere bud",
}


@pytest.fixture
def anne(house: House) -> Browser:
    return visiting(house, "anne", "pogi.sec")


def stations(page: str) -> list[tuple[str, str]]:
    (track,) = re.findall(r'<ol class="m-track".*?</ol>', page, re.DOTALL)
    found = re.findall(r"<li( data-s=\"(\w+)\")?( aria-current=\"step\")?><time[^>]*>.*?</time>(.*?)</li>", track)
    return [(label, state) for _, state, _, label in found]


def test_the_stations_are_those_of_the_diagrams_in_their_order(house: House, anne: Browser):
    drawing = (
        process("road")
        .start()
        .user("first", name="Skriv", lane="pogi.sec", properties={"status": "drafting"})
        .user("second", name="Hør", lane="pogi.sec", properties={"status": "trade hearing"})
        .user("third", name="Afgør", lane="pogi.chair", properties={"status": "on agenda"})
        .end()
    )
    house.deploy({"road.bpmn": drawing.bpmn()})
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "road", {}, "2026-1")
    path = f"/pogi/cases/{started['case_id']}"
    assert stations(anne.get(path).text) == [("Udkast", "now"), ("Høring, branche", ""), ("På dagsordenen", "")]
    house.later(minutes=10)
    anne.post(f"/pogi/tasks/{started['tasks'][0]['id']}/complete")
    page = anne.get(path).text
    assert stations(page) == [("Udkast", "done"), ("Høring, branche", "now"), ("På dagsordenen", "")]
    assert "05.01.26" in page


def test_a_target_is_on_its_way_through_all_its_stations(sqlite_house: House):
    house, anne = sqlite_house, visiting(sqlite_house, "anne", "pogi.sec")
    shipped(house, "decision-rules", "target-initiation", "working-group", "market-scan", "hearing", "drafting")
    shipped(house, "steering-group-decision", "adoption", "publication", "target-lifecycle")
    house.person("member", "member.officer")
    started = instances.start(
        Call(house.person("s", "pogi.sec").actor, house.ports), "target-lifecycle", STARTED, "2026-0012"
    )
    assert started["incident"] is None
    text = anne.get(f"/pogi/cases/{started['case_id']}").text
    assert [label.replace("\u00ad", "") for label, _ in stations(text)] == [
        "Foreslået",
        "Planlagt",
        "Markedsafdækning",
        "Udkast",
        "Høring, medlemmer",
        "Høring, branche",
        "Endeligt forslag",
        "På dagsordenen",
        "Afventer offentliggørelse",
        "I kraft",
    ]
    assert "<h1" in text and "Eksempel: arbejdstøj, 1</h1>" in text
    assert "Sag 2026-0012." in text
    listed = seen(anne.get("/pogi/cases").text)
    assert "Eksempel: arbejdstøj, 1" in listed
    assert "Foreslået pogi.sec" in listed


def test_who_owes_what_and_the_way_as_text_and_picture(house: House, anne: Browser):
    house.deploy(two_tasks())
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "adoption", {}, "2026-1")
    anne.post(f"/pogi/tasks/{started['tasks'][0]['id']}/claim")
    page = anne.get(f"/pogi/cases/{started['case_id']}").text
    text = seen(page)
    assert "Hvem skylder hvad nu pogi.sec prepare Taget 5. januar af Anne Ingen frist" in text
    assert "Gå til din opgave" in text
    assert "Nu: prepare" in text
    props = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)[1])
    assert (props["now"], props["tokens"]) == (["prepare"], {"prepare": 1})
    assert anne.get(props["diagram"]).data.startswith(b"<?xml")
    assert "Tog »prepare«".lower() in text.lower()
    over = anne.post(f"/pogi/tasks/{started['tasks'][0]['id']}/complete")
    assert over.status_code == 303
    vacant = "pogi.chair vote Ingen har rollen pogi.chair. En administrator kan give den under Personer."
    assert vacant in seen(anne.get(f"/pogi/cases/{started['case_id']}").text)
    house.person("fritz", "pogi.chair")
    assert "pogi.chair vote Ledig" in seen(anne.get(f"/pogi/cases/{started['case_id']}").text)


def test_a_ballot_is_told_by_number_then_by_name(sqlite_house: House):
    item = steering.at_the_vote(sqlite_house)
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    item.vote("for", "for")
    open_ = seen(anne.get(f"/pogi/cases/{item.case_id}").text)
    assert "Afstemning om vedtagelse, 21. april 2026 2 af 9 har stemt. Sidste dag at stemme: 27. april 2026." in open_
    assert "7 svar mangler" in open_
    for name, choice in list(zip(item.voters, ["for"] * 7 + ["against", "abstain"], strict=True))[2:]:
        item.do(item.voters[name], "Task_vote", {"vote": choice})
    closed = seen(anne.get(f"/pogi/cases/{item.case_id}").text)
    assert "7–1–1 Vedtaget. 9 af 9 deltog." in closed
    assert "For, 7 Eksempelby Kommune Fiktivborg Kommune" in closed
    assert "Imod, 1 Styrelsen Eksempel" in closed
    assert "pogi.sg afsluttede »Afgiv stemme« (9 gange)" in closed
    assert "Ingen skylder noget: sagen er afsluttet." in closed


def test_votes_on_one_question_are_told_apart_by_round_and_draft(sqlite_house: House):
    sqlite_house.deploy(two_tasks())
    partnership(sqlite_house)
    begun = instances.start(Call(sqlite_house.person("s", "pogi.sec").actor, sqlite_house.ports), "adoption", {}, None)
    case = Desk(sqlite_house, begun["case_id"])
    target = case("targets.propose", **TITLE)["target"]
    on_agenda(case, target)
    voted(case, target, outcome="rejected")
    anne = visiting(sqlite_house, "anne", "pogi.sec")
    path = f"/pogi/cases/{case.case_id}"
    assert "gang" not in "".join(headings(anne.get(path).text))
    voted(case, target)
    assert headings(anne.get(path).text) == [
        "Afstemning om vedtagelse, 21. april 2026: 2. gang",
        "Afstemning om vedtagelse, 21. april 2026: 1. gang",
    ]
    case("targets.save_draft", target=target, requirements=OTHER)
    voted(case, target)
    assert headings(anne.get(path).text) == [
        "Afstemning om vedtagelse, 21. april 2026: 3. gang, udkast 2",
        "Afstemning om vedtagelse, 21. april 2026: 2. gang, udkast 1",
        "Afstemning om vedtagelse, 21. april 2026: 1. gang, udkast 1",
    ]


def headings(page: str) -> list[str]:
    return [text for text in re.findall(r"<h2[^>]*>([^<]*)</h2>", page) if text.startswith("Afstemning om")]


def test_what_the_clock_will_do_is_told_in_words(house: House, anne: Browser):
    house.deploy(waiting())
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "waiting", {}, None)
    text = seen(anne.get(f"/pogi/cases/{started['case_id']}").text)
    assert "Det gør uret rest Onsdag 7. januar kl. 09.00, om 2 arbejdsdage" in text
    assert "Ingen skylder noget nu. Sagen venter til 7. januar 2026: »rest«, om 2 arbejdsdage." in text


def test_a_case_that_waits_for_somebody_outside_names_no_day(house: House, anne: Browser):
    house.deploy(files(process("asking").start().catch("m", message("Answer")).end()))
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "asking", {}, None)
    text = seen(anne.get(f"/pogi/cases/{started['case_id']}").text)
    assert "Ingen skylder noget nu: Sagen venter på et svar udefra." in text


def test_a_case_that_waits_for_help_says_so(house: House, anne: Browser):
    house.deploy(gate())
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "gate", {}, None)
    anne.post(f"/pogi/tasks/{started['tasks'][0]['id']}/complete", {"draft": "0"})
    assert "Sagen venter på hjælp" in anne.get(f"/pogi/cases/{started['case_id']}").text
    assert "Venter på hjælp" in anne.get("/pogi/cases").text


def test_a_case_that_put_a_target_into_force_names_the_day_of_its_review(sqlite_house: House):
    partnership(sqlite_house)
    call, _ = in_force(sqlite_house)
    call.over()
    found = seen(visiting(sqlite_house, "berit", "pogi.sec").get("/pogi/cases").text)
    assert "Afsluttet Målet gennemgås 1. juni 2029" in found


def test_the_list_is_narrowed_and_read_page_by_page(house: House, anne: Browser):
    house.deploy(two_tasks())
    house.deploy(waiting())
    call = Call(house.person("s", "pogi.sec").actor, house.ports)
    for number in range(27):
        instances.start(call, "adoption", {}, f"2026-{number:02}")
    instances.start(call, "waiting", {}, None)
    first = anne.get("/pogi/cases").text
    assert first.count('<th scope="row">') == 25
    onward = re.search(r'href="([^"]+after=[^"]+)"', first)[1].replace("&amp;", "&")
    assert anne.get(onward).text.count('<th scope="row">') == 3
    assert anne.get("/pogi/cases?q=2026-13").text.count('<th scope="row">') == 1
    assert anne.get("/pogi/cases?process=waiting").text.count('<th scope="row">') == 1
    assert "Ingen resultater" in anne.get("/pogi/cases?state=over").text
    assert anne.get("/pogi/cases?after=x").status_code == 422


def test_what_she_may_not_see_is_not_there(house: House, anne: Browser):
    house.deploy(two_tasks())
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "adoption", {}, "2026-1")
    documents.add(house.operator(), "Bilag.pdf", "application/pdf", b"%PDF", started["case_id"])
    assert "Bilag.pdf" in anne.get(f"/pogi/cases/{started['case_id']}").text
    path = f"/pogi/cases/{started['case_id']}"
    assert visiting(house, "kari", "lill.owner", workspace="lillestrom").get(path).status_code == 404
    nobody = visiting(house, "nora")
    assert nobody.get(path).status_code == 404
    assert "2026-1" not in nobody.get("/pogi/cases").text


@pytest.mark.parametrize(
    ("language", "word"), [("da", "Hvem skylder hvad nu"), ("nb", "Hvem skylder hva nå"), ("en", "Who owes what now")]
)
def test_it_speaks_the_readers_language(sqlite_house: House, language, word):
    house, anne = sqlite_house, visiting(sqlite_house, "anne", "pogi.sec")
    house.deploy(two_tasks())
    started = instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "adoption", {}, "2026-1")
    anne.client.set_cookie("mandat_language", language)
    page = anne.get(f"/pogi/cases/{started['case_id']}").text
    assert f'<html lang="{language}"' in page
    assert word in page


def test_the_list_names_the_day_until_which_a_case_waits_for_the_clock(house: House, anne: Browser):
    house.deploy(waiting())
    instances.start(Call(house.person("s", "pogi.sec").actor, house.ports), "waiting", {}, None)
    text = seen(anne.get("/pogi/cases").text)
    assert "Uret, til 7. januar 2026" in text
    assert "svar udefra" not in text
