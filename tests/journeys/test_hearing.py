"""A hearing as shipped: whoever is asked answers, what comes from outside is written down, and the register counts."""

from dataclasses import dataclass
from typing import Any

import pytest

from service.commands import instances, tasks
from service.domain import hearings as rules
from service.domain.errors import AnswersRefused
from service.domain.record_errors import ResponseRefused
from service.identity.clockwork import fire_due
from service.queries import hearings, papers, replay
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db
from service.store import disclosures as sealed
from service.store import hearings as store
from tests.app.browsing import Browser
from tests.app.erasing import erase
from tests.app.house import House
from tests.app.records import MEMBERS, REQUIREMENTS, partnership, representative, shipped
from tests.app.visiting import cookie_of, visiting
from tests.diagrams import process
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

TREATED = {"treatment": "accepted", "reason": "Det er rettet."}
SUPPORT = {"position": "support", "formal_objection": False}
OPPOSED = {
    "position": "opposed",
    "formal_objection": True,
    "points": [{"requirement": "a", "point": "Kravet udelukker nye mærker."}],
}
INVITED = [{"name": "Brancheforening Eksempel", "type": "trade_bodies"}, {"name": "NGO Eksempel", "type": "ngos"}]
STAKEHOLDERS = {
    **dict.fromkeys(("trade_bodies", "ngos"), "invited"),
    **dict.fromkeys(("smes", "purchasing_communities", "research", "others"), "not relevant"),
    "not_relevant_reason": "Dækkes af brancheforeningen.",
    "invited": INVITED,
}


@dataclass
class Heard:
    """A case in which a draft is heard, and who takes part."""

    house: House
    case_id: str
    sec: Call
    lead: Call
    officers: list[Call]

    def waiting(self, call: Call, activity: str) -> list[dict[str, Any]]:
        return [it for it in inbox(call.actor, "roles")["tasks"] if it["activity"] == activity]

    def do(self, call: Call, activity: str, answers: dict[str, Any], item: int = 0) -> None:
        done = tasks.complete(call, self.waiting(call, activity)[item]["id"], answers)
        assert done["incident"] is None, done["incident"]

    def held(self) -> dict[str, Any]:
        (found,) = hearings.of_case(self.sec.actor, self.case_id)
        return found


def heard(house: House, kind: str, members: int = 2) -> Heard:
    """A case that proposes a target and calls the shipped hearing on its draft."""
    ids = partnership(house, MEMBERS[:members])
    shipped(house, "decision-rules", "hearing")
    asked = {"title": '"Eksempel: arbejdstøj"', "category": '"Tekstiler"', "kind": '"new"'}
    drawing = (
        process("holding").start().service("propose", "targets.propose", asked, result="made")
        .script("name", "target = made.target").call("hear", "hearing", properties={"hearing": kind}).end()
    )  # fmt: skip
    house.deploy({"holding.bpmn": drawing.bpmn()})
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    lead = Call(house.person("lead", "wg.lead").actor, house.ports)
    officers = [
        Call(representative(house, f"officer{place}", organisation, "member.officer").actor, house.ports)
        for place, organisation in enumerate(ids.values())
    ]
    given = {
        "title": "Eksempel: arbejdstøj",
        "group": {"members": []},
        "requirements": REQUIREMENTS,
        "hearing_kind": kind,
        "reopened": False,
        "changes": None,
    }
    started = instances.start(sec, "holding", given, None)
    assert started["incident"] is None, started["incident"]
    return Heard(house, started["case_id"], sec, lead, officers)


@covers("P36")
def test_each_member_answers_for_itself_and_who_has_not_is_known(house: House):
    case = heard(house, "internal")
    case.do(case.officers[0], "Task_answer", OPPOSED)
    held = case.held()
    (answer,) = held["responses"]
    assert (answer["name"], answer["position"], answer["objection"]) == (MEMBERS[0], "opposed", True)
    assert answer["points"] == [{"requirement": "a", "point": "Kravet udelukker nye mærker."}]
    assert (answer["by"], answer["late"], answer["received_at"][:10]) == ("Officer0", False, "2026-01-05")
    page = seen(visiting(house, "reader", "pogi.sec").get(f"/pogi/cases/{case.case_id}").text)
    assert "5. januar 2026, besvaret af Officer0" in page
    assert "skrevet ind af" not in page
    assert held["waiting"] == [MEMBERS[1]]
    assert (held["answers"], held["objections"]) == (1, 1)
    case.do(case.officers[1], "Task_answer", SUPPORT)
    assert case.held()["waiting"] == []
    assert replay.case(case.sec.actor, case.case_id)["ok"]


@covers("P35", "P36")
def test_what_comes_from_outside_is_written_down_in_time_or_late_and_counted(house: House):
    case = heard(house, "trade")
    case.do(case.sec, "Task_stakeholders", STAKEHOLDERS)
    anne = visiting(house, "anne", "pogi.sec")
    listed = seen(anne.get("/pogi/inbox").text)
    assert "Registrér høringssvar: Brancheforening Eksempel" in listed
    assert "Registrér høringssvar: NGO Eksempel" in listed
    case.do(case.sec, "Task_record", SUPPORT, item=1)
    assert "skrevet ind af Sec" in seen(anne.get(f"/pogi/cases/{case.case_id}").text)
    house.later(days=40)
    assert fire_due() == 1
    asked = {it["name"]: it["organisation"] for it in case.held()["invited"]}
    late = {"organisation": asked["Brancheforening Eksempel"], "position": "opposed", "formal_objection": True}
    stranger = {"organisation": "En borger", "position": "remarks", "point": "Tak.", "formal_objection": False}
    case.do(case.sec, "Task_summarise", {"late": [late | {"point": "For dyrt."}, stranger]})
    held = case.held()
    assert [(it["name"], it["position"], it["late"]) for it in held["responses"]] == [
        ("NGO Eksempel", "support", False),
        ("Brancheforening Eksempel", "opposed", True),
        ("En borger", "remarks", True),
    ]
    (task,) = case.waiting(case.lead, "Task_points")
    shown = papers.of_task(case.lead.actor, task["id"], "da")["grounds"]
    heard_from = [paper["organisation"] for it in shown if it["repeated"] for paper in it["papers"]]
    assert heard_from == ["NGO Eksempel"], "not who wrote it down"
    treated = [{"point": point, "treatment": "rejected", "reason": "Det er prøvet."} for point in ("For dyrt.", "Tak.")]
    with pytest.raises(AnswersRefused) as wrong:
        case.do(case.lead, "Task_points", {"treatments": treated[:1], "substantive": False})
    assert [fault.pointer for fault in wrong.value.faults] == ["/treatments"], "each point has its answer"
    case.do(case.lead, "Task_points", {"treatments": treated, "substantive": False})
    case.do(case.sec, "Task_legal", {"objection_outcome": "answered", "assessment": "Kravet er proportionalt."})
    case.do(case.sec, "Task_note", {"note": "Tre svar.", "unresolved": False, "redacted": True})
    held = case.held()
    assert (held["answers"], held["objections"], held["outcome"]) == (3, 1, "closed with objection")
    assert replay.case(case.sec.actor, case.case_id)["ok"]


def test_a_letter_with_an_answer_says_what_it_is_and_whose_and_names_are_in_the_order_of_the_alphabet(house: House):
    case = heard(house, "internal", members=4)
    called = sorted(MEMBERS[:4])
    assert f"4 svar mangler: {', '.join(called[:3])} og {called[3]}" in seen(
        visiting(house, "first", "pogi.sec").get(f"/pogi/cases/{case.case_id}").text
    )
    (task,) = case.waiting(case.officers[0], "Task_answer")
    letter = tasks.enclose(case.officers[0], task["id"], "svar.pdf", b"%PDF-1.7\n")["id"]
    case.do(case.officers[0], "Task_answer", SUPPORT | {"letter": letter})
    for officer in case.officers[1:]:
        case.do(officer, "Task_answer", SUPPORT)
    anne = visiting(house, "anne", "pogi.sec")
    page = seen(anne.get(f"/pogi/tasks/{case.waiting(case.sec, 'Task_summarise')[0]['id']}").text)
    assert f"svar.pdf Brev med svaret, {MEMBERS[0]}. Tilføjet 5. januar 2026" in page
    assert f"Brev med svaret, {MEMBERS[0]}." in seen(anne.get(f"/pogi/cases/{case.case_id}").text)


@covers("P35", "P36")
def test_an_objection_that_is_upheld_has_its_answer_in_the_change_and_the_next_round_stands_alone(house: House):
    case = heard(house, "trade")
    case.do(case.sec, "Task_stakeholders", STAKEHOLDERS)
    for answers in (OPPOSED, SUPPORT):
        case.do(case.sec, "Task_record", answers)
    case.do(case.sec, "Task_summarise", {"late": []})
    treated = {"point": "Nye mærker.", "treatment": "accepted", "reason": "Kravet ændres."}
    case.do(case.lead, "Task_points", {"treatments": [treated], "substantive": False})
    case.do(case.sec, "Task_legal", {"objection_outcome": "upheld", "assessment": "Indsigeren har ret."})
    case.do(case.lead, "Task_redraft", {"requirements": REQUIREMENTS, "changes": "Nye mærker er med."})
    for _ in range(2):
        case.do(case.sec, "Task_record", SUPPORT)
    case.do(case.sec, "Task_summarise", {"late": []})
    case.do(case.lead, "Task_points", {"treatments": [], "substantive": False})
    case.do(case.sec, "Task_note", {"note": "To svar støtter.", "unresolved": False, "redacted": True})
    with db.reading() as session:
        first, second = store.of_case(session, "pogi", case.case_id)
        assert (first.outcome, first.objection_outcome, len(first.treatments)) == ("heard again", "upheld", 1)
        assert (second.outcome, second.objections, second.treatments) == ("closed", 0, [])
        assert rules.unanswered([first, second]) == 0, "nothing bars the adoption"
    assert replay.case(case.sec.actor, case.case_id)["ok"]


@covers("P36")
def test_who_is_heard_again_sees_the_round_and_what_has_changed_and_nothing_of_the_last_round_is_answered_again(
    house: House,
):
    case = heard(house, "internal")
    member, lone = visiting(house, "guest"), visiting(house, "lone", "wg.lead")
    member.hold(cookie_of(house, case.officers[0].actor))

    def page(browser: Browser, call: Call, activity: str) -> str:
        return browser.get(f"/pogi/tasks/{case.waiting(call, activity)[0]['id']}").text

    first = seen(page(member, case.officers[0], "Task_answer"))
    assert "Dette er runde 1. Fristen er 20 arbejdsdage." in first
    for officer in case.officers:
        case.do(officer, "Task_answer", OPPOSED | {"formal_objection": False})
    late = {"organisation": "En borger", "position": "remarks", "point": "For dyrt.", "formal_objection": False}
    case.do(case.sec, "Task_summarise", {"late": [late]})
    points = Form(page(lone, case.lead, "Task_points")).sent
    given = [points[f"/treatments/{row}/point"] for row in range(3)]
    assert given == [*["Kravet udelukker nye mærker."] * 2, "For dyrt."]
    assert "Punkter (valgfri)" not in seen(page(lone, case.lead, "Task_points"))
    todo = case.waiting(case.lead, "Task_points")[0]["id"]
    kept = {name: text for name, text in points.items() if not name.startswith("/treatments/2/")}
    kept |= {f"/treatments/{row}/{name}": said for row in (0, 1) for name, said in TREATED.items()}
    refused = lone.post(f"/pogi/tasks/{todo}/complete", kept | {"/substantive": "true"})
    assert refused.status_code == 422
    assert "Et punkt fra svarene mangler. Hvert punkt har sin række og får sit svar. Mangler: »For dyrt.«." in seen(
        refused.text
    )
    treated = [{"point": point, **TREATED} for point in given]
    case.do(case.lead, "Task_points", {"treatments": treated, "substantive": True})
    with pytest.raises(AnswersRefused):
        case.do(case.lead, "Task_redraft", {"requirements": REQUIREMENTS})
    case.do(case.lead, "Task_redraft", {"requirements": REQUIREMENTS, "changes": "Nye mærker er med."})

    again = seen(page(member, case.officers[0], "Task_answer"))
    assert "Dette er runde 2; nedenfor står, hvad der er ændret siden sidste runde." in again
    assert "Ændret, siden udkastet sidst blev hørt Nye mærker er med." in again
    told = seen(visiting(house, "anne", "pogi.sec").get(f"/pogi/cases/{case.case_id}").text)
    assert "Høringen af medlemmerne, runde 2 Ændret, siden udkastet sidst blev hørt Nye mærker er med." in told
    first_round = told.partition("Høringen af medlemmerne, runde 2")[2].partition("Høringen af medlemmerne ")[2]
    assert first_round.startswith("Afløst af en ny høring"), "what was changed after it is no part of the first round"
    house.later(days=40)
    assert fire_due() == 1
    case.do(case.sec, "Task_summarise", {"late": []})
    house.later(days=40)  # nobody answered: the period is extended once
    assert fire_due() == 1
    case.do(case.sec, "Task_summarise", {"late": []})
    unanswered = page(lone, case.lead, "Task_points")
    assert 'name="/treatments/0' not in unanswered
    grounds = unanswered.partition('id="grounds"')[2].partition("<details")[0]
    assert "Kravet udelukker nye mærker." not in seen(grounds)


def test_what_was_said_of_a_point_can_be_erased_and_the_case_still_replays(house: House):
    case = heard(house, "internal")
    case.do(case.officers[0], "Task_answer", OPPOSED)
    with db.reading() as session:
        commitments = [it.commitment for it in sealed.of_case(session, "pogi", case.case_id)]
    erase(house, commitments, "retention")
    assert case.held()["responses"][0]["points"][0]["point"] == {"erased": True}
    assert replay.case(case.sec.actor, case.case_id)["ok"]


def test_nobody_answers_a_hearing_that_is_closed(house: House):
    case = heard(house, "internal")
    with db.transaction() as session:
        (hearing,) = store.of_case(session, "pogi", case.case_id)
        hearing.closed_at = house.ports.now()
    with pytest.raises(ResponseRefused, match="no internal hearing is open in this case"):
        case.do(case.officers[0], "Task_answer", SUPPORT)
    assert len(case.waiting(case.officers[0], "Task_answer")) == 1


def test_the_pages_show_who_has_answered_and_what(house: House):
    case = heard(house, "internal")
    case.do(case.officers[0], "Task_answer", OPPOSED)
    anne = visiting(house, "anne", "pogi.sec")
    page = seen(anne.get(f"/pogi/cases/{case.case_id}").text)
    assert "1 af 2 har svaret. Fristen er 2. februar 2026." in page
    assert f"{MEMBERS[0]} : er imod udkastet Formel indsigelse Krav a: Kravet udelukker nye mærker." in page
    assert f"Har ikke svaret: {MEMBERS[1]}." in page
    case.do(case.officers[1], "Task_answer", SUPPORT)
    (task,) = case.waiting(case.sec, "Task_summarise")
    page = seen(anne.get(f"/pogi/tasks/{task['id']}").text)
    assert f"{MEMBERS[1]} : støtter udkastet" in page
    assert "Har ikke svaret" not in page


def test_by_the_pages_nobody_need_invent_a_late_answer_or_a_point(house: House):
    case = heard(house, "internal")
    for officer in case.officers:
        case.do(officer, "Task_answer", SUPPORT)
    anne, lone = visiting(house, "anne", "pogi.sec"), visiting(house, "lone", "wg.lead")
    for browser, call, activity in ((anne, case.sec, "Task_summarise"), (lone, case.lead, "Task_points")):
        (task,) = case.waiting(call, activity)
        path = f"/pogi/tasks/{task['id']}"
        assert 'name="/late/0' not in browser.get(path).text
        answer = browser.post(f"{path}/complete", {"csrf_token": browser.token(path)})
        assert answer.status_code == 303, seen(answer.text)
    assert case.waiting(case.sec, "Task_note")
