"""An answer that a case could not move on with: kept as it was given, told when it was given, and replaced in plain sight."""

import json
from typing import Any

import pytest

from service.commands import incidents, instances, tasks
from service.queries import hearings, papers, replay
from service.queries.tasks import inbox
from service.queries.timeline import timeline
from service.runtime.command import Call
from service.store import db, journal
from service.store.tables import Case, Vote
from tests.app.browsing import Browser, browser
from tests.app.house import House, Someone
from tests.app.records import MEMBERS, REQUIREMENTS, partnership, representative
from tests.app.visiting import cookie_of
from tests.diagrams import each, files, process
from tests.web.reading import seen
from tests.web.sending import Form

PAID = {
    "type": "object",
    "properties": {
        "amount": {"type": "integer", "title": "Beløb"},
        "remark": {"type": "string", "title": "Bemærkning", "maxLength": 500},
    },
}
REMARK, ANSWER = "Aftalt med Karla i telefonen.", {"amount": 4, "remark": "Aftalt med Karla i telefonen."}
REASON = "Satsen står i bilaget."


def paying() -> dict[str, bytes]:
    """A task whose answer is multiplied by what nothing sets, and a task behind it."""
    drawing = process("pay", name="Udbetaling").start().user("ask", name="Oplys beløbet", lane="pogi.sec", form="paid")
    drawing.script("multiply", "total = amount * rate").user("sign", lane="pogi.sec").end()
    return files(drawing, forms={"paid": PAID})


@pytest.fixture
def anne(house: House) -> Someone:
    return house.person("anne", "pogi.sec")


@pytest.fixture
def ole(house: House) -> Someone:
    return house.person("ole", "process.owner")


def stopped(house: House, someone: Someone, answers: Any = None) -> dict[str, Any]:
    """A case that stands still on her answer: with its `case`, `task` and the incident's `id`."""
    house.deploy(paying())
    started = someone.post("/api/v1/instances", {"definition": "pay"}).json
    (task,) = started["tasks"]
    return {"case": started["case_id"], "task": task["id"], **again(someone, task["id"], answers or ANSWER)}


def again(someone: Someone, task: str, answers: Any) -> dict[str, Any]:
    sent = someone.post(f"/api/v1/tasks/{task}/complete", {"answers": answers})
    assert sent.status_code == 202, sent.json
    incident: dict[str, Any] = sent.json["incident"]
    return incident


def mend(ole: Someone, found: dict[str, Any]) -> None:
    mended = ole.post(f"/api/v1/incidents/{found['id']}/correct", {"values": {"rate": 2}, "reason": REASON})
    assert mended.json["incident"]["resolved_at"], mended.json


def told(case_id: str, *kinds: str) -> list[dict[str, Any]]:
    """The entries of a case of these kinds; its whole stream is checked."""
    with db.reading() as session:
        case = session.get_one(Case, ("pogi", case_id))
        assert journal.verify(session, case) is None
        return [it for it in journal.entries(session, *case.stream) if it["kind"] in kinds]


def visiting(house: House, someone: Someone) -> Browser:
    visitor = browser(house)
    visitor.hold(cookie_of(house, someone.actor))
    return visitor


def replays(someone: Someone, case_id: str) -> bool:
    found = replay.case(someone.actor, case_id)
    assert found["difference"] is None, found
    return bool(found["ok"])


def test_what_she_answered_is_journaled_when_she_gives_it(house: House, anne: Someone):
    found = stopped(house, anne)
    answered, opened, claimed = told(found["case"], "task.answered", "incident.opened", "task.claimed")
    assert [it["kind"] for it in (answered, opened, claimed)] == ["task.answered", "incident.opened", "task.claimed"]
    assert (answered["actor"], answered["at"]) == (anne.actor.person_id, opened["at"])
    data = answered["data"]
    assert (data["task"], data["incident"], data["answers"]["amount"]) == (found["task"], found["id"], 4)
    assert list(data["answers"]["remark"]) == ["sealed"]
    assert "replaces" not in data
    assert REMARK not in json.dumps(answered)
    assert replays(anne, found["case"])


def test_another_answer_takes_its_place_in_plain_sight_and_both_stay(house: House, anne: Someone, ole: Someone):
    found = stopped(house, anne)
    house.later(minutes=5)
    again(anne, found["task"], {"amount": 99})
    first, second = told(found["case"], "task.answered")
    assert (first["data"]["answers"]["amount"], second["data"]["answers"]["amount"]) == (4, 99)
    assert (second["data"]["replaces"], second["actor"]) == (first["seq"], anne.actor.person_id)
    assert len(told(found["case"], "incident.opened")) == 1, "it is one incident, and receivers hear of it once"
    (tried,) = told(found["case"], "incident.tried")
    assert (tried["data"]["how"], tried["data"]["fault"]) == ("anew", "expression")
    mend(ole, found)
    (done,) = told(found["case"], "task.completed")
    assert (done["data"]["answers"]["amount"], done["data"]["answered_at"]) == (99, second["at"])
    page = seen(visiting(house, anne).get(f"/pogi/cases/{found['case']}/timeline").text)
    assert "Besvarede »Oplys beløbet«: svaret er gemt, til sagen kan gå videre" in page
    assert "Besvarede »Oplys beløbet« på ny: det træder i stedet for svaret før" in page
    step = next(it for it in timeline(anne.actor, found["case"], "da")["steps"] if it["kind"] == "task.answered")
    before = visiting(house, anne).get(f"/pogi/cases/{found['case']}/timeline?step={step['number']}").text
    assert REMARK in before, "what was replaced can still be read"
    assert replays(ole, found["case"])


def test_her_page_shows_her_the_answer_that_is_kept_and_nobody_else(house: House, anne: Someone):
    found = stopped(house, anne)
    path = f"/pogi/tasks/{found['task']}"
    page = visiting(house, anne).get(path).text
    assert Form(page).sent["/amount"] == "4"
    assert Form(page).sent["/remark"] == REMARK
    assert "Dit svar af 05.01.2026 kl. 09.00 er gemt. Det står i formularen." in seen(page)
    assert "Det, der sendes nu, træder i stedet for det svar." in seen(page)
    other = visiting(house, house.person("bo", "pogi.sec")).get(path).text
    assert REMARK not in other
    assert "Anne svarede 05.01.2026 kl. 09.00, og svaret er gemt." in seen(other)
    assert "Dit svar" not in seen(other)


def test_who_sends_once_more_finds_the_new_answer_kept_and_what_she_writes_since(house: House, anne: Someone):
    found = stopped(house, anne)
    visitor, path = visiting(house, anne), f"/pogi/tasks/{found['task']}"
    sent = dict(Form(visitor.get(path).text).sent) | {"/amount": "99"}
    assert visitor.post(f"{path}/complete", sent).status_code == 303
    assert Form(visitor.get(path).text).sent["/amount"] == "99"
    visitor.post(f"{path}/draft", sent | {"/amount": "100"})
    page = visitor.get(path).text
    assert Form(page).sent["/amount"] == "100"
    assert "er gemt. I formularen står det, du har skrevet siden." in seen(page)
    assert [it["data"]["answers"]["amount"] for it in told(found["case"], "task.answered")] == [4, 99]


def test_an_answer_that_is_mended_later_was_given_when_it_was_given(house: House, anne: Someone, ole: Someone):
    found = stopped(house, anne)
    house.later(days=3, hours=2)
    assert ole.post(f"/api/v1/incidents/{found['id']}/retry").json["incident"]["resolved_at"] is None
    mend(ole, found)
    (done,) = told(found["case"], "task.completed")
    assert (done["at"][:10], done["data"]["answered_at"]) == ("2026-01-08", "2026-01-05T08:00:00.000000Z")
    assert done["actor"] == anne.actor.person_id
    (resolved,) = told(found["case"], "incident.resolved")
    assert (resolved["actor"], resolved["at"]) == (ole.actor.person_id, done["at"]), "and mended by him, then"
    task = anne.get(f"/api/v1/tasks/{found['task']}").json
    assert task["closed_at"] == done["data"]["answered_at"]
    (round_,) = papers.of_case(anne.actor, found["case"], "da")["rounds"]
    assert round_["at"] == done["data"]["answered_at"]
    steps = seen(visiting(house, anne).get(f"/pogi/cases/{found['case']}/timeline").text)
    assert "Afsluttede »Oplys beløbet« med det, der blev svaret 05.01.2026 kl. 09.00" in steps
    page = seen(visiting(house, anne).get(f"/pogi/tasks/{found['task']}").text)
    assert "Anne afsluttede opgaven 05.01.2026 kl. 09.00." in page
    assert replays(ole, found["case"])


def test_what_is_answered_without_a_stop_says_nothing_of_another_time(house: House, anne: Someone):
    drawing = process("plain").start().user("ask", lane="pogi.sec", form="paid").end()
    house.deploy(files(drawing, forms={"paid": PAID}))
    started = anne.post("/api/v1/instances", {"definition": "plain"}).json
    anne.post(f"/api/v1/tasks/{started['tasks'][0]['id']}/complete", {"answers": ANSWER})
    (done,) = told(started["case_id"], "task.completed", "task.answered")
    assert "answered_at" not in done["data"]


VOTE = {"type": "object", "required": ["vote"], "properties": {"vote": {"enum": ["for", "against", "abstain"]}}}


def voting() -> dict[str, bytes]:
    opened = {"kind": '"steering-group"', "question": '"initiation"'}
    drawing = (
        process("voting").start().service("open", "ballots.open", opened, result="ballot")
        .script("take", "voters = ballot.voters\nvotes = []")
        .user("vote", name="Stem", lane="pogi.sg", form="vote",
              loop=each("voters", item="voter", into="votes", result="cast"),
              properties={"ballot": "steering-group", "candidateFrom": "voter.organisation"})
        .script("weigh", "total = count(votes) * weight").user("conclude", lane="pogi.sec").end()
    )  # fmt: skip
    return files(drawing, forms={"vote": VOTE})


def test_a_vote_that_was_given_before_a_stop_was_cast_then_and_is_nobody_elses_to_read(house: House, ole: Someone):
    (member,) = partnership(house, MEMBERS[:1]).values()
    voter, reader = representative(house, "sg", member, "pogi.sg"), house.person("reader", "pogi.sec")
    house.deploy(voting())
    call = Call(voter.actor, house.ports)
    case = instances.start(house.operator(), "voting", {}, None)["case_id"]
    (task,) = inbox(voter.actor, "roles")["tasks"]
    kept = tasks.complete(call, task["id"], {"vote": "against"})["incident"]
    instance = kept["instance_id"]

    def votes(someone: Someone) -> list[Any]:
        stream = someone.get(f"/api/v1/instances/{instance}/journal?limit=500").json["entries"]
        kinds = ("task.answered", "task.completed")
        return [it["data"]["answers"] for it in stream if it["kind"] in kinds]

    def shown(someone: Someone) -> list[bool]:
        steps = timeline(someone.actor, case, "da")["steps"]
        asked = [it["number"] for it in steps if it["kind"] in ("task.answered", "task.completed")]
        return [timeline(someone.actor, case, "da", at=it)["step"]["form"]["answers"] != {} for it in asked]

    assert (votes(reader), votes(voter)) == ([{"withheld": True}], [{"vote": "against"}])
    assert (shown(reader), shown(voter)) == ([False], [True])
    with db.reading() as session:
        assert session.query(Vote).count() == 0
    house.later(days=3)
    values = Call(ole.actor, house.ports), kept["id"], {"weight": 1}, REASON
    assert incidents.correct(*values)["incident"]["resolved_at"]
    with db.reading() as session:
        (vote,) = session.query(Vote).all()
        assert (vote.choice, vote.cast_at.isoformat()[:10]) == ("against", "2026-01-05")
    assert (votes(reader), shown(reader)) == ([{"withheld": True}] * 2, [False, False])
    assert replays(ole, case)


ANSWERED = {
    "type": "object",
    "properties": {
        "position": {"enum": ["support", "opposed", "remarks", "no remarks"]},
        "formal_objection": {"type": "boolean"},
    },
}


@pytest.mark.parametrize(("waited", "late"), [(0, False), (60, True)])
def test_an_answer_to_a_hearing_that_was_given_before_a_stop_is_late_only_if_it_was_late_then(
    house: House, ole: Someone, waited: int, late: bool
):
    (member,) = partnership(house, MEMBERS[:1]).values()
    officer = Call(representative(house, "officer", member, "member.officer").actor, house.ports)
    asked = {"title": '"Eksempel: arbejdstøj"', "category": '"Tekstiler"', "kind": '"new"'}
    opened = {"target": "made.target", "kind": '"internal"', "days": "20", "requirements": "requirements"}
    whole = (
        process("holding").start().service("propose", "targets.propose", asked, result="made")
        .call("hear", "listening", properties={"hearing": "internal"}).end()
    )  # fmt: skip
    listening = (
        process("listening").start().service("open", "hearings.open", opened, result="hearing")
        .script("take", "asked = hearing.respondents\nsaid = []")
        .user("answer", lane="member.officer", form="answered", properties={"candidateFrom": "one.organisation"},
              loop=each("asked", item="one", into="said", result="answer"))
        .script("weigh", "total = count(said) * weight").user("count", lane="pogi.sec").end()
    )  # fmt: skip
    house.deploy(files(whole, forms={}) | files(listening, forms={"answered": ANSWERED}))
    started = instances.start(house.operator(), "holding", {"requirements": REQUIREMENTS}, None)
    assert started["incident"] is None, started["incident"]
    house.later(days=waited)
    (task,) = inbox(officer.actor, "roles")["tasks"]
    given = house.ports.now().date().isoformat()
    kept = tasks.complete(officer, task["id"], {"position": "support", "formal_objection": False})["incident"]
    house.later(days=60)
    incidents.correct(Call(ole.actor, house.ports), kept["id"], {"weight": 1}, REASON)
    (found,) = hearings.of_case(ole.actor, started["case_id"])
    (response,) = found["responses"]
    assert (response["late"], response["received_at"][:10]) == (late, given)
    assert replays(ole, started["case_id"])
