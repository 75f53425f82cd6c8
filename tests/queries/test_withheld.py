"""Who voted what in a secret ballot is told nowhere: two cases that differ in nothing else read the same."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from service.commands import instances, settings, tasks
from service.queries import timeline
from service.queries.decided import View, register
from service.queries.decided.record import record
from service.queries.held import Search
from service.queries.held import find as look
from service.queries.tasks import inbox
from service.runtime.command import Call
from tests.app.browsing import browser
from tests.app.erasing import administrator
from tests.app.house import House, Someone
from tests.app.records import MEMBERS, partnership, representative
from tests.app.visiting import cookie_of
from tests.diagrams import each, process

FORM = {
    "type": "object",
    "required": ["vote"],
    "properties": {"vote": {"enum": ["for", "against", "abstain", "recused"]}},
}
OPENED = {"kind": '"steering-group"', "question": '"initiation"'}
CLOSED = {"ballot": "ballot.ballot", "outcome": '"rejected"', "votes": "votes"}
VOTE: Mapping[str, Any] = {"properties": {"ballot": "steering-group"}}
EACH: Mapping[str, Any] = {"properties": {"candidateFrom": "voter.organisation"}}
TOLD = ("prev", "hash", "state")
"""What follows from all that an entry says, and tells nobody what that is."""


def together() -> dict[str, bytes]:
    """A ballot in which an activity is repeated for each voter; its votes are carried on in many ways."""
    drawing = (
        process("voting").start()
        .service("open", "ballots.open", OPENED, result="ballot")
        .script("take", "voters = ballot.voters\nvotes = []")
        .user("vote", lane="pogi.sg", form="vote", loop=each("voters", item="voter", into="votes", result="cast"),
              properties={**VOTE["properties"], **EACH["properties"]})
        .script("count", 'in_favour = count(votes[vote = "for"])\nfirst = votes[1].vote\nlikes = votes.vote')
        .exclusive("favoured").when("in_favour > 0").service("close", "ballots.close", CLOSED, result="decision")
        .end("done").at("favoured").otherwise().to("close")
    )  # fmt: skip
    return {"voting.bpmn": drawing.bpmn(), "vote.schema.json": json.dumps(FORM).encode()}


def alone() -> dict[str, bytes]:
    """A ballot in which each voter has a part of the case to herself, where her vote decides the way."""
    paper = (
        process("paper").start().script("take", "papers = []")
        .user("vote", lane="pogi.sg", form="vote", loop=each("[voter]", item="each", into="papers", result="cast"),
              properties={**VOTE["properties"], "candidateFrom": "each.organisation"})
        .exclusive("which").when('papers[1].vote = "for"').script("likes", "liked = true").end("yes")
        .at("which").otherwise().script("loathes", "liked = false").end("no")
    )  # fmt: skip
    whole = (
        process("voting").start()
        .service("open", "ballots.open", OPENED, result="ballot")
        .script("take", "voters = ballot.voters\nvotes = []")
        .call("ask", "paper", loop=each("voters", item="voter", into="votes", result="liked"), **EACH)
        .service("close", "ballots.close", {**CLOSED, "votes": "[]"}, result="decision").end("done")
    )  # fmt: skip
    return {"voting.bpmn": whole.bpmn(), "paper.bpmn": paper.bpmn(), "vote.schema.json": json.dumps(FORM).encode()}


@pytest.fixture
def people(house: House) -> list[Call]:
    """Two members, and somebody for each."""
    ids = partnership(house, MEMBERS[:2])
    settings.change(house.operator(), "sg.ballot_secret", "always", "forretningsordenen § 9")
    return [
        Call(representative(house, f"sg{number}", made, "pogi.sg").actor, house.ports)
        for number, made in enumerate(ids.values())
    ]


def held(house: House, people: list[Call], *votes: str) -> str:
    """A case in which the members have voted so."""
    started = instances.start(house.operator(), "voting", {}, None)
    assert started["incident"] is None, started["incident"]
    for call, vote in zip(people, votes, strict=True):
        (task,) = inbox(call.actor, "roles")["tasks"]
        done = tasks.complete(call, task["id"], {"vote": vote})
        assert done["incident"] is None, done["incident"]["message"]
    return str(started["case_id"])


def read(house: House, reader: Someone, case_id: str) -> str:
    """Everything that a reader of a case can read of it, as programs and as pages get it, without ids and times."""
    case: Any = reader.get(f"/api/v1/cases/{case_id}").json
    one = [it["id"] for it in case["instances"]]
    told: list[Any] = [case, [reader.get(f"/api/v1/instances/{it}").json for it in one]]
    stream: Any = reader.get(f"/api/v1/instances/{one[0]}/journal?limit=500").json
    told.append([{name: it for name, it in entry.items() if name not in TOLD} for entry in stream["entries"]])
    for entry in told[-1]:
        entry["data"] = {name: it for name, it in entry["data"].items() if name not in TOLD}
    at = range(1, timeline.timeline(reader.actor, case_id, "da")["count"] + 1)
    told.append([[timeline.moment(reader.actor, case_id, "da", at=step, instance=it) for it in one] for step in at])
    told.append([timeline.compared(reader.actor, case_id, "da", before=step, after=None) for step in at])
    visitor = browser(house)
    visitor.hold(cookie_of(house, reader.actor))
    told.append([visitor.get(f"/pogi/cases/{case_id}").text, visitor.get(f"/pogi/cases/{case_id}/timeline").text])
    made = [it for it in register(reader.actor, "da", View())["decisions"] if it["case_id"] == case_id]
    told.append([made, [record(reader.actor, case_id, it["seq"], "da") for it in made]])
    return plain(json.dumps(told, default=str))


def plain(text: str) -> str:
    """The text with ids, digests and times called by the order in which they first stand there."""
    known: dict[str, str] = {}
    shape = (
        r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{12}\b|\d\d:\d\d:\d\d\.\d+"
    )
    return re.sub(shape, lambda it: known.setdefault(it.group(), f"<{len(known)}>"), text)


@pytest.mark.parametrize("files", [together, alone])
def test_a_secret_ballot_reads_the_same_whoever_voted_what(house: House, people: list[Call], files):
    house.deploy(files())
    reader = house.person("auditor", "auditor")
    first, second = held(house, people, "for", "against"), held(house, people, "against", "for")
    assert read(house, reader, first) == read(house, reader, second)


@pytest.mark.parametrize("files", [together, alone])
def test_an_open_ballot_is_read_by_everybody_once_it_is_closed(house: House, people: list[Call], files):
    settings.change(house.operator(), "sg.ballot_secret", "never", "forretningsordenen § 9")
    house.deploy(files())
    reader = house.person("auditor", "auditor")
    first, second = held(house, people, "for", "against"), held(house, people, "against", "for")
    assert read(house, reader, first) != read(house, reader, second)
    (root, *_) = reader.get(f"/api/v1/cases/{first}").json["instances"]
    assert len(reader.get(f"/api/v1/instances/{root['id']}").json["variables"]["votes"]) == 2


def test_of_a_secret_ballot_the_numbers_are_told_and_her_own_vote_is_hers_to_read(house: House, people: list[Call]):
    house.deploy(together())
    case = held(house, people, "for", "against")
    reader = house.person("auditor", "auditor")
    ((root,), hidden) = (reader.get(f"/api/v1/cases/{case}").json["instances"], {"withheld": True})
    known = root["variables"]
    assert (known["in_favour"], known["votes"], known["first"], known["likes"]) == (1, hidden, hidden, hidden)
    voter = Someone(house.app.test_client(), people[0].actor, reader.token)
    found = timeline.timeline(voter.actor, case, "da", at=2)["step"]
    assert found["form"]["answers"] == {"vote": "for"}
    assert timeline.timeline(reader.actor, case, "da", at=2)["step"]["form"]["answers"] == {}


def test_the_register_of_decisions_has_a_secret_ballot_with_its_numbers(house: House, people: list[Call]):
    house.deploy(together())
    case = held(house, people, "for", "against")
    reader = house.person("auditor", "auditor").actor
    (row,) = register(reader, "da", View(body="steering-group", outcome="rejected"))["decisions"]
    assert (row["case_id"], row["kind"], row["tally"]) == (case, "ballot", [1, 1, 0, 0])
    assert register(reader, "da", View(body="steering-group", outcome="adopted"))["decisions"] == []
    found = record(reader, case, row["seq"], "da")
    assert (found["ballot"]["votes"], found["ballot"]["entitled"]) == (None, 2)


def test_a_page_of_the_register_costs_the_same_however_many_decisions_it_lists(house: House, people: list[Call]):
    settings.change(house.operator(), "sg.ballot_secret", "never", "forretningsordenen § 9")
    house.deploy(together())
    reader = house.person("auditor", "auditor").actor
    held(house, people, "for", "against")
    register(reader, "da", View())
    counts = []
    for _ in range(2):
        with house.statements() as sent:
            register(reader, "da", View())
        counts.append(len(sent))
        held(house, people, "for", "against")
        held(house, people, "against", "for")
    assert counts[0] == counts[1] < 25


def test_whoever_looks_for_words_to_erase_finds_no_vote_by_its_word(house: House, people: list[Call]):
    house.deploy(together())
    held(house, people, "for", "against")
    found = look(administrator(house, "ada").actor, "da", Search(text="against"))["records"]
    assert [it["kind"] for it in found if it["value"] == "against"] == []
