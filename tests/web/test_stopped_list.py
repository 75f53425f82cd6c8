"""Stopped cases as a page: what is told of each, and what is said of a correction that cannot be made."""

import re

import pytest

from tests.app.house import House
from tests.app.visiting import visiting
from tests.journeys.test_mending import stopped
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
