"""The action plan: exactly the six columns of L3, blanks as blanks, and what its keeper and its reports say."""

import re
from datetime import date

import pytest

from service.commands import access, measures, roles
from service.domain.origins import From
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.records import shipped
from tests.app.visiting import visiting
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

PLAN = "/lillestrom/handlingsplan"


@pytest.fixture
def plan(house: House) -> list[str]:
    """Two measures under the first of two subgoals, as the source has them."""
    call = house.operator("lillestrom")
    goals = [("Kommunen skal fremme bærekraftig bruk", "L25"), ("Kommunen skal redusere utslipp", "L26")]
    made = measures.register(call, "Strategi for grønne innkjøp", (2020, 2024), "Hovedmål", goals, From("source", "L1"))
    rows = [("Det skal stilles krav til miljømerkede produkter.", "must"), ("Kommunen skal vurdere EPD.", "assess")]
    return [
        measures.add(call, made["goals"][0], number, text, strength, From("source", f"L{number + 4}"))["id"]
        for number, (text, strength) in enumerate(rows, 1)
    ]


def keeper(house: House) -> Browser:
    return visiting(house, "liv", "lill.proc.section", workspace="lillestrom")


def cells(page: str) -> list[list[str]]:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return [[seen(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in body.split("</tr>")[:-1]]


@covers("L3")
def test_the_plan_has_the_six_columns_and_leaves_blank_what_the_source_does(house: House, plan: list[str]):
    page = keeper(house).get(PLAN).text
    headings = [seen(it) for it in re.findall(r"<th scope=\"col\".*?</th>", page)]
    assert headings == ["Nummer", "Delmål", "Beskrivelse av tiltak", "Ansvarlig", "Frist", "Status"]
    blank = "– Ikke oppgitt"
    assert cells(page) == [
        [
            "1",
            "1. Kommunen skal fremme bærekraftig bruk",
            "Det skal stilles krav til miljømerkede produkter. Plikt: skal. L5",
            blank,
            blank,
            "Ikke oppgitt",
        ],
        [
            "2",
            "1. Kommunen skal fremme bærekraftig bruk",
            "Kommunen skal vurdere EPD. Plikt: skal vurderes. L6",
            blank,
            blank,
            "Ikke oppgitt",
        ],
    ]
    text = seen(page)
    assert "Kilde L5–L6" in text
    assert "Delmål 2 har ingen tiltak i kilden." in text
    assert "Kilden oppgir ikke ansvarlig, frist eller status" in text


@covers("L18")
def test_only_its_keeper_changes_the_plan(house: House, plan: list[str]):
    path = f"{PLAN}/{plan[0]}"
    liv = keeper(house)
    form = {"responsible": "lill.proc.section", "due_on": "2026-03-01", "status": "ongoing"}
    assert liv.post(path, form).headers["Location"] == f"{path}?kept=1"
    (first, _) = cells(liv.get(PLAN).text)
    assert first[3:] == ["lill.proc.section", "1. mars 2026", "Pågår"]
    assert "Endre planen" in liv.get(path).text
    reader = visiting(house, "ola", "lill.owner", workspace="lillestrom")
    assert "Endre planen" not in reader.get(path).text
    refused = reader.post(path, form)
    assert refused.status_code == 422
    assert "Bare den som fører planen, kan endre den." in refused.text


def test_what_is_wrong_with_a_change_is_said(house: House, plan: list[str]):
    liv = keeper(house)
    wrong = liv.post(f"{PLAN}/{plan[1]}", {"responsible": "", "due_on": "snart", "status": ""})
    assert wrong.status_code == 422
    text = seen(wrong.text)
    assert "Ansvarlig: oppgi en rolle eller en enhet. Frist: velg en dato. Status: velg hvor tiltaket står." in text
    closing = liv.post(f"{PLAN}/{plan[1]}", {"responsible": "Miljø", "due_on": "2026-03-01", "status": "done"})
    assert "avsluttes bare med en dokumentert vurdering" in closing.text


def test_a_measure_is_followed_up_from_its_page(sqlite_house: House):
    house, call = sqlite_house, sqlite_house.operator("lillestrom")
    roles.add(call, "lill.proc.section", "Innkjøpsseksjonen")
    shipped(house, "measure-followup", workspace="lillestrom")
    made = measures.register(call, "S", (2020, 2024), "M", [("D", "L25")], From("source", "L1"))
    measure = measures.add(call, made["goals"][0], 7, "T", "must", From("source", "L5"))["id"]
    measures.plan(call, measure, "lill.proc.section", date(2026, 3, 1), "ongoing")
    liv = keeper(house)
    page = liv.get(f"{PLAN}/{measure}").text
    assert "/lillestrom/start/measure-followup?number=7" in page
    assert "Innkjøpsseksjonen" in page
    begun = liv.post("/lillestrom/start/measure-followup", {"/measure": "7", "number": "7"})
    assert begun.status_code == 303
    case = liv.get(begun.headers["Location"].partition("?")[0]).text
    assert "Oppfølging av et tiltak, 7" in seen(case)
    assert "Hvem skylder hva nå" in seen(case)
    assert "Klasse: vanlige saker." in seen(case), "its process says how long it is kept"
    assert f'href="{PLAN}/{measure}"' in case
    there = begun.headers["Location"].partition("?")[0]
    page = liv.get(f"{PLAN}/{measure}").text
    assert f'href="{there}"' in page and "Oppfølging begynt 5. januar 2026" in seen(page)
    access.close_off(call, there.rpartition("/")[2], "no-offl-23", ["admin"], "Tilbudene ligger i den.")
    assert there not in liv.get(f"{PLAN}/{measure}").text, "what she may not read is not there"


def test_a_deadline_that_is_past_is_refused_and_nothing_that_was_typed_is_lost(sqlite_house: House):
    house, call = sqlite_house, sqlite_house.operator("lillestrom")
    roles.add(call, "lill.proc.section", "Innkjøpsseksjonen")
    shipped(house, "measure-followup", workspace="lillestrom")
    made = measures.register(call, "S", (2020, 2024), "M", [("D", "L25")], From("source", "L1"))
    measures.add(call, made["goals"][0], 7, "T", "must", From("source", "L5"))
    liv = keeper(house)
    liv.post("/lillestrom/start/measure-followup", {"/measure": "7"})
    task = re.findall(r'href="(/lillestrom/tasks/[0-9a-f-]+)"', liv.get("/lillestrom/inbox").text)[0]
    typed = {"/responsible": "Eiendom", "/deadline": "2026-01-05", "/change_reason": "Tiltaket settes i gang."}
    refused = liv.post(f"{task}/complete", typed)
    assert refused.status_code == 422
    assert "Frist: Fristen må ligge etter i dag." in seen(refused.text)
    sent = Form(refused.text).sent
    assert {name: sent[name] for name in typed} == typed
    assert liv.post(f"{task}/complete", typed | {"/deadline": "2026-01-06"}).status_code == 303


def test_the_plan_of_another_workspace_is_not_there(house: House, plan: list[str]):
    anne = visiting(house, "anne", "pogi.sec")
    assert anne.get(PLAN).status_code == 404
    assert anne.get(f"{PLAN}/{plan[0]}").status_code == 404
    assert anne.get(f"/pogi/handlingsplan/{plan[0]}").status_code == 404
    assert "Der er ingen handlingsplan endnu" in anne.get("/pogi/handlingsplan").text
