"""The organisation that said yes to lead has the lead's tasks, whoever else holds the role."""

import pytest

from service.commands import instances, tasks
from service.identity.clockwork import fire_due
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import REQUIREMENTS, partnership, representative, shipped
from tests.diagrams import process
from tests.support.covering import covers

LEADS, OTHER = "Testrup Kommune", "Eksempelby Kommune"


def drafting(house: House, lead: str | None, milestone: str = "null") -> tuple[Call, Call]:
    """A case whose target is to be drafted by a group, led by that member if there is a lead, whose terms want the first
    draft by that day if there is one; and who holds the role for two of its members."""
    ids = partnership(house)
    shipped(house, "decision-rules", "steering-group-decision", "written-procedure", "hearing", "drafting")
    seats = ", ".join(f'{{organisation: "{ids[name]}", competence: "practice"}}' for name in list(ids)[:5])
    group = {"target": "target", "seats": f"[{seats}]", "lead": f'"{ids[lead]}"' if lead else "null"}
    asked = {"title": '"Eksempel: arbejdstøj"', "category": '"Tekstiler"', "kind": '"new"'}
    drawing = (
        process("holding").start().service("propose", "targets.propose", asked, result="made")
        .script("name", 'target = made.target\ntitle = "Arbejdstøj"\nremarks = []\nrequirements = []')
        .service("establish", "groups.establish", group, result="group")
        .script("terms", f'group = context put(group, "milestone_on", {milestone})').call("draft", "drafting").end()
    )  # fmt: skip
    house.deploy({"holding.bpmn": drawing.bpmn()})
    hers, others = (
        Call(representative(house, name, ids[member], "wg.lead").actor, house.ports)
        for name, member in (("vera", LEADS), ("tove", OTHER))
    )
    started = instances.start(house.operator(), "holding", {}, None)
    assert started["incident"] is None, started["incident"]
    return hers, others


def waiting(call: Call) -> list[str]:
    return [it["activity"] for it in inbox(call.actor, "roles")["tasks"]]


@covers("P27")
@pytest.mark.parametrize(("lead", "hers", "others"), [(LEADS, True, False), (OTHER, False, True), (None, True, True)])
def test_the_draft_is_for_the_lead_to_write_and_for_anybody_of_the_role_where_there_is_none(
    house: House, lead, hers, others
):
    one, two = drafting(house, lead)
    assert waiting(one) == (["Task_draft"] if hers else [])
    assert waiting(two) == (["Task_draft"] if others else [])


def due(call: Call) -> str:
    (task,) = inbox(call.actor, "roles")["tasks"]
    assert task["activity"] == "Task_draft"
    return str(task["due_at"])[:10]


@pytest.mark.parametrize(
    ("milestone", "day"), [('"2026-03-31"', "2026-03-31"), ('"2025-12-01"', "2026-01-05"), ("null", "2026-03-02")]
)
def test_the_first_draft_is_due_on_the_day_that_the_terms_of_the_group_say(house: House, milestone: str, day: str):
    lead, _ = drafting(house, LEADS, milestone)
    assert due(lead) == day, "never before today, and as the setting says where there is no day"


def test_the_next_draft_has_a_deadline_of_its_own(house: House):
    lead, _ = drafting(house, LEADS, '"2026-01-20"')
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)

    def do(call: Call, answers: dict[str, object]) -> None:
        (task,) = inbox(call.actor, "roles")["tasks"]
        assert tasks.complete(call, task["id"], answers)["incident"] is None

    effects: dict[str, object] = {"environmental_effect": "Mindre affald.", "supply_effect": "Reparation."}
    do(lead, {"requirements": REQUIREMENTS} | effects)
    house.later(days=20)
    fire_due()
    do(lead, {"requirements": REQUIREMENTS})
    answers = {"recognised": True, "usable": False, "effective": True, "lawful": True, "quality_note": "Ikke brugbart."}
    do(sec, answers)
    assert due(lead) > house.clock().date().isoformat() > "2026-01-20"
