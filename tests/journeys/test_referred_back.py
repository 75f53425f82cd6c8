"""A recommendation to begin that the steering group refers back: what was written is there, and why it came back."""

from typing import Any

from service.commands import instances
from service.identity.clockwork import fire_due
from service.runtime.command import Call
from tests.app.browsing import browser
from tests.app.house import House
from tests.app.records import partnership, shipped
from tests.app.steering import Item
from tests.app.visiting import cookie_of
from tests.operations.test_targets import TITLE
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

RECOMMENDED: dict[str, Any] = {
    "recommendation": "start", "in_plan": True, "priority": "high",
    "resources": "Én arbejdsgruppe og tre møder.", "coordination": "SKI's udbudsplan.",
}  # fmt: skip
REMARK = "Hvem betaler for møderne?"


@covers("P16")
def test_the_recommendation_begins_with_the_former_one_and_the_remarks_stand_above_it(house: House) -> None:
    members = list(partnership(house).values())
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision", "target-initiation")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    started = instances.start(sec, "target-initiation", TITLE | {"kind": "new", "revises": None}, None)
    item = Item(house, started["case_id"], sec, chair, {})

    def page(call: Call, activity: str) -> str:
        visitor = browser(house)
        visitor.hold(cookie_of(house, call.actor))
        return visitor.get(f"/pogi/tasks/{item.task(call, activity)}").text

    item.do(sec, "Task_screen", {"screening": "ready", "finding": "Inden for opgaven."})
    first = Form(page(sec, "Task_recommend")).sent
    assert (first["/resources"], first.get("/priority")) == ("", None)
    item.do(sec, "Task_recommend", RECOMMENDED)
    item.do(sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    item.do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=110)
    assert fire_due() == 1
    item.do(sec, "Task_attendance", {"present": members})
    discussion = seen(page(chair, "Task_discuss"))
    assert "Hver bemærkning bliver en opgave i arbejdsgruppen" not in discussion, "there is no group yet"
    assert "Sendes punktet tilbage, følger bemærkningerne med." in discussion
    back = {"course": "referred back", "amendment": "none", "remarks": [{"remark": REMARK}]}
    item.do(chair, "Task_discuss", back)
    again = page(sec, "Task_recommend")
    sent = Form(again).sent
    begun = {name: sent.get(f"/{name}") for name in RECOMMENDED}
    assert begun == RECOMMENDED | {"in_plan": "true"}
    assert REMARK in seen(again.partition('id="grounds"')[2].partition("<form")[0])
