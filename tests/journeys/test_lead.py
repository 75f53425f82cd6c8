"""The organisation that said yes to lead has the lead's tasks, whoever else holds the role."""

import pytest

from service.commands import instances
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import partnership, representative, shipped
from tests.diagrams import process
from tests.support.covering import covers

LEADS, OTHER = "Testrup Kommune", "Eksempelby Kommune"


def drafting(house: House, lead: str | None) -> tuple[Call, Call]:
    """A case whose target is to be drafted by a group, led by that member if there is a lead; and who holds the role for
    two of its members."""
    ids = partnership(house)
    shipped(house, "decision-rules", "steering-group-decision", "written-procedure", "hearing", "drafting")
    seats = ", ".join(f'{{organisation: "{ids[name]}", competence: "practice"}}' for name in list(ids)[:5])
    group = {"target": "target", "seats": f"[{seats}]", "lead": f'"{ids[lead]}"' if lead else "null"}
    asked = {"title": '"Eksempel: arbejdstøj"', "category": '"Tekstiler"', "kind": '"new"'}
    drawing = (
        process("holding").start().service("propose", "targets.propose", asked, result="made")
        .script("name", 'target = made.target\ntitle = "Arbejdstøj"\nremarks = []\nrequirements = []')
        .service("establish", "groups.establish", group, result="group").call("draft", "drafting").end()
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


@covers("P26")
@pytest.mark.parametrize(("lead", "hers", "others"), [(LEADS, True, False), (OTHER, False, True), (None, True, True)])
def test_the_draft_is_for_the_lead_to_write_and_for_anybody_of_the_role_where_there_is_none(
    house: House, lead, hers, others
):
    one, two = drafting(house, lead)
    assert waiting(one) == (["Task_draft"] if hers else [])
    assert waiting(two) == (["Task_draft"] if others else [])
