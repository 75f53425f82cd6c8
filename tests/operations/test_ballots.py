"""Ballots, hearings, groups and settings as a diagram calls them."""

import pytest

from service.commands import organisations, settings
from service.domain.errors import ParametersRefused
from service.domain.origins import From
from service.domain.record_errors import (
    BallotClosed,
    BallotNotFound,
    BodyNotFound,
    HearingAlreadyExtended,
    HearingHasOpenObjection,
    OutcomeContradictsVotes,
    SettingUnknown,
    VoterNotEligible,
)
from service.queries import ballots as queries
from service.queries import hearings as hearing_queries
from service.store import db, hearings
from service.store.tables import Case, Vote
from tests.app.house import House
from tests.app.records import MEMBERS, REQUIREMENTS, Desk, desk, partnership


@pytest.fixture
def ids(house: House) -> dict[str, str]:
    return partnership(house)


@pytest.fixture
def call(house: House, ids) -> Desk:
    return desk(house)


def opened(call: Desk, **more):
    return call("ballots.open", kind="steering-group", question="initiation", **more)


def test_a_ballot_freezes_who_may_vote_and_by_which_rules(house: House, call: Desk, ids):
    ballot = opened(call)
    assert [voter["name"] for voter in ballot["voters"]] == sorted(MEMBERS)
    newcomer = organisations.register(house.operator(), "Nyby Eksempel", "municipality", From("sample"))["id"]
    settings.change(house.operator(), "sg.quorum", 1, "forretningsordenen § 4")
    with pytest.raises(VoterNotEligible):
        call("ballots.record", ballot=ballot["ballot"], organisation=newcomer, vote="for")
    for name in MEMBERS[:5]:
        call("ballots.record", ballot=ballot["ballot"], organisation=ids[name], vote="for")
    assert call("ballots.close", ballot=ballot["ballot"], outcome="adopted")["result"] == "adopted"
    second = opened(call)
    for name in MEMBERS[:5]:
        call("ballots.record", ballot=second["ballot"], organisation=ids[name], vote="for")
    with pytest.raises(OutcomeContradictsVotes, match="the votes come to “lapsed”"):
        call("ballots.close", ballot=second["ballot"], outcome="adopted")
    assert [fact.KIND for fact in call.told if fact.KIND != "vote.cast"] == [
        "ballot.opened",
        "ballot.closed",
        "ballot.opened",
    ]


def test_the_votes_that_a_diagram_gathered_are_those_that_were_recorded(call: Desk, ids):
    ballot = opened(call)["ballot"]
    for name in MEMBERS[:5]:
        call("ballots.record", ballot=ballot, organisation=ids[name], vote="for")
    call("ballots.record", ballot=ballot, organisation=ids[MEMBERS[0]], vote="against")  # the last word counts
    with pytest.raises(OutcomeContradictsVotes, match="other votes than were recorded"):
        call("ballots.close", ballot=ballot, outcome="adopted", votes=[{"vote": "for"}] * 5)
    gathered = [{"vote": "for", "dissent": {"sealed": "0"}}] * 4 + [{"vote": "against"}]
    closed = call("ballots.close", ballot=ballot, outcome="adopted", votes=gathered)
    assert (closed["in_favour"], closed["against"]) == (4, 1)
    with pytest.raises(BallotClosed, match="adopted"):
        call("ballots.record", ballot=ballot, organisation=ids[MEMBERS[0]], vote="for")


def test_a_ballot_is_of_its_case_and_its_body(house: House, call: Desk):
    ballot = opened(call)["ballot"]
    with pytest.raises(BallotNotFound):
        desk(house)("ballots.close", ballot=ballot, outcome="lapsed")
    with pytest.raises(BodyNotFound):
        call("ballots.open", kind="board", question="x")
    with pytest.raises(ParametersRefused):
        call("ballots.close", ballot=ballot, outcome="carried")


def test_parameters_that_will_not_do_are_told_in_a_sentence(house: House, call: Desk):
    why = "it needs `ballot`, and it needs `outcome`, and it takes no `balot`"
    with pytest.raises(ParametersRefused, match=rf"cannot be called with these parameters: {why}\.$"):
        call("ballots.close", balot="x")


def test_a_secret_ballot_shows_its_tally_and_not_who_voted_what(house: House, call: Desk, ids):
    anne = house.person("anne", "pogi.sec").actor
    ballot = opened(call, secret=True)["ballot"]
    call("ballots.record", ballot=ballot, organisation=ids[MEMBERS[0]], vote="for")
    call("ballots.close", ballot=ballot, outcome="lapsed")
    (shown,) = queries.of_case(anne, call.case_id)
    assert (shown["secret"], shown["votes"], shown["tally"]["in_favour"]) == (True, None, 1)
    settings.change(house.operator(), "sg.ballot_secret", "never", "beslutning 2026-1")
    opened(call, secret=True)
    assert [it["secret"] for it in queries.of_case(anne, call.case_id)] == [True, False]


def test_no_column_of_a_vote_could_hold_a_remark():
    assert set(Vote.__table__.columns.keys()) == {
        "workspace_id", "ballot_id", "organisation_id", "choice", "task_id", "cast_at",
    }  # fmt: skip


def test_settings_are_read_as_they_are_now(house: House, call: Desk):
    keys = ["sg.quorum", "sg.papers", "deadline.task"]
    assert call("settings.read", keys=keys) == {"sg": {"quorum": 0.5, "papers": 14}, "deadline": {"task": 10}}
    settings.change(house.operator(), "sg.quorum", 0.75, "§ 4", house.later(days=1))
    assert call("settings.read", keys=keys)["sg"]["quorum"] == 0.75
    with pytest.raises(SettingUnknown):
        call("settings.read", keys=["no.weight_min"])


def test_a_working_group_is_established_with_a_lead(call: Desk, ids, house: House):
    seats = [{"organisation": ids[name], "competence": "practice"} for name in MEMBERS[:5]]
    made = call("groups.establish", target="E1", seats=seats, lead=ids[MEMBERS[1]])
    assert made["group"] == "wg-e1"
    assert [member["name"] for member in made["members"]] == list(MEMBERS[:5])
    assert len(call("members.list", body="wg-e1")) == 5
    assert len(call("members.list")) == 9


def test_a_group_that_is_supplemented_takes_the_place_of_the_former(call: Desk, ids):
    seats = [{"organisation": ids[name], "competence": "practice"} for name in MEMBERS[:5]]
    call("groups.establish", target="E1", seats=seats[:4], lead=None)
    assert call("groups.establish", target="E1", seats=seats, lead=None)["group"] == "wg-e1-2"
    assert call("targets.propose", title="T", category="C")["open_groups"] == 1


def test_a_group_whose_case_is_closed_is_no_longer_at_work(call: Desk, ids, house: House):
    call("groups.establish", target="E1", seats=[{"organisation": ids[MEMBERS[0]]}], lead=None)
    with db.transaction() as session:
        case = session.get(Case, (call.workspace, call.case_id))
        assert case is not None
        case.closed_at = house.ports.now()
    assert desk(house)("targets.propose", title="T", category="C")["open_groups"] == 0


def test_a_trade_hearing_asks_outsiders_and_keeps_what_they_said_sealed(house: House, call: Desk):
    target = call("targets.propose", title="T", category="C")["target"]
    hearing = call(
        "hearings.open", target=target, kind="trade", days=20, requirements=REQUIREMENTS,
        invited=[{"name": "Brancheforening Eksempel", "type": "trade_bodies"}],
    )  # fmt: skip
    assert hearing["due_on"] == "2026-02-02"
    (asked,) = hearing["respondents"]
    assert call("hearings.status", target=target) == {"internal": "none", "trade": "open", "objections": 0}
    point = {"requirement": "a", "point": {"sealed": "ab" * 32}}
    said = {"position": "opposed", "formal_objection": True, "points": [point]}
    assert call("hearings.unanswered", hearing=hearing["hearing"]) == [asked]
    call("hearings.record", hearing=hearing["hearing"], organisation=asked["organisation"], response=said)
    assert call("hearings.unanswered", hearing=hearing["hearing"]) == []
    with pytest.raises(HearingHasOpenObjection):
        call("hearings.close", hearing=hearing["hearing"])
    treated = {"point": point["point"], "treatment": "partly", "reason": "Delvist."}
    closed = call("hearings.close", hearing=hearing["hearing"], objection_outcome="answered", treatments=[treated])
    assert closed == {"outcome": "closed with objection", "answers": 1, "objections": 1}
    assert call("hearings.status", target=target) == {"internal": "none", "trade": "closed", "objections": 0}
    (shown,) = hearing_queries.of_case(house.person("anne", "pogi.sec").actor, call.case_id)
    assert shown["responses"][0]["points"] == [{"requirement": "a", "point": {"erased": True}}]
    assert shown["treatments"][0]["reason"] == "Delvist."


def test_a_hearing_is_extended_once_and_one_that_is_held_again_takes_its_place(call: Desk):
    target = call("targets.propose", title="T", category="C")["target"]
    first = call("hearings.open", target=target, kind="internal", days=20)
    assert len(first["respondents"]) == 9
    assert call("hearings.extend", hearing=first["hearing"], days=10) == {"due_on": "2026-02-16"}
    with pytest.raises(HearingAlreadyExtended):
        call("hearings.extend", hearing=first["hearing"], days=10)
    second = call("hearings.open", target=target, kind="internal", days=10)
    call("hearings.close", hearing=second["hearing"])
    with db.reading() as session:
        held = hearings.of_case(session, "pogi", call.case_id)
    assert [(it.round, it.outcome) for it in held] == [(1, "heard again"), (2, "no response")]
