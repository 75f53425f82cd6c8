"""An item of a steering-group meeting on its way: prepared by the secretariat, agreed by the chair, put to the vote."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from service.commands import instances, tasks
from service.identity.clockwork import fire_due
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative, shipped


@dataclass(frozen=True)
class Item:
    """The case, and who takes part: `voters` by the organisation that each acts for."""

    house: House
    case_id: str
    sec: Call
    chair: Call
    voters: dict[str, Call]

    def task(self, call: Call, activity: str) -> str:
        """The task of that activity that waits for a person."""
        (found,) = [it["id"] for it in inbox(call.actor, "all")["tasks"] if it["activity"] == activity]
        return str(found)

    def do(self, call: Call, activity: str, answers: dict[str, Any]) -> None:
        """Complete a task that waits for a person."""
        done = tasks.complete(call, self.task(call, activity), answers)
        assert done["incident"] is None, done["incident"]

    def vote(self, *choices: str) -> None:
        """The first members vote so, one after the other."""
        for name, choice in zip(MEMBERS, choices, strict=False):
            self.do(self.voters[name], "Task_vote", {"vote": choice})


def item(house: House, number: str | None = "2026-0031", target: str = "E1") -> Item:
    """An item that the secretariat has to put on the agenda."""
    ids = partnership(house)
    shipped(house, "decision-rules", "steering-group-decision")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    voters = {
        name: Call(representative(house, f"sg{place}", ids[name], "pogi.sg").actor, house.ports)
        for place, name in enumerate(MEMBERS)
    }
    variables = {"target": target, "title": "Eksempel: arbejdstøj", "question": "adoption"}
    started = instances.start(sec, "steering-group-decision", variables, number)
    assert started["incident"] is None, started["incident"]
    return Item(house, started["case_id"], sec, chair, voters)


def at_the_discussion(house: House, absent: int = 0, target: str = "E1") -> Item:
    """An item about that target that nine members have met to discuss, but for so many."""
    found = item(house, target=target)
    found.do(found.sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    found.do(found.chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=110)
    assert fire_due() == 1
    ids = [call.actor.organisations for call in found.voters.values()]
    present = [organisation for some in ids[: len(ids) - absent] for organisation in some]
    found.do(found.sec, "Task_attendance", {"present": present})
    return found


def at_the_vote(house: House, absent: int = 0) -> Item:
    """An item on which nine members may vote now, but for so many that have not met."""
    found = at_the_discussion(house, absent)
    found.do(found.chair, "Task_discuss", {"course": "vote", "amendment": "none"})
    return found


def meets_again(found: Item, count: int) -> list[Call]:
    """The item comes to its next meeting, to which the first so many members come; they may vote now."""
    meeting_on = (found.house.clock() + timedelta(days=30)).date().isoformat()
    agenda = {"meeting_on": meeting_on, "meeting": "ordinary", "exception": "Punktet blev ikke afgjort."}
    found.do(found.sec, "Task_agenda", agenda)
    found.do(found.chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    found.house.later(days=31)
    assert fire_due() == 1
    met = [found.voters[name] for name in MEMBERS[:count]]
    found.do(found.sec, "Task_attendance", {"present": [it for call in met for it in sorted(call.actor.organisations)]})
    found.do(found.chair, "Task_discuss", {"course": "vote", "amendment": "none"})
    return met
