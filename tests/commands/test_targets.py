"""Targets that were made elsewhere."""

from datetime import date

import pytest

from service.commands.targets import Known, register
from service.domain.errors import AlreadyThere
from service.domain.origins import From
from service.domain.record_errors import OriginRefused, TargetNotFound, TargetStatusRefused
from service.queries import targets as queries
from tests.app.house import House
from tests.app.records import desk
from tests.app.visiting import visiting

ADDRESS = From("public", "https://example.org/belysning")


def test_what_is_known_of_a_published_target_is_there_for_everybody_and_no_more(house: House):
    known = Known("Belysning", "Belysning", "in force", valid_on=date(2022, 1, 1), note="Justeret i juni 2024.")
    register(house.operator(), "8", known, ADDRESS)
    shown = queries.target("pogi", "8")
    assert (shown["status"], shown["origin"], shown["origin_ref"]) == ("in force", "public", ADDRESS.reference)
    assert [notice["text"] for notice in shown["notices"]] == ["Justeret i juni 2024."]
    version = queries.version("pogi", "8", 1)
    assert (version["valid_from"], version["adopted_at"], version["requirements"]) == ("2022-01-01", None, [])


def test_what_was_adjusted_elsewhere_is_so_again_when_its_revision_comes_to_nothing(house: House):
    register(house.operator(), "8", Known("Belysning", "Belysning", "editorially adjusted"), ADDRESS)
    assert queries.version("pogi", "8", 1)["kind"] is None, "nobody here says how it came about"
    call = desk(house)
    call("targets.revise", target="8")
    assert queries.register("pogi")[0]["status"] == "under revision"
    call("targets.status", target="8", status="rejected")
    assert queries.register("pogi")[0]["status"] == "editorially adjusted"
    assert "Undervejs" not in visiting(house, "anne", "pogi.sec").get("/pogi/maal").text


def test_where_nobody_says_how_it_stands_it_has_no_status(house: House):
    register(house.operator(), "7", Known("Ukendt", "Ukendt"), ADDRESS)
    assert [row["status"] for row in queries.at_work(house.operator().actor)] == [None]
    with pytest.raises(TargetNotFound):
        queries.target("pogi", "7")


def test_one_that_is_being_made_has_no_number_yet(house: House):
    register(house.operator(), "3", Known("Byggeri", "Byggeri", "scanning"), ADDRESS)
    (row,) = queries.at_work(house.operator().actor)
    assert (row["status"], row["versions"][0]["version"]) == ("scanning", None)
    assert queries.register("pogi") == []


def test_a_key_is_given_once_and_an_origin_names_its_place(house: House):
    register(house.operator(), "8", Known("Belysning", "Belysning"), ADDRESS)
    with pytest.raises(AlreadyThere):
        register(house.operator(), "8", Known("Belysning", "Belysning"), ADDRESS)
    with pytest.raises(OriginRefused):
        register(house.operator(), "9", Known("X", "X"), From("public"))
    with pytest.raises(TargetStatusRefused):
        register(house.operator(), "9", Known("X", "X", "splendid"), ADDRESS)
