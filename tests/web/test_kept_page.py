"""Cases whose time of keeping is over: to be handed over with a receipt, or erased by two people."""

import pytest

from service.commands import retention, settings
from service.domain.retention import RetentionNotDue
from service.store import db, journal
from tests.app.erasing import erase
from tests.app.house import House
from tests.app.visiting import visiting
from tests.commands.test_disclosures import decided, sealed
from tests.web.reading import seen


@pytest.fixture
def house(sqlite_house: House) -> House:
    return sqlite_house


@pytest.fixture
def case(house: House) -> str:
    return decided(house, house.person("chair", "pogi.chair", "pogi.sec"))


def test_a_case_is_handed_over_when_its_time_is_over_and_not_before(house: House, case: str):
    ada, carl = visiting(house, "ada", "admin"), visiting(house, "carl", "pogi.sec")
    assert carl.get("/pogi/kept").status_code == 404
    assert carl.post(f"/pogi/kept/{case}", {"receipt": "x"}).status_code == 404
    page = seen(ada.get(f"/pogi/cases/{case}").text)
    assert "Til 5. januar 2051; derefter bliver den afleveret til arkivet." in page
    assert "Vores standardværdi, og ikke en regel fra dette organ." in page
    assert "Ingen sags tid er udløbet" in seen(ada.get("/pogi/kept").text)
    with pytest.raises(RetentionNotDue):
        retention.hand_over(house.operator(), case, "AV 1")
    settings.change(house.operator(), "retention.decision.years", 1, "Kassationsbestemmelse 7")
    assert "Fastsat her." in seen(ada.get(f"/pogi/cases/{case}").text)
    house.later(days=366)
    ada = visiting(house, "ane", "admin")
    assert case in ada.get("/pogi/kept").text
    assert "Kvittering: skriv" in seen(ada.post(f"/pogi/kept/{case}", {"receipt": " "}).text)
    assert ada.post(f"/pogi/kept/{case}", {"receipt": "AV 12345"}).status_code == 303
    assert case not in ada.get("/pogi/kept").text
    assert "Arkivet har den siden 6. januar 2027." in seen(ada.get(f"/pogi/cases/{case}").text)
    with db.reading() as session:
        (told,) = (it["data"] for it in journal.entries(session, "pogi", case) if it["kind"] == "case.handed_over")
    assert told["retention"] == "decision" and set(told["receipt"]) == {"sealed"}
    with pytest.raises(RetentionNotDue):
        retention.hand_over(house.operator(), case, "AV 12345")


def test_what_is_to_be_erased_leads_to_asking_for_it_and_is_gone_from_the_list_when_it_is(house: House, case: str):
    settings.change(house.operator(), "retention.default", "short", "Kassationsbestemmelse 8")
    house.later(days=366 * 5)
    ada = visiting(house, "ada", "admin")
    page = ada.get("/pogi/kept").text
    assert f"/pogi/erasures/new?case={case}" in page
    with pytest.raises(RetentionNotDue):
        retention.hand_over(house.operator(), case, "AV 1")
    erase(house, sealed(case), "retention")
    assert case not in ada.get("/pogi/kept").text
