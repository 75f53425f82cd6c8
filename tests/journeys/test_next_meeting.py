"""An item that a meeting could not settle comes to the next one: what the chair chose goes along, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from service.commands import instances, tasks
from service.domain.errors import AnswersRefused
from service.identity.clockwork import fire_due
from service.queries import ballots, papers
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app import steering
from tests.app.house import House
from tests.app.records import partnership, shipped
from tests.diagrams import process
from tests.support.covering import covers

AGENDA = {"meeting_on": "2026-02-03", "meeting": "ordinary", "exception": "Punktet haster."}


def waiting(call: Call, activity: str) -> dict[str, Any]:
    task: dict[str, Any]
    (task,) = (it for it in inbox(call.actor, "roles")["tasks"] if it["activity"] == activity)
    return task


def do(call: Call, activity: str, answers: dict[str, Any]) -> None:
    assert tasks.complete(call, waiting(call, activity)["id"], answers)["incident"] is None


def refused(call: Call, activity: str, answers: dict[str, Any]) -> list[str]:
    """The fields for which the answers are not taken."""
    with pytest.raises(AnswersRefused) as wrong:
        do(call, activity, answers)
    return [fault.pointer for fault in wrong.value.faults]


def begun(call: Call) -> dict[str, Any]:
    """With what the fields of the agenda begin."""
    found: dict[str, Any] = papers.of_task(call.actor, waiting(call, "Task_agenda")["id"], "da")["begun"]
    return found


@covers("P19", "P20", "P21")
def test_what_lapsed_for_want_of_a_quorum_is_taken_up_as_the_chair_chose(house: House):
    members = list(partnership(house).values())
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision")
    drawing = (
        process("holding").start().script("say", 'target = null\ntitle = "Retning"\nquestion = "direction"')
        .call("decide", "steering-group-decision").end()
    )  # fmt: skip
    house.deploy({"holding.bpmn": drawing.bpmn()})
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    case = instances.start(sec, "holding", {}, None)["case_id"]

    assert refused(sec, "Task_agenda", AGENDA | {"meeting_on": "2026-01-04"}) == ["/meeting_on"], "yesterday"
    do(sec, "Task_agenda", AGENDA)
    do(chair, "Task_agree_agenda", {"agenda_approval": "return", "agenda_note": "En dag senere."})
    assert begun(sec) == AGENDA, "what the chair sends back is corrected, not written anew"

    do(sec, "Task_agenda", AGENDA)
    do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=40)
    assert fire_due() == 1
    assert refused(sec, "Task_attendance", {"present": [*members[:4], "nobody"]}) == ["/present"]
    do(sec, "Task_attendance", {"present": members[:4]})
    (ballot,) = ballots.of_case(sec.actor, case)
    assert (ballot["outcome"], ballot["present"], ballot["voted"]) == ("lapsed", 4, 0)
    do(chair, "Task_next_meeting", {"next_meeting": "extraordinary"})
    assert begun(sec) == {"meeting": "extraordinary"}


@covers("P21")
def test_a_meeting_is_called_in_time_and_no_task_is_late_when_it_comes(house: House):
    item = steering.item(house)
    early = {"meeting": "extraordinary", "exception": "Det haster."}
    days = [(house.clock() + timedelta(days=count)).date().isoformat() for count in (6, 7, 13, 14)]
    assert refused(item.sec, "Task_agenda", early | {"meeting_on": days[0]}) == ["/meeting_on"]
    assert refused(item.sec, "Task_agenda", early | {"meeting": "ordinary", "meeting_on": days[2]}) == ["/meeting_on"]
    do(item.sec, "Task_agenda", early | {"meeting_on": days[1]})
    due_at = waiting(item.chair, "Task_agree_agenda")["due_at"]
    assert due_at is not None
    assert due_at >= house.clock().isoformat()[:10]


@covers("P21")
def test_the_next_decision_of_a_case_begins_with_nothing_of_the_one_before(house: House):
    members = list(partnership(house).values())
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision")
    drawing = (
        process("holding").start().script("say", 'target = null\ntitle = "Retning"\nquestion = "direction"')
        .call("first", "steering-group-decision").call("second", "steering-group-decision").end()
    )  # fmt: skip
    house.deploy({"holding.bpmn": drawing.bpmn()})
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    instances.start(sec, "holding", {}, None)
    do(sec, "Task_agenda", AGENDA)
    do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=40)
    assert fire_due() == 1
    do(sec, "Task_attendance", {"present": members[:2]})
    do(chair, "Task_next_meeting", {"next_meeting": "extraordinary", "next_note": "Vi mødes igen i marts."})
    do(sec, "Task_agenda", AGENDA | {"meeting": "extraordinary", "meeting_on": "2026-03-10"})
    do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=40)
    assert fire_due() == 1
    do(sec, "Task_attendance", {"present": members})
    do(chair, "Task_discuss", {"course": "postponed", "amendment": "none"})
    found = papers.of_task(sec.actor, waiting(sec, "Task_agenda")["id"], "da")
    assert found["begun"] == {}
    answers = [paper["answers"] for it in found["grounds"] for paper in it["papers"]]
    assert not any("next_note" in it for it in answers), "what is past stands among the earlier papers"
