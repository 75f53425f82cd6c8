"""What begins can end: memberships, seats, representations and roles, from a moment on and with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.commands import bodies, organisations, roles, tasks
from service.domain.errors import AssigneeActsForOthers, NotCandidate
from service.domain.record_errors import EndingNotFound, EndRefused
from service.queries import accounts, ballots
from service.queries import organisations as queries
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db, journal
from tests.app.house import House
from tests.app.records import MEMBERS, desk, partnership, representative
from tests.app.steering import Item, at_the_vote


@pytest.fixture
def voting(house: House) -> Item:
    return at_the_vote(house)


def again(house: House, name: str) -> Call:
    """The same person as a later request of hers has her."""
    actor = accounts.named("pogi", name, house.ports.now())
    assert actor is not None
    return Call(actor, house.ports)


def held(house: House, member: str, what: str) -> str:
    """The id of what a member holds now."""
    rows = queries.held(house.operator().actor, house.ports.now())
    (found,) = [it["id"] for row in rows if row["name"] == member for it in row[what]]
    return str(found)


def told(kind: str, stream: str = "pogi") -> list[dict[str, object]]:
    with db.reading() as session:
        return [it["data"] for it in journal.entries(session, "pogi", stream) if it["kind"] == kind]


def test_who_acts_for_a_member_no_longer_has_its_tasks_no_longer(house: House, voting: Item):
    first = again(house, "sg0")
    task = voting.task(first, "Task_vote")
    tasks.claim(first, task)
    ended = organisations.end_representation(
        house.operator(), held(house, MEMBERS[0], "representations"), "resignation"
    )
    assert inbox(again(house, "sg0").actor, "all")["tasks"] == []
    with pytest.raises(NotCandidate):
        tasks.complete(again(house, "sg0"), task, {"vote": "for"})
    (fact,) = told("representative.ended")
    assert (fact["reason"], fact["valid_to"]) == ("resignation", ended["valid_to"])
    assert [it["task"] for it in told("task.released", voting.case_id)] == [task]
    member = queries.listed(first.actor, house.ports.now())[0]
    successor = representative(house, "eva", member["id"], "pogi.sg")
    assert [it["id"] for it in inbox(successor.actor, "roles")["tasks"]] == [task]


def test_a_role_that_is_over_gives_back_what_was_taken_in_it(house: House, voting: Item):
    first = again(house, "sg0")
    tasks.claim(first, voting.task(first, "Task_vote"))
    with db.reading() as session:
        (grant,) = [
            it["data"]["holding"]
            for it in journal.entries(session, "pogi", "pogi", limit=1000)
            if it["kind"] == "role.granted" and it["data"]["person"] == first.actor.person_id
        ]
    roles.end(house.operator(), grant, "term over")
    assert len(told("task.released", voting.case_id)) == 1
    assert told("role.ended")[0]["reason"] == "term over"
    with pytest.raises(EndingNotFound):
        roles.end(house.operator(), grant, "term over")


def test_an_open_ballot_keeps_the_voters_it_was_opened_with_and_the_next_one_has_others(house: House, voting: Item):
    bodies.unseat(house.operator(), held(house, MEMBERS[0], "seats"), "withdrawal")
    voting.vote(*["for"] * 9)
    (closed,) = ballots.of_case(voting.sec.actor, voting.case_id)
    assert (closed["outcome"], closed["tally"]["eligible"], closed["voted"]) == ("adopted", 9, 9)
    assert MEMBERS[0] in {voter["name"] for voter in closed["voters"]}
    opened = desk(house)("ballots.open", kind="steering-group", question="initiation")
    assert len(opened["voters"]) == 8
    assert MEMBERS[0] not in {voter["name"] for voter in opened["voters"]}
    assert told("seat.ended")[0]["reason"] == "withdrawal"


def test_who_leaves_the_partnership_leaves_its_seats_on_the_same_day_and_not_before(house: House):
    partnership(house, MEMBERS[:3])
    leaves = house.ports.now() + timedelta(days=90)
    ended = organisations.end_membership(house.operator(), held(house, MEMBERS[0], "memberships"), "withdrawal", leaves)
    assert len(ended["seats"]) == 1
    assert [told("membership.ended")[0]["valid_to"], told("seat.ended")[0]["valid_to"]] == [ended["valid_to"]] * 2

    def seated() -> list[str]:
        (body,) = queries.bodies(house.operator().actor, house.ports.now())
        return [it["name"] for it in body["seats"]]

    assert seated() == sorted(MEMBERS[:3])
    house.later(days=91)
    assert seated() == sorted(MEMBERS[1:3])
    members = {it["name"] for it in queries.listed(house.operator().actor, house.ports.now()) if it["member"]}
    assert members == set(MEMBERS[1:3])


def test_an_end_may_be_moved_while_it_is_ahead_and_never_stands_before_the_beginning(house: House):
    partnership(house, MEMBERS[:1])
    seat = held(house, MEMBERS[0], "seats")
    for days in (30, 20):
        bodies.unseat(house.operator(), seat, "term over", house.ports.now() + timedelta(days=days))
    with pytest.raises(EndRefused, match="before it began"):
        bodies.unseat(house.operator(), seat, "mistake", house.ports.now() - timedelta(days=1))
    with pytest.raises(EndRefused, match="its reason is one of"):
        bodies.unseat(house.operator(), seat, "because")
    house.later(days=21)
    with pytest.raises(EndingNotFound):
        bodies.unseat(house.operator(), seat, "term over")
    with pytest.raises(EndingNotFound):
        organisations.end_membership(house.operator("lillestrom"), held(house, MEMBERS[0], "memberships"), "mistake")


def test_a_task_is_given_to_nobody_who_acts_for_others(house: House, voting: Item):
    task = voting.task(voting.voters[MEMBERS[0]], "Task_vote")
    admin = Call(replace(house.operator().actor, roles=frozenset({"admin"})), house.ports)
    with pytest.raises(AssigneeActsForOthers):
        tasks.assign(admin, task, voting.voters[MEMBERS[1]].actor.person_id or "")


def test_a_program_ends_a_seat_and_is_told_what_is_wrong(house: House):
    partnership(house, MEMBERS[:1])
    admin, bo = house.person("ada", "admin"), house.person("bo", "pogi.sec")
    assert bo.get("/api/v1/register").status_code == 404
    (row,) = admin.get("/api/v1/register").json["organisations"]
    address = f"/api/v1/register/seats/{row['seats'][0]['id']}/end"
    assert bo.post(address, {"reason": "withdrawal"}).status_code == 403
    assert admin.post(address, {"reason": "sick"}).status_code == 422
    assert admin.post(address, {"reason": "withdrawal", "valid_to": "2020-01-01T00:00:00Z"}).status_code == 422
    done = admin.post(address, {"reason": "withdrawal", "valid_to": "2026-02-01T00:00:00Z"})
    assert (done.status_code, done.json["valid_to"]) == (200, "2026-02-01T00:00:00.000000Z")
    assert admin.post("/api/v1/register/seats/none/end", {"reason": "withdrawal"}).status_code == 404
