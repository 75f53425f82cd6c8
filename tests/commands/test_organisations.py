"""Organisations, bodies and settings, as an administrator changes them."""

import pytest

from service.commands import bodies, organisations, settings
from service.domain.errors import AlreadyThere, PersonNotFound
from service.domain.origins import From
from service.domain.record_errors import (
    BodyNotFound,
    OrganisationNotFound,
    OrganisationRefused,
    OriginRefused,
    SettingRefused,
    SettingUnknown,
)
from service.queries import organisations as queries
from service.queries import settings as setting_queries
from service.store import db, journal
from tests.app.house import House
from tests.app.records import SAMPLE, representative
from tests.support.covering import covers


def test_an_organisation_is_registered_admitted_seated_and_represented(house: House):
    call = house.operator()
    made = organisations.register(call, "Eksempelby Kommune", "municipality", SAMPLE)["id"]
    ngo = organisations.register(call, "NGO Eksempel", "ngo", From("sample"))["id"]
    organisations.admit(call, made)
    bodies.establish(call, "steering-group", "steering-group", "Styregruppen")
    bodies.seat(call, "steering-group", made)
    bodies.seat(call, "steering-group", ngo, votes=False)
    anne = representative(house, "anne", made, "pogi.sg").actor
    assert anne.organisations == {made}
    first, second = queries.listed(anne, house.ports.now())
    assert (first["name"], first["member"], first["representatives"]) == ("Eksempelby Kommune", True, ["Anne"])
    assert (second["kind"], second["member"], second["sample"]) == ("ngo", False, True)
    (group,) = queries.bodies(anne, house.ports.now())
    assert [(seat["name"], seat["votes"]) for seat in group["seats"]] == [
        ("Eksempelby Kommune", True),
        ("NGO Eksempel", False),
    ]


@covers("P7")
def test_what_cannot_be_registered_is_refused(house: House):
    call = house.operator()
    made = organisations.register(call, "NGO Eksempel", "ngo")["id"]
    with pytest.raises(AlreadyThere):
        organisations.register(call, "NGO Eksempel", "ngo")
    with pytest.raises(OrganisationRefused, match="its kind is one of municipality"):
        organisations.register(call, "X", "club")
    with pytest.raises(OrganisationRefused, match="open to municipalities"):
        organisations.admit(call, made)
    with pytest.raises(OriginRefused, match="names its place"):
        organisations.register(call, "X", "ngo", From("public"))
    with pytest.raises(OrganisationNotFound):
        organisations.admit(house.operator("lillestrom"), made)
    with pytest.raises(PersonNotFound):
        organisations.represent(call, made, "nobody")
    with pytest.raises(BodyNotFound):
        bodies.seat(call, "board", made)
    town = organisations.register(call, "Testrup Kommune", "municipality")["id"]
    organisations.admit(call, town)
    with pytest.raises(AlreadyThere):
        organisations.admit(call, town)


@covers("P19")
def test_a_setting_shows_its_value_and_where_it_is_from_before_and_after_a_change(house: House):
    anne = house.person("anne", "pogi.sec").actor

    def shown() -> dict[str, object]:
        found = setting_queries.listed(anne, house.ports.now())
        return next(setting for setting in found if setting["key"] == "sg.quorum")

    before = shown()
    assert (before["value"], before["version"], before["origin"]) == (0.5, 0, "analogue")
    assert str(before["reference"]).startswith("https://")
    later = house.ports.now()
    settings.change(house.operator(), "sg.quorum", 0.6, "forretningsordenen § 4")
    assert (shown()["value"], shown()["version"], shown()["origin"]) == (0.6, 1, "workspace")
    settings.change(house.operator(), "sg.quorum", 0.7, "beslutning 2026-3", house.later(days=2).replace(year=2027))
    assert shown()["value"] == 0.6, "the next value counts from its own day on"
    assert [row["value"] for row in setting_queries.history(anne, "sg.quorum")] == [0.6, 0.7]
    with db.reading() as session:
        told = [entry for entry in journal.entries(session, "pogi", "pogi") if entry["kind"] == "setting.changed"]
    assert [entry["data"]["reference"] for entry in told] == ["forretningsordenen § 4", "beslutning 2026-3"]
    assert told[0]["at"] >= later.isoformat()[:10]


def test_a_setting_takes_no_value_without_a_reason_or_of_another_kind(house: House):
    call = house.operator()
    with pytest.raises(SettingRefused, match="the rule or decision that says so is missing"):
        settings.change(call, "sg.quorum", 0.6, " ")
    with pytest.raises(SettingRefused, match="from 0 to 1"):
        settings.change(call, "sg.quorum", 60, "§ 4")
    with pytest.raises(SettingUnknown):
        settings.change(house.operator("lillestrom"), "sg.quorum", 0.6, "§ 4")
