"""The process owner's pages: what is in force, one process, and putting a changed drawing into force."""

import html
import json
import re

import pytest

from service.commands import deployments, instances
from service.domain.findings import Finding
from service.domain.sentences import say
from service.engine.checks import BUNDLE_RULES, PROCESS_RULES
from service.queries import bundles
from service.runtime.command import Call
from service.web import findings, i18n
from tests.app.browsing import Browser
from tests.app.house import House, two_tasks
from tests.app.meeting import files, prepared, started
from tests.app.visiting import visiting

EDIT = "/pogi/processes/meeting/edit"


@pytest.fixture
def house(sqlite_house: House) -> House:
    return sqlite_house


@pytest.fixture
def owner(house: House) -> Browser:
    """The process owner, in a workspace where the meeting is deployed."""
    deployments.deploy(house.operator(), bundles.sent(files()), "Første udgave", True)
    return visiting(house, "owner", "process.owner")


def text(page):
    """What a reader of the page sees, tags and spaces taken out."""
    plain = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


def drawn(page):
    """The drawing in the editor's form."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    return html.unescape(found[1]).lstrip("\n")


def base(page):
    return re.search(r'name="base" value="([0-9a-f]{64})"', page.text)[1]


def sent(owner, xml, note="Ny tekst", **more):
    """The editor's form with that drawing, as a browser sends it."""
    page = owner.get(EDIT)
    fields = {"file": "meeting.bpmn", "base": base(page), "xml": xml, "note": note, "csrf_token": owner.token(EDIT)}
    return owner.post(EDIT, fields | more)


def approved(house: House, key: str = "meeting"):
    """A second process owner finds what waits on the list, looks at it, and puts it into force."""
    second = visiting(house, "second", "process.owner")
    assert f"/pogi/processes/{key}?proposal=1" in second.get("/pogi/processes").text
    page = second.get(f"/pogi/processes/{key}?proposal=1").text
    proposal = re.search(rf'/processes/{key}/approve.*?name="proposal" value="([0-9a-f-]{{36}})"', page, re.DOTALL)[1]
    done = second.post(f"/pogi/processes/{key}/approve", {"proposal": proposal})
    assert done.location == f"/pogi/processes/{key}?deployed=1"
    return second.get(done.location)


def props(page):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', page.text, re.DOTALL)[1])


def test_the_list_says_what_is_in_force_since_when_and_why(house: House, owner: Browser):
    started(house, house.person("sec", "pogi.sec").actor)
    page = owner.get("/pogi/processes")
    assert page.status_code == 200
    assert "Møde i styregruppen" in page.text
    assert "Version 1 siden 5. januar 2026" in text(page)
    assert "Første udgave" in page.text
    assert "1 på version 1" in text(page)


def test_a_process_is_shown_as_a_drawing_and_as_text(owner: Browser):
    page = owner.get("/pogi/processes/meeting")
    given = props(page)
    assert owner.get(given["diagram"]).data == files()["meeting.bpmn"]
    said = text(page)
    assert "Forbered mødet pogi.sec Opgave til en person" in said
    assert "Afgiv stemme når present >= needed" in said
    assert "nej: Forbered mødet når intet andet gælder" in said


def test_a_decision_table_is_a_table(owner: Browser):
    said = text(owner.get("/pogi/processes/meeting"))
    assert "Krav til fremmøde" in said
    assert "# Mødets slags Skal møde Betydning" in said
    assert '1 "written" 9 Skriftligt svarer alle. 2 alle 5 Ellers mere end halvdelen.' in said


def test_a_reader_of_another_language_reads_the_bundles_own_translation(owner: Browser):
    owner.client.set_cookie("mandat_language", "en")
    page = owner.get("/pogi/processes/meeting")
    assert "Steering group meeting" in page.text
    assert "Prepare the meeting" in page.text
    assert props(page)["labels"]["Prepare"] == "Prepare the meeting"
    assert '<span lang="da">Afgiv stemme</span>' in page.text, "what is not translated says its language"


@pytest.mark.parametrize("path", ["processes", "processes/meeting", "processes/meeting/edit"])
def test_nobody_from_elsewhere_sees_a_process(house: House, owner: Browser, path):
    stranger = visiting(house, "stranger", "process.owner", workspace="lillestrom")
    assert owner.get(f"/pogi/{path}").status_code == 200
    assert stranger.get(f"/pogi/{path}").status_code == 404
    assert stranger.get("/lillestrom/processes/meeting").status_code == 404
    address = props(owner.get("/pogi/processes/meeting"))["diagram"]
    assert stranger.get(address).status_code == 404
    assert stranger.get(address.replace("/pogi/", "/lillestrom/")).status_code == 404


def test_only_a_process_owner_may_change_a_process(house: House, owner: Browser):
    secretary = visiting(house, "secretary", "pogi.sec")
    assert "Ret processen" in text(owner.get("/pogi/processes/meeting"))
    assert "Ret processen" not in text(secretary.get("/pogi/processes/meeting"))
    assert secretary.get(EDIT).status_code == 403
    answer = secretary.post(EDIT, {"xml": "", "csrf_token": secretary.token("/pogi/processes")})
    assert answer.status_code == 403


def test_a_check_names_the_fault_and_keeps_nothing(owner: Browser):
    xml = drawn(owner.get(EDIT)).replace("present &gt;= needed", "present &gt;= (needed")
    fields = {"file": "meeting.bpmn", "xml": xml, "csrf_token": owner.token(EDIT)}
    answer = owner.post("/pogi/processes/meeting/check", fields)
    found = answer.json["findings"]
    assert [(it["rule"], it["level"], it["element"]) for it in found if it["level"] == "error"] == [
        ("expression", "error", "Yes")
    ]
    told = html.unescape(answer.json["html"])
    assert "Udtrykket kan ikke læses" in told
    assert "Efter udtrykket i parentes kommer `)`, ikke slutningen." in told
    assert "Version 2" not in owner.get("/pogi/processes/meeting").text


def test_a_changed_drawing_counts_for_what_begins_after_it(house: House, owner: Browser):
    secretary = house.person("sec", "pogi.sec").actor
    before = started(house, secretary)
    answer = sent(owner, drawn(owner.get(EDIT)).replace("Forbered mødet", "Indkald til mødet"), "Klarere tekst")
    assert answer.status_code == 303
    assert answer.location == "/pogi/processes/meeting?proposal=1"
    page = owner.get(answer.location)
    assert "Venter på godkendelse" in text(page)
    assert "En anden person godkender den." in text(page)
    assert "Godkend, og sæt i kraft" not in page.text
    page = approved(house)
    assert "Version 2 er i kraft" in text(page)
    assert "Version 2 05.01.2026 kl. 09.00 Klarere tekst Owner godkendt af Second 0" in text(page)
    assert re.search(r"Version 1 .{0,40}Første udgave .{0,20} 1", text(page)), "the case that runs stays on version 1"
    after = instances.start(Call(secretary, house.ports), "meeting", {}, None)
    assert after["tasks"][0]["name"] == "Indkald til mødet"
    prepared(house, secretary, before, present=3)
    timeline = text(owner.get(f"/pogi/cases/{before}/timeline"))
    assert "Ny opgave til pogi.sec: »Forbered mødet«" in timeline, "and comes back to its own drawing"
    assert "Diagrammet som tekst, version 1" in timeline


def test_a_drawing_with_a_fault_comes_back_as_she_left_it(owner: Browser):
    xml = drawn(owner.get(EDIT)).replace('id="Adopted" name="Vedtaget"', 'id="Adopted" name="Næsten vedtaget"')
    xml = xml.replace("present &gt;= needed", "present &gt;=")
    answer = sent(owner, xml, "Prøver noget")
    assert answer.status_code == 422
    assert drawn(answer).split() == xml.split()
    assert "1 fejl står i vejen." in text(answer)
    assert "Udtrykket kan ikke læses" in text(answer)
    assert 'value="Prøver noget"' in answer.text
    assert props(answer)["findings"][0]["element"] == "Yes"
    assert "Version 2" not in owner.get("/pogi/processes/meeting").text


def test_a_new_version_needs_a_note(owner: Browser):
    answer = sent(owner, drawn(owner.get(EDIT)).replace("Forbered", "Indkald til"), "  ")
    assert answer.status_code == 422
    assert "Skriv, hvad du har ændret, og hvorfor." in text(answer)


def test_whoever_was_faster_is_not_overruled_unseen(house: House, owner: Browser):
    page = owner.get(EDIT)
    stale, xml = base(page), drawn(page).replace("Forbered mødet", "Mit forslag")
    other = visiting(house, "birgit", "process.owner")
    assert sent(other, drawn(page).replace("Forbered mødet", "Birgits forslag")).status_code == 303
    waits = sent(owner, xml, base=stale)
    assert waits.status_code == 409
    assert "En version, som Birgit skrev den 05.01.2026 kl. 09.00, venter på godkendelse." in text(waits)
    assert "Mit forslag" in drawn(waits)
    approved(house)
    answer = sent(owner, xml, base=stale)
    assert answer.status_code == 409
    assert "Birgit satte version 2 i kraft den 05.01.2026 kl. 09.00, mens du tegnede." in text(answer)
    assert "Mit forslag" in drawn(answer)
    assert base(answer) == stale, "sending it again overrules nobody either"
    assert "Birgits forslag" in owner.get("/pogi/processes/meeting").text


@pytest.mark.parametrize(
    "xml", ["", "<no diagram", "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "<x/>"], ids=["nothing", "cut", "doctype", "other"]
)
def test_what_is_no_drawing_is_a_problem_like_any_other(owner: Browser, xml):
    answer = sent(owner, xml)
    assert answer.status_code == 422
    assert "Filen kan ikke læses" in text(answer)
    assert drawn(answer) == xml


def test_a_bundle_of_tables_is_there_to_be_read(house: House, owner: Browser):
    manifest = {"key": "rules", "titles": {"da": "Fælles regler"}, "source_language": "da"}
    table = files()["rules.dmn"].replace(b'id="needed"', b'id="other"')
    sent_files = {"other.dmn": table, "bundle.json": json.dumps(manifest).encode()}
    deployments.deploy(house.operator(), bundles.sent(sent_files), "", True)
    assert "Fælles regler" in owner.get("/pogi/processes").text
    page = text(owner.get("/pogi/processes/rules"))
    assert "Krav til fremmøde" in page
    assert "Ret processen" not in page


def test_a_bundle_without_a_manifest_is_called_as_its_process(house: House, owner: Browser):
    house.deploy(two_tasks())
    assert "adoption" in text(owner.get("/pogi/processes"))
    assert owner.get("/pogi/processes/adoption/edit").status_code == 200


def test_every_rule_has_a_headline_in_every_language():
    rules = {rule.__name__.rpartition(".")[2].replace("_", "-") for rule in (*PROCESS_RULES, *BUNDLE_RULES)}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            assert rules - findings.headlines().keys() == set()


def test_a_finding_is_said_in_the_readers_language_with_what_it_is_about():
    nested = say(
        "%(fault)s In FEEL: `%(text)s`.",
        fault=say("The %(place)s is not FEEL: %(why)s", place=say("condition"), why="x"),
        text="a = b",
    )
    found = [
        Finding(
            "no-end",
            "error",
            say("Nothing follows '%(node)s'. Draw a flow to what comes next, or to an end event.", node="Afgør"),
        ),
        Finding(
            "too-large",
            "error",
            say(
                "The bundle has %(nodes)s nodes; at most %(most)s are read. Make several of it.",
                nodes=12_345,
                most=5_000,
            ),
        ),
        Finding("expression", "error", nested),
        Finding("unreadable", "error", "It is not XML."),
    ]
    with i18n.speaking("da"):
        told = [it["message"] for it in findings.told(found, {})]
    assert [it.text for it in told] == [
        "Intet følger efter »Afgør«. Tegn en forbindelse til det næste eller til en slutning.",
        "Pakken har 12.345 elementer; højst 5.000 læses. Del den i flere.",
        "Betingelsen er ikke FEEL: x I FEEL: `a = b`.",
        "It is not XML.",
    ]
    assert [it.lang for it in told] == [None, None, None, "en"]
    assert found[1].message == "The bundle has 12,345 nodes; at most 5,000 are read. Make several of it."
