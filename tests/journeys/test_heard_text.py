"""What changes after it was heard is seen by everybody who decides, named by its letters, and heard again or said why not."""

from typing import Any

import pytest

from service.commands import instances, tasks
from service.identity.clockwork import fire_due
from service.queries import papers, replay
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.browsing import Browser, browser
from tests.app.house import House
from tests.app.records import MEMBERS, Desk, partnership, shipped
from tests.app.visiting import cookie_of
from tests.diagrams import process
from tests.operations.test_targets import TITLE
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

TEXT = "Tøjet kan repareres."
LONGER = "Tøjet kan repareres i ti år."
ROWS = [
    {"letter": "a", "kind": "requirement", "text": TEXT, "placement": "specification", "evidence": "Datablad"},
    {"letter": "b", "kind": "recommendation", "text": "Vægt levetiden.", "placement": "award", "evidence": "Test"},
]
REMARK = "Ti år er for længe."
HEARD = "Sammenlignet med det, der sidst blev hørt"


class Drafting:
    """A draft on its way through both hearings, which are held in no time; `remarks` are those it came back with."""

    def __init__(self, house: House, remarks: list[dict[str, str]] | None = None) -> None:
        self.house = house
        partnership(house, MEMBERS[:2])
        hearing = process("hearing").start().script("hear", "heard = requirements").end()
        house.deploy({"hearing.bpmn": hearing.bpmn()})
        shipped(house, "decision-rules", "written-procedure", "steering-group-decision", "drafting")
        self.sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
        self.lead = Call(house.person("lead", "wg.lead").actor, house.ports)
        group: dict[str, Any] = {"group": "steering-group", "members": [], "lead": None, "milestone_on": None}
        given = {"target": "1", "title": TITLE["title"], "group": group, "remarks": remarks or [], "requirements": []}
        started = instances.start(self.sec, "drafting", given, None)
        assert started["incident"] is None, started["incident"]
        self.case_id = started["case_id"]
        Desk(house, self.case_id)("targets.propose", **TITLE)

    def task(self, call: Call, activity: str) -> str:
        waiting = [it["id"] for it in inbox(call.actor, "roles")["tasks"] if it["activity"] == activity]
        return str(waiting[0])

    def do(self, call: Call, activity: str, answers: dict[str, Any]) -> None:
        done = tasks.complete(call, self.task(call, activity), answers)
        assert done["incident"] is None, done["incident"]

    def browser(self, call: Call) -> Browser:
        found = browser(self.house)
        found.hold(cookie_of(self.house, call.actor))
        return found

    def page(self, call: Call, activity: str) -> str:
        return self.browser(call).get(f"/pogi/tasks/{self.task(call, activity)}").text

    def send(self, activity: str, **changed: str) -> Any:
        """What the lead gets who sends the form of a task with these fields changed."""
        found, task = self.browser(self.lead), self.task(self.lead, activity)
        sent = dict(Form(found.get(f"/pogi/tasks/{task}").text).sent.items())
        return found.post(f"/pogi/tasks/{task}/complete", sent | {f"/{name}": text for name, text in changed.items()})

    def drafted(self) -> None:
        """The draft is written and good, and the members have been heard."""
        effects = {"environmental_effect": "Mindre affald.", "supply_effect": "Flere værksteder."}
        self.do(self.lead, "Task_draft", {"requirements": ROWS, **effects, "changes": "Intet."})
        self.house.later(days=40)
        fire_due()
        self.do(self.lead, "Task_consolidate", {"requirements": ROWS})
        said = dict.fromkeys(("recognised", "usable", "effective", "lawful"), True)
        self.do(self.sec, "Task_quality", said | {"quality_note": "Godt."})


@pytest.fixture
def case(house: House) -> Drafting:
    found = Drafting(house)
    found.drafted()
    return found


@covers("P27", "P36")
def test_what_was_changed_after_both_hearings_is_named_shown_and_reasoned(case: Drafting) -> None:
    case.do(case.lead, "Task_revise_internal", {"requirements": ROWS})
    begun = seen(case.page(case.lead, "Task_revise_trade"))
    assert "Krav, der er ændret, siden udkastet sidst blev hørt" in begun
    assert "Intet er anderledes, ord for ord." in begun
    refused = case.send("Task_revise_trade", **{"requirements/0/text": LONGER, "changes": "Ingen"})
    assert refused.status_code == 422
    text = seen(refused.text)
    assert "Krav a er ændret, siden udkastet sidst blev hørt." in text
    assert "Krav a er ændret, siden branchen blev hørt. Vælg, om ændringen høres igen" in text
    assert "<ins> i ti år</ins>" in refused.text, "she sees what she has changed"
    why = {"rehearing": "not needed", "rehearing_reason": "Branchen foreslog det selv."}
    sent = case.send("Task_revise_trade", **{"requirements/0/text": LONGER, "changes": "a: ti år."}, **why)
    assert sent.status_code == 303
    for call, activity in ((case.lead, "Task_approve"), (case.sec, "Task_recommend")):
        page = case.page(call, activity)
        shown = seen(page.partition('id="grounds"')[2].partition("<form")[0])
        assert f"{HEARD} Del Før Nu a) Udbudstekst" in shown, activity
        assert "<ins> i ti år</ins>" in page
        assert "Branchen foreslog det selv." in shown, activity
        if activity == "Task_approve":
            case.do(call, activity, {"approval": "consensus"})
    assert replay.case(case.sec.actor, case.case_id)["ok"]


@covers("P36")
def test_what_was_changed_is_heard_again_where_the_lead_says_so(case: Drafting) -> None:
    longer = [ROWS[0] | {"text": LONGER}]
    case.do(case.lead, "Task_revise_internal", {"requirements": ROWS})
    answers = {"requirements": longer, "changed": [], "changes": "a: ti år; b er udgået.", "rehearing": "again"}
    case.do(case.lead, "Task_revise_trade", answers)
    (own,) = papers.of_task(case.lead.actor, case.task(case.lead, "Task_revise_trade"), "da")["before"]
    assert own["papers"][0]["answers"]["changed"] == ["a", "b"], (
        "what is sent in the place of the comparison counts for nothing"
    )
    assert "Intet er anderledes, ord for ord." in seen(case.page(case.lead, "Task_revise_trade")), "it was heard"
    case.do(case.lead, "Task_revise_trade", {"requirements": longer})
    assert HEARD in seen(case.page(case.lead, "Task_approve"))


def test_the_words_of_a_remark_stand_as_they_were_written_whatever_is_sent(house: House) -> None:
    case = Drafting(house, [{"requirement": "a", "remark": REMARK}])
    page = case.page(case.lead, "Task_remark")
    assert f"Bemærkningen lyder Som styregruppen skrev den; den følger svaret. Kan slettes {REMARK}" in seen(page)
    assert not {"/on_requirement", "/on_remark"} & set(Form(page).sent)
    treated = {
        "treatment": "followed",
        "reason": "Teksten er rettet.",
        "on_remark": "Alt er fint",
        "on_requirement": "b",
    }
    assert case.send("Task_remark", **treated).status_code == 303
    (told,) = papers.of_task(case.lead.actor, case.task(case.lead, "Task_draft"), "da")["before"]
    answers = told["papers"][0]["answers"]
    assert (answers["on_requirement"], answers["on_remark"].value) == ("a", REMARK)
