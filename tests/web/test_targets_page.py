"""The public register: nobody signs in, nothing but what is published, and addresses that never change."""

import csv
import io
import re

import pytest

from tests.app.browsing import browser
from tests.app.house import House
from tests.app.records import REQUIREMENTS, desk, partnership
from tests.app.visiting import visiting
from tests.operations.test_targets import heard, in_force, on_agenda, proposed, voted, walked
from tests.support.covering import covers
from tests.web.reading import seen


@pytest.fixture
def target(house: House) -> str:
    partnership(house)
    return in_force(house)[1]


@covers("P11")
def test_anybody_reads_the_register_a_target_and_its_versions(house: House, target: str):
    reader = browser(house)
    text = seen(reader.get("/pogi/maal").text)
    assert "Indkøbsmål, som alle kan bruge" in text
    assert f"{target} Eksempel: arbejdstøj Tekstiler I kraft Version 1 , 5. januar 2026 JSON" in text
    assert "Eksempel" in text
    assert "Log ind" in text
    for path in (f"/pogi/maal/{target}", f"/pogi/maal/{target}/v1"):
        page = seen(reader.get(path).text)
        assert "a) Tøjet kan repareres. Krav Kravspecifikation Datablad" in page, path
        assert "I kraft fra 1. juni 2026" in page
        assert f"/pogi/maal/{target}/v1" in page
    assert reader.get(f"/api/v1/targets/pogi/{target}").status_code == 200


def test_a_target_leads_to_its_case_its_requirements_as_data_and_an_address_that_can_be_passed_on(house: House):
    partnership(house)
    call, target = proposed(house)
    lines = [REQUIREMENTS[0] | {"text": "Tøjet kan repareres.\nDele kan købes."}, REQUIREMENTS[1]]
    on_agenda(call, target, lines)
    voted(call, target)
    call("targets.adopt", target=target, requirements=lines)
    call("targets.publish", target=target)
    stranger = browser(house).get(f"/pogi/maal/{target}").text
    assert '<span class="m-words">Tøjet kan repareres.\nDele kan købes.</span>' in stranger
    assert f">http://localhost/pogi/maal/{target}/v1</a>" in stranger
    data = re.findall(r'href="(/api/v1/targets/[^"]+)"', stranger)[0]
    assert [it["letter"] for it in browser(house).get(data).json["requirements"]] == ["a", "b"]
    assert call.case_id not in stranger
    hers = visiting(house, "linked", "pogi.sec").get(f"/pogi/maal/{target}").text
    assert f'href="/pogi/cases/{call.case_id}"' in hers


def test_it_tells_what_a_version_does_and_what_changed_requirement_by_requirement(house: House, target: str):
    reader = browser(house)
    first = seen(reader.get(f"/pogi/maal/{target}/v1").text)
    assert "Ændret siden" not in first
    call = desk(house)
    call("targets.revise", target=target)
    changed = [
        REQUIREMENTS[0] | {"text": "Tøjet skal kunne repareres.", "transition_until": "2027-12-31"},
        REQUIREMENTS[0] | {"letter": "c", "text": "Tøjet kan genbruges."},
    ]
    walked(call, target, "planned", "drafting")
    call(
        "targets.save_draft",
        target=target,
        requirements=changed,
        environmental_effect="Mindre affald.\nMindre vand.",
        supply_effect="Gavner dem, der reparerer.",
    )
    heard(call, target)
    walked(call, target, "final proposal", "on agenda")
    voted(call, target)
    call("targets.adopt", target=target, requirements=changed)
    assert "Mindre affald" not in reader.get(f"/pogi/maal/{target}").text  # adopted, not yet public
    call("targets.publish", target=target, change_note="Reparation er nu et krav.")
    for path in (f"/pogi/maal/{target}", f"/pogi/maal/{target}/v2"):
        text = seen(reader.get(path).text)
        assert "Virkning For miljø og klima Mindre affald. Mindre vand. For markedet Gavner dem, der reparerer." in text
        assert "Ændret siden version 1 Reparation er nu et krav." in text
        assert "a) Udbudstekst Tøjet kan repareres. Tøjet skal kunne repareres." in text
        assert "a) Overgang til og med ingen 31. december 2027" in text
        assert "c) er nyt – Tøjet kan genbruges." in text
        assert "b) er udgået Vægt levetiden. –" in text
    assert "Mindre affald" not in seen(reader.get(f"/pogi/maal/{target}/v1").text)
    told = reader.get(f"/api/v1/targets/pogi/{target}/versions/2").json
    assert (told["environmental_effect"], told["supply_effect"]) == (
        "Mindre affald.\nMindre vand.",
        "Gavner dem, der reparerer.",
    )
    assert [(it["letter"], it["parts"]) for it in told["changes"]] == [
        ("a", ["text", "transition_until"]),
        ("c", []),
        ("b", []),
    ]


def test_what_was_published_again_word_for_word_says_so(house: House, target: str):
    call = desk(house)
    call("targets.adopt", target=target, requirements=REQUIREMENTS)
    call("targets.publish", target=target)
    assert "Kravene er uændrede, ord for ord." in browser(house).get(f"/pogi/maal/{target}").text


def test_what_is_not_published_is_there_for_those_at_work_on_it_alone(house: House, target: str):
    _, draft = proposed(house)
    reader = browser(house)
    assert reader.get(f"/pogi/maal/{draft}").status_code == 404
    assert "Undervejs" not in reader.get("/pogi/maal").text
    assert reader.get(f"/pogi/maal/{target}/v2").status_code == 404
    assert reader.get("/nowhere/maal").status_code == 404
    assert "Undervejs" in visiting(house, "anne", "pogi.sec").get("/pogi/maal").text
    stranger = visiting(house, "kari", "lill.owner", workspace="lillestrom").get("/pogi/maal")
    assert (stranger.status_code, "Undervejs" in stranger.text) == (200, False)


def test_the_register_is_searched_and_taken_away_as_a_table(house: House, target: str):
    reader = browser(house)
    assert "Eksempel: arbejdstøj" in reader.get("/pogi/maal?q=TEKSTIL").text
    assert "Ingen resultater" in reader.get("/pogi/maal?q=maling").text
    assert "Ingen resultater" in reader.get("/pogi/maal?status=retired").text
    counts = {"da": ("1 mål", "0 af 1 mål"), "nb": ("1 mål", "0 av 1 mål"), "en": ("1 target", "0 of 1 target")}
    for tongue, (every, none) in counts.items():
        asked = {"Accept-Language": tongue}
        assert f">{every}</span>" in reader.get("/pogi/maal", headers=asked).text
        assert f">{none}</span>" in reader.get("/pogi/maal?q=maling", headers=asked).text
    table = reader.get("/pogi/maal.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert (row["key"], row["title"], row["address"]) == (target, "Eksempel: arbejdstøj", f"/pogi/maal/{target}/v1")


@pytest.mark.parametrize(
    ("language", "word"), [("da", "Udbudstekst"), ("nb", "Anskaffelsestekst"), ("en", "Text for the tender")]
)
def test_it_speaks_the_readers_language(sqlite_house: House, language, word):
    partnership(sqlite_house)
    _, target = in_force(sqlite_house)
    reader = browser(sqlite_house)
    reader.client.set_cookie("mandat_language", language)
    page = reader.get(f"/pogi/maal/{target}").text
    assert f'<html lang="{language}"' in page
    assert word in page
