"""Finding a decision, reading its record, and asking what another version of its rule would have said: over HTTP."""

import hashlib
import html
import re
from typing import Any

import pytest
from sqlalchemy import text

from service.commands import access, instances, tasks
from service.domain.access import grounds
from service.runtime.command import Call
from service.store import db, journal, migrating
from tests.app.house import House
from tests.app.meeting import TABLE, files, prepared, started, waiting
from tests.app.visiting import visiting
from tests.diagrams import each, process
from tests.web.reading import seen

STRICTER = TABLE.replace("<text>5</text>", "<text>7</text>")
DIGEST = hashlib.sha256(STRICTER.encode()).hexdigest()
FIRST = hashlib.sha256(TABLE.encode()).hexdigest()


@pytest.fixture
def decided(house: House) -> list[str]:
    """Two meetings, one after another, each decided by the first version of the rule; then a stricter one is put into force."""
    house.role("pogi.sec")
    house.role("pogi.chair")
    house.deploy(files())
    sec = house.person("bo", "pogi.sec", "pogi.chair")
    cases = []
    for name, kind in (("M1", "full"), ("M2", "written")):
        case = started(house, sec.actor, name)
        prepared(house, sec.actor, case, present=9, kind=kind)
        task = waiting(case)
        tasks.claim(Call(sec.actor, house.ports), task)
        tasks.complete(Call(sec.actor, house.ports), task, {})
        house.later(days=40)
        cases.append(case)
    house.deploy({**files(), "rules.dmn": STRICTER.encode()})
    return cases


def rows(page: str) -> list[str]:
    """The lines of the register, in words."""
    found = re.search(r'<table[^>]*id="(?:decisions|otherwise)".*?</table>', page, re.DOTALL)
    return [seen(it) for it in re.findall(r"<tr>(?:(?!</tr>).)*<td.*?</tr>", found[0], re.DOTALL)] if found else []


def record_of(page: str, number: int = 0) -> str:
    found: str = re.findall(r'href="(/pogi/decisions/[0-9a-f-]{36}/\d+)"', page)[number]
    return found


def test_the_register_tells_what_rules_and_people_decided_the_newest_first(house: House, decided: list[str]):
    page = visiting(house, "arne", "auditor").get("/pogi/decisions").text
    assert len(rows(page)) == 4
    assert ["M2" in it for it in rows(page)] == [True, True, False, False]
    assert sum("Krav til fremmøde" in it for it in rows(page)) == 2
    assert sum("Forbered mødet" in it and "Bo" in it for it in rows(page)) == 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("kind=rule", 2),
        ("kind=person", 2),
        ("kind=ballot", 0),
        ("q=m2", 2),
        ("rule=needed", 2),
        (f"table={FIRST}", 2),
        (f"table={DIGEST}", 0),
        ("since=2026-02-01", 2),
        ("until=2026-02-01", 2),
        ("outcome=adopted", 0),
        ("body=role:pogi.chair", 0),
        ("mine=1", 0),
        ("kind=nonsense&since=x&until=9999-12-31&body=", 4),
    ],
)
def test_the_register_is_narrowed_by_its_address(house: House, decided: list[str], asked: str, count: int):
    page = visiting(house, "arne", "auditor").get(f"/pogi/decisions?{asked}")
    assert (page.status_code, len(rows(page.text))) == (200, count)
    assert ("Ingen resultater" in seen(page.text)) == (count == 0)


def test_a_cursor_that_is_none_is_refused_and_an_unknown_version_is_not_there(house: House, decided: list[str]):
    browser = visiting(house, "arne", "auditor")
    assert browser.get("/pogi/decisions?after=x").status_code == 422
    assert browser.get(f"/pogi/decisions/otherwise?rule=needed&table={'0' * 64}").status_code == 404
    assert browser.get("/pogi/decisions/otherwise?rule=needed").status_code == 200, "the newest version is tried"
    assert browser.get("/pogi/decisions/otherwise").headers["Location"] == "/pogi/decisions?kind=rule"
    assert browser.get(f"/pogi/decisions/{decided[0]}/0").status_code == 404
    assert browser.get(f"/pogi/decisions/nothing/{2**70}").status_code == 404


def test_the_record_has_the_rule_that_fired_and_its_evidence_and_can_be_tried(house: House, decided: list[str]):
    browser = visiting(house, "arne", "auditor")
    address = record_of(browser.get("/pogi/decisions?kind=rule&q=M1").text)
    page = browser.get(address).text
    assert FIRST in page
    assert "Ellers mere end halvdelen." in seen(page)
    assert "Række 2" in seen(page)
    entries = {it["seq"]: it for it in _journal(house, decided[0])}
    assert entries[int(address.rpartition("/")[2])]["kind"] == "evaluation.made"
    before = len(_journal(house, decided[0]))
    tried = seen(browser.get(f"{address}?table={DIGEST}").text)
    assert "Et forsøg" in tried
    assert re.search(r"Det blev 5 Det ville være blevet 7", tried)
    assert "Det samme ville være kommet ud af det" in seen(browser.get(f"{address}?table={FIRST}").text)
    assert len(_journal(house, decided[0])) == before


def test_over_a_period_those_that_would_have_turned_out_otherwise_are_listed(house: House, decided: list[str]):
    browser = visiting(house, "arne", "auditor")
    page = browser.get(f"/pogi/decisions/otherwise?rule=needed&table={DIGEST}").text
    assert len(rows(page)) == 1
    assert "1 beslutning ville være faldet anderledes ud. 2 blev set på" in seen(page)
    same = browser.get(f"/pogi/decisions/otherwise?rule=needed&table={FIRST}").text
    assert rows(same) == []
    assert "2 blev set på; 2 af dem blev truffet efter netop denne version" in seen(same)


def test_what_a_version_cannot_answer_is_said(house: House, decided: list[str]):
    asks_more = TABLE.replace("<text>kind</text>", "<text>chair</text>").replace('name="kind"', 'name="chair"')
    house.deploy({**files(), "rules.dmn": asks_more.encode()})
    digest = hashlib.sha256(asks_more.encode()).hexdigest()
    page = visiting(house, "arne", "auditor").get(f"/pogi/decisions/otherwise?rule=needed&table={digest}").text
    assert [it for it in rows(page) if "Intet svar" in it] == rows(page) != []


def test_a_case_that_is_closed_to_her_is_not_there(house: House, decided: list[str]):
    somebody = visiting(house, "eva", "pogi.sec")
    address = record_of(somebody.get("/pogi/decisions?q=M1").text)
    owner = house.person("olga", "process.owner").actor
    access.close_off(Call(owner, house.ports), decided[0], next(iter(grounds("DK"))), ["process.owner"], "Fordi.")
    assert len(rows(somebody.get("/pogi/decisions").text)) == 2
    assert somebody.get(address).status_code == 404
    assert len(rows(visiting(house, "arne", "auditor").get("/pogi/decisions").text)) == 4


def test_who_reads_no_case_has_no_register(house: House, decided: list[str]):
    nobody = visiting(house, "gæst")
    for address in ("", f"/otherwise?rule=needed&table={FIRST}", f"/{decided[0]}/5"):
        assert nobody.get(f"/pogi/decisions{address}").status_code == 404


def test_the_register_is_made_again_of_what_the_journal_holds(house: House, decided: list[str]):
    with db.reading() as session:
        before = session.execute(text("SELECT * FROM decisions_made ORDER BY case_id, seq")).all()
    with db.db.engine.begin() as connection:
        connection.execute(text("DROP TABLE decisions_made"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0020'"))
    with db.db.engine.begin() as connection:
        migrating.migrate(connection, "0021")
    with db.reading() as session:
        after = session.execute(text("SELECT * FROM decisions_made ORDER BY case_id, seq")).all()
    assert [tuple(map(str, row)) for row in after] == [tuple(map(str, row)) for row in before] != []


def _journal(house: House, case: str) -> list[dict[str, Any]]:
    with db.reading() as session:
        return journal.entries(session, "pogi", case)


def test_over_a_long_period_it_says_where_it_stopped_and_goes_on_from_there(house: House):
    drawing = process("many").start().script("take", 'kind = "full"\nitems = for one in 1..60 return one')
    drawing = drawing.rule("ask", "needed", loop=each("items", item="item")).end()
    house.deploy({"many.bpmn": drawing.bpmn(), "rules.dmn": TABLE.encode()})
    begun = instances.start(house.operator(), "many", {}, None)
    assert begun["incident"] is None, begun["incident"]
    house.deploy({"many.bpmn": drawing.bpmn(), "rules.dmn": STRICTER.encode()})
    browser = visiting(house, "arne", "auditor")
    page = browser.get(f"/pogi/decisions/otherwise?rule=needed&table={DIGEST}").text
    assert (len(rows(page)), "50 blev set på" in seen(page), "Der blev stoppet ved" in seen(page)) == (50, True, True)
    onward = html.unescape(re.findall(r'href="([^"]+after=[^"]+)"', page)[0])
    page = browser.get(onward).text
    assert (len(rows(page)), "Der blev stoppet ved" in seen(page)) == (10, False)
    pages = [browser.get("/pogi/decisions?kind=rule").text]
    while following := re.findall(r'href="([^"]+after=[^"]+)"', pages[-1]):
        pages.append(browser.get(html.unescape(following[0])).text)
    assert [len(rows(it)) for it in pages] == [25, 25, 10]
    assert len({record_of(it, n) for it in pages for n in range(len(rows(it)))}) == 60
