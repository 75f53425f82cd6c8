"""Roles in the reader's language: as the diagrams in force call their lanes, wherever a page names one."""

import json

import pytest

from service.commands import instances, roles
from service.runtime.command import Call
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.visiting import visiting
from tests.diagrams import process
from tests.web.reading import seen


@pytest.fixture
def house(sqlite_house: House) -> House:
    """A Danish workspace with a process whose first lane is called something in English too."""
    for key, label in (("pogi.sec", "Sekretariat"), ("pogi.chair", "Formandskab")):
        roles.add(sqlite_house.operator(), key, label)
    drawing = (
        process("adoption").start(lane="Sekretariat").user("prepare", name="Forbered", lane="Sekretariat")
        .user("vote", name="Stem", lane="Formandskab").end()
    )  # fmt: skip
    manifest = {"key": "adoption", "titles": {"da": "Vedtagelse"}, "source_language": "da", "process": "adoption"}
    lane = drawing.bpmn().decode().partition('name="Sekretariat"')[0].rpartition('id="')[2].partition('"')[0]
    sqlite_house.deploy(
        {
            "adoption.bpmn": drawing.bpmn(),
            "bundle.json": json.dumps(manifest).encode(),
            "texts.en.json": json.dumps({lane: "Secretariat", "prepare": "Prepare"}).encode(),
        }
    )
    return sqlite_house


@pytest.fixture
def case(house: House) -> str:
    starter = house.person("starter", "pogi.sec")
    return str(instances.start(Call(starter.actor, house.ports), "adoption", {}, "2026-1")["case_id"])


def reader(house: House, *held: str, language: str = "en") -> Browser:
    found = visiting(house, "anne", *held)
    found.client.set_cookie("mandat_language", language)
    return found


@pytest.mark.parametrize("path", ["inbox", "cases", "cases/{case}", "cases/{case}/timeline"])
def test_a_page_in_english_names_a_role_in_english(house: House, case: str, path: str):
    text = seen(reader(house, "pogi.sec", "auditor").get(f"/pogi/{path.format(case=case)}").text)
    assert "Secretariat" in text
    assert "Sekretariat" not in text
    assert "Auditor" in text, "a role that the product brings has a name in every language of it"
    assert "Revisor" not in text


def test_what_no_diagram_translates_keeps_its_own_name_and_says_in_which_language(house: House, case: str):
    page = reader(house, "pogi.chair", "pogi.sec")
    task = page.get("/pogi/inbox").text.partition("data-task")[0].rpartition('href="/pogi/tasks/')[2].partition('"')[0]
    page.post(f"/pogi/tasks/{task}/complete", {"draft": "0"})
    assert '<span class="m-chip"><span lang="da">Formandskab</span></span>' in page.get(f"/pogi/cases/{case}").text


def test_a_page_in_the_language_of_the_workspace_asks_for_no_other_names(house: House, case: str):
    anne = reader(house, "pogi.sec", language="da")
    anne.get("/pogi/inbox")
    with house.statements() as asked:
        text = anne.get("/pogi/inbox").text
    assert "Sekretariat" in text
    assert not [statement for statement in asked if "in_force" in statement]


def test_narrowing_to_a_role_is_said_in_the_readers_language(house: House, case: str):
    page = reader(house, "pogi.sec", "pogi.chair").get("/pogi/inbox?role=pogi.sec").text
    assert '<option value="pogi.sec" selected>Secretariat</option>' in page


def test_of_many_roles_the_head_of_a_page_says_how_many_and_picks_none(house: House):
    """Whichever it named first would stand there while she does what belongs to another."""
    few = visiting(house, "dorte", "pogi.sg", "pogi.wg").get("/pogi/inbox").text
    many = visiting(house, "magnus", "pogi.sg", "pogi.wg", "pogi.sec").get("/pogi/inbox").text
    assert "3 roller" in seen(many.partition("m-who")[2].partition("</summary>")[0])
    assert "roller" not in seen(few.partition("m-who")[2].partition("</summary>")[0])
