"""A task that nobody can do says so, to who reads its case and to who can mend it."""

import json

from service.commands import instances
from service.operations.choices import offered
from service.store import db
from tests.app.house import House
from tests.app.records import partnership, representative
from tests.app.visiting import visiting
from tests.diagrams import each, process
from tests.web.reading import seen

WHY = "Ingen har rollen wg.lead for Testrup Kommune."


def asked(house: House, *names: str) -> tuple[str, dict[str, str]]:
    """A case in which those members are asked to lead; and the ids of all."""
    ids = partnership(house)
    house.role("wg.lead")
    drawing = (
        process("asking").start().script("take", f"whom = {json.dumps([ids[name] for name in names])}")
        .user("accept", lane="wg.lead", name="Sig ja", loop=each("whom", item="one"), properties={"candidateFrom": "one"})
        .end()
    )  # fmt: skip
    house.deploy({"asking.bpmn": drawing.bpmn()})
    started = instances.start(house.operator(), "asking", {}, None)
    assert started["incident"] is None, started["incident"]
    return str(started["case_id"]), ids


def page(house: House, who: str, path: str, *held: str) -> str:
    visitor = visiting(house, who, *held)
    return seen(visitor.get(f"/pogi/{path}").text)


def test_the_case_and_the_administrators_inbox_say_that_nobody_can(house: House):
    case, _ = asked(house, "Testrup Kommune")
    reader = page(house, "auditor", f"cases/{case}", "auditor")
    assert f"Sig ja {WHY} En administrator kan give den under Personer." in reader
    admin = page(house, "admin", f"cases/{case}", "admin")
    assert f"{WHY} Giv nogen rollen" in admin
    assert WHY in page(house, "admin2", "inbox", "admin")
    assert WHY not in page(house, "officer", "inbox", "pogi.sec"), "who cannot help is not troubled"


def test_it_says_so_no_more_once_somebody_holds_the_role_for_that_organisation(house: House):
    case, ids = asked(house, "Testrup Kommune")
    reader = visiting(house, "auditor", "auditor")
    house.person("elsewhere", "wg.lead")
    assert WHY in seen(reader.get(f"/pogi/cases/{case}").text), "who acts for another organisation does not count"
    representative(house, "vera", ids["Testrup Kommune"], "wg.lead")
    assert WHY not in seen(reader.get(f"/pogi/cases/{case}").text)


def test_who_acts_for_the_one_that_is_asked_beside_it_does_not_count(house: House):
    case, ids = asked(house, "Testrup Kommune", "Eksempelby Kommune")
    representative(house, "oda", ids["Eksempelby Kommune"], "wg.lead")
    told = seen(visiting(house, "auditor", "auditor").get(f"/pogi/cases/{case}").text)
    assert WHY in told
    assert "for Eksempelby Kommune. " not in told.replace(WHY, "")


def test_a_lead_is_chosen_among_those_for_whom_somebody_can_act(house: House):
    ids = partnership(house)
    representative(house, "vera", ids["Testrup Kommune"], "wg.lead")
    representative(house, "oda", ids["Eksempelby Kommune"], "pogi.wg")
    with db.reading() as session:
        found = offered(session, "pogi", "organisations.leads", house.ports.now())
    assert [choice.label for choice in found] == ["Testrup Kommune"]
