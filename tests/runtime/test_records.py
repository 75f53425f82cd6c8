"""What a step does to records: tasks for one organisation each, votes, and the statuses that a diagram names."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from service.commands import instances, tasks
from service.domain.errors import NotCandidate
from service.domain.record_errors import VoteRefused
from service.queries import ballots, cases, replay, targets
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db
from service.store.tables import Task
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative
from tests.diagrams import each, process

FORM = {
    "type": "object",
    "required": ["vote"],
    "properties": {"vote": {"enum": ["for", "against", "abstain", "recused"]}},
}
FREE = {"type": "object", "properties": {"vote": {"type": "string", "x-sealed": False}}}


def voting(form: Mapping[str, Any] = FORM) -> dict[str, bytes]:
    """A ballot of two members, each with a task of its own, and the closing of the ballot in the last one's step."""
    drawing = (
        process("voting").start()
        .service("open", "ballots.open", {"kind": '"steering-group"', "question": '"initiation"'}, result="ballot")
        .script("take", "voters = ballot.voters\nvotes = []")
        .user(
            "vote", lane="pogi.sg", form="vote", loop=each("voters", item="voter", into="votes", result="cast"),
            properties={"ballot": "steering-group", "candidateFrom": "voter.organisation"},
        )
        .service(
            "close", "ballots.close", {"ballot": "ballot.ballot", "outcome": '"adopted"', "votes": "votes"}
        )
        .end("done")
    )  # fmt: skip
    return {"voting.bpmn": drawing.bpmn(), "vote.schema.json": json.dumps(form).encode()}


@pytest.fixture
def people(house: House) -> dict[str, Call]:
    """Two members, and somebody for each."""
    ids = partnership(house, MEMBERS[:2])
    return {
        name: Call(representative(house, f"sg{number}", made, "pogi.sg").actor, house.ports)
        for number, (name, made) in enumerate(ids.items())
    }


def hers(call: Call) -> list[dict[str, Any]]:
    return list(inbox(call.actor, "all")["tasks"])


def test_a_task_for_an_organisation_is_for_who_acts_for_it_and_holds_the_role(house: House, people):
    house.deploy(voting())
    first, second = people.values()
    instances.start(first, "voting", {}, None)
    ((one,), (other,)) = hers(first), hers(second)
    assert one["id"] != other["id"]
    with pytest.raises(NotCandidate):
        tasks.claim(first, other["id"])
    without = Call(house.person("colleague", "pogi.sg").actor, house.ports)
    assert hers(without) == []
    elsewhere = Call(representative(house, "officer", _organisation(one), "pogi.sec").actor, house.ports)
    assert hers(elsewhere) == [], "she acts for the organisation, and not in that role"


def _organisation(task: Mapping[str, Any]) -> str:
    with db.reading() as session:
        return session.get_one(Task, ("pogi", task["id"])).candidate_organisation_id or ""


def test_every_vote_is_recorded_when_it_is_cast_and_the_last_one_counts_in_the_same_step(house: House, people):
    house.deploy(voting())
    first, second = people.values()
    case = instances.start(first, "voting", {}, None)["case_id"]
    tasks.complete(first, hers(first)[0]["id"], {"vote": "for"})
    (ballot,) = ballots.of_case(first.actor, case)
    assert (ballot["voted"], ballot["votes"], ballot["outcome"]) == (1, None, None)
    done = tasks.complete(second, hers(second)[0]["id"], {"vote": "for"})
    assert (done["instance_status"], done["incident"]) == ("completed", None)
    (ballot,) = ballots.of_case(first.actor, case)
    assert (ballot["tally"]["in_favour"], ballot["outcome"]) == (2, "adopted")
    assert replay.case(first.actor, case)["ok"]


def test_a_vote_whose_step_cannot_be_made_is_taken_back_and_counts_once_when_it_is_made_again(house: House, people):
    house.deploy(voting())
    first, second = people.values()
    case = instances.start(first, "voting", {}, None)["case_id"]
    tasks.complete(first, hers(first)[0]["id"], {"vote": "for"})
    failed = tasks.complete(second, hers(second)[0]["id"], {"vote": "against"})
    assert "the votes come to “tie”" in failed["incident"]["message"]
    (ballot,) = ballots.of_case(first.actor, case)
    assert (ballot["voted"], ballot["outcome"]) == (1, None)
    tasks.complete(second, hers(second)[0]["id"], {"vote": "abstain"})
    (ballot,) = ballots.of_case(first.actor, case)
    assert (ballot["tally"]["in_favour"], ballot["tally"]["abstained"], ballot["outcome"]) == (1, 1, "adopted")


def test_a_vote_that_says_nothing_or_is_in_no_ballot_is_refused(house: House, people):
    house.deploy(voting(FREE))
    first, _ = people.values()
    instances.start(first, "voting", {}, None)
    with pytest.raises(VoteRefused, match="“vote” is one of for, against, abstain, recused"):
        tasks.complete(first, hers(first)[0]["id"], {"vote": "perhaps"})

    voter = _organisation(hers(first)[0])
    nowhere = (
        process("nowhere").start().script("take", f'voters = [{{organisation: "{voter}"}}]\nvotes = []')
        .user(
            "vote", lane="pogi.sg", form="vote", loop=each("voters", item="voter", into="votes", result="cast"),
            properties={"ballot": "steering-group", "candidateFrom": "voter.organisation"},
        )
        .end()
    )  # fmt: skip
    house.deploy({"nowhere.bpmn": nowhere.bpmn(), "vote.schema.json": json.dumps(FORM).encode()})
    started = instances.start(first, "nowhere", {}, None)
    with pytest.raises(VoteRefused, match="no ballot “steering-group” is open in this case"):
        tasks.complete(first, started["tasks"][0]["id"], {"vote": "for"})


def test_a_case_takes_the_status_of_every_part_that_begins_and_keeps_it_when_an_inner_part_ends(house: House):
    inner = (
        process("inner").start().user("write", lane="pogi.sec", properties={"status": "writing"})
        .user("check", lane="pogi.sec").end()
    )  # fmt: skip
    outer = (
        process("outer").start().call("work", "inner", properties={"status": "work"})
        .user("sign", lane="pogi.sec", properties={"status": "signing"}).end()
    )  # fmt: skip
    house.deploy({"inner.bpmn": inner.bpmn()})
    house.deploy({"outer.bpmn": outer.bpmn()})
    anne = Call(house.person("anne", "pogi.sec").actor, house.ports)
    case = instances.start(anne, "outer", {}, None)["case_id"]
    seen = []
    for _ in range(3):
        seen.append(cases.one(anne.actor, case)["status"])
        tasks.complete(anne, hers(anne)[0]["id"], {})
    assert seen == ["writing", "writing", "signing"]
    assert cases.one(anne.actor, case)["status"] == "signing"
    assert replay.case(anne.actor, case)["ok"]


def test_the_target_that_a_case_makes_takes_the_status_of_its_diagram_where_that_is_a_move(house: House):
    drawing = (
        process("life").start()
        .service("propose", "targets.propose", {"title": '"Eksempel"', "category": '"C"'}, result="made")
        .user("plan", lane="pogi.sec", properties={"status": "planned"})
        .user("odd", lane="pogi.sec", properties={"status": "in force"})
        .user("draft", lane="pogi.sec", properties={"status": "drafting"}).end()
    )  # fmt: skip
    house.deploy({"life.bpmn": drawing.bpmn()})
    anne = Call(house.person("anne", "pogi.sec").actor, house.ports)
    case = instances.start(anne, "life", {}, None)["case_id"]
    seen = []
    for _ in range(3):
        (target,) = targets.at_work(anne.actor)
        seen.append((cases.one(anne.actor, case)["status"], target["status"]))
        tasks.complete(anne, hers(anne)[0]["id"], {})
    assert seen == [("planned", "planned"), ("in force", "planned"), ("drafting", "drafting")]


def test_an_item_for_somebody_unknown_is_for_nobody_and_not_for_the_whole_role(house: House, people):
    first, _ = people.values()
    misspelt = process("misspelt").start().script("take", 'voters = ["misspelt"]')
    misspelt.user("vote", lane="pogi.sg", loop=each("voters", item="voter"), properties={"candidateFrom": "voter"})
    house.deploy({"misspelt.bpmn": misspelt.end().bpmn()})
    started = instances.start(first, "misspelt", {}, None)
    assert hers(first) == []
    with pytest.raises(NotCandidate):
        tasks.claim(first, started["tasks"][0]["id"])
