"""Who may start what: whoever holds the role of the lane in which the process begins, by page and by program."""

import pytest

from service.commands import instances
from service.domain.errors import StartNotYours
from service.queries.starting import startable
from service.runtime.command import Call
from tests.app.house import House
from tests.diagrams import process


@pytest.fixture
def proposals(house: House) -> House:
    """A proposal that the secretariat begins, and a note that nobody in particular does."""
    house.role("pogi.sec")
    drawing = process("proposal", name="Forslag").start(lane="pogi.sec").user("write", lane="pogi.sec").end()
    house.deploy({"proposal.bpmn": drawing.bpmn()})
    house.deploy({"note.bpmn": process("note").start().user("write", lane="pogi.sec").end().bpmn()})
    return house


@pytest.mark.parametrize(
    ("role", "offered"), [("pogi.sec", ["proposal", "note"]), ("pogi.chair", ["note"]), ("admin", ["note"])]
)
def test_what_is_offered_is_what_may_be_started(proposals: House, role: str, offered: list[str]):
    actor = proposals.person("somebody", role).actor
    assert {it["key"] for it in startable(actor, "da")} == set(offered)
    for key in ("proposal", "note"):
        if key in offered:
            assert instances.start(Call(actor, proposals.ports), key, {}, None)["incident"] is None
        else:
            with pytest.raises(
                StartNotYours, match=r"“Forslag” is started by the role pogi\.sec, which you do not hold"
            ):
                instances.start(Call(actor, proposals.ports), key, {}, None)


def test_a_program_is_told_so_and_nothing_is_begun(proposals: House):
    chair = proposals.person("chair", "pogi.chair")
    refused = chair.post("/api/v1/instances", {"definition": "proposal"})
    assert refused.status_code == 403
    assert "pogi.sec" in refused.json["detail"]
    assert chair.get("/api/v1/cases").json["cases"] == []


def test_who_administers_the_installation_starts_what_she_likes(proposals: House):
    assert instances.start(proposals.operator(), "proposal", {}, None)["incident"] is None
