"""An item of a steering-group meeting, as shipped: nine members, quorum, votes, result, and the replay of it all."""

from service.commands import instances, tasks
from service.identity.clockwork import fire_due
from service.queries import ballots, cases, replay
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative, shipped
from tests.support.covering import covers

VOTES = dict(zip(MEMBERS, ["for"] * 7 + ["against", "abstain"], strict=True))


@covers("P19", "P23")
def test_nine_members_vote_and_the_item_is_adopted_as_they_voted(house: House) -> None:
    ids = partnership(house)
    shipped(house, "decision-rules", "steering-group-decision")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    voters = {
        name: Call(representative(house, f"sg{number}", ids[name], "pogi.sg").actor, house.ports)
        for number, name in enumerate(MEMBERS)
    }

    def do(call: Call, activity: str, answers: dict[str, object]) -> dict[str, object]:
        (task,) = [it for it in inbox(call.actor, "roles")["tasks"] if it["activity"] == activity]
        done = tasks.complete(call, task["id"], answers)
        assert done["incident"] is None, done["incident"]
        return done

    started = instances.start(
        sec, "steering-group-decision", {"target": "E1", "title": "T", "question": "adoption"}, None
    )
    assert started["incident"] is None, started["incident"]
    case = started["case_id"]
    do(sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=110)
    assert fire_due() == 1
    do(sec, "Task_attendance", {"present": list(ids.values())})
    do(chair, "Task_discuss", {"course": "vote", "amendment": "none"})

    (one,) = [it for it in inbox(voters[MEMBERS[0]].actor, "roles")["tasks"]]
    assert one["activity"] == "Task_vote"
    for name, call in voters.items():
        last = do(
            call,
            "Task_vote",
            {"vote": VOTES[name], "dissent": "Kravet er for dyrt."}
            if VOTES[name] == "against"
            else {"vote": VOTES[name]},
        )
    assert last["instance_status"] == "completed"

    (ballot,) = ballots.of_case(sec.actor, case)
    assert ballot["tally"] == {"eligible": 9, "in_favour": 7, "against": 1, "abstained": 1, "recused": 0, "present": 9}
    assert (ballot["result"], ballot["outcome"], ballot["secret"]) == ("adopted", "adopted", False)
    assert {vote["name"]: vote["vote"] for vote in ballot["votes"]} == VOTES
    assert ballot["rules"]["sg.quorum"] == {"value": 0.5, "version": 0, "origin": "analogue"}
    again = replay.case(sec.actor, case)
    assert again["difference"] is None
    assert cases.one(sec.actor, case)["closed_at"] is not None
