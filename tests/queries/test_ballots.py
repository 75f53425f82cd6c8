"""What pages tell of a ballot is counted as the ballot is judged, whatever the settings say of who is recused."""

import pytest

from service.commands import settings
from service.domain.ballots import CHOICES
from service.queries import ballots
from service.queries.desk import desk as desk_of
from service.web.case_page import ballot as on_page
from service.web.i18n import speaking
from tests.app.house import House
from tests.app.records import MEMBERS, desk, partnership
from tests.app.steering import Item, at_the_vote
from tests.support.covering import covers

SIX = ("for", "for", "against", "abstain", "recused", "recused")


def closed(house: House, **changed: str) -> dict[str, object]:
    """A ballot of nine in which six have said something, closed by what its votes come to."""
    ids = list(partnership(house).values())
    for key, value in changed.items():
        settings.change(house.operator(), f"sg.{key}", value, "§ 4")
    call = desk(house)
    opened = call("ballots.open", kind="steering-group", question="initiation")
    for organisation, vote in zip(ids, SIX, strict=False):
        call("ballots.record", ballot=opened["ballot"], organisation=organisation, vote=vote)
    call("ballots.close", ballot=opened["ballot"], outcome="lapsed")
    (found,) = ballots.of_case(house.operator().actor, call.case_id)
    return found


@covers("P19")
@pytest.mark.parametrize(
    ("changed", "entitled", "present", "needed", "result"),
    [
        ({}, 7, 4, 4, "adopted"),
        ({"recusal": "entitled"}, 9, 4, 5, "lapsed"),
        ({"abstain": "neither"}, 7, 3, 4, "lapsed"),
        ({"majority": "entitled"}, 7, 4, 4, "rejected"),
    ],
)
def test_who_is_recused_leaves_both_the_quorum_and_the_majority_unless_the_setting_says_otherwise(
    house: House, changed: dict[str, str], entitled: int, present: int, needed: int, result: str
):
    assert set(SIX) == set(CHOICES)
    found = closed(house, **changed)
    assert (found["entitled"], found["taking_part"], found["needed"], found["result"]) == (
        entitled, present, needed, result,
    )  # fmt: skip
    with speaking("da"):
        shown = on_page(found)
    assert shown["outcome"].endswith(f"{present} af {entitled} deltog.")
    assert shown["quorum"] == needed


@covers("P19")
def test_a_ballot_says_what_it_is_about_and_how_many_had_met_where_nobody_could_vote(house: House):
    partnership(house)
    call = desk(house)
    title = "Eksempel: arbejdstøj"
    target = call("targets.propose", title=title, category="Tekstiler")["target"]
    for question, present in (("initiation", 4), ("adoption", 3)):
        opened = call("ballots.open", kind="steering-group", question=question, target=target)
        call("ballots.close", ballot=opened["ballot"], outcome="lapsed", present=present)
    first, second = ballots.of_case(house.operator().actor, call.case_id)
    with speaking("da"):
        said = on_page(first)["said"]
        abouts = [on_page(it)["about"] for it in (first, second)]
    assert said == "Bortfaldet, ikke beslutningsdygtig. 4 af 9 var mødt, og ingen stemte."
    assert abouts == [f"{title}, {target}", f"{title}, {target}, version 1"]


@covers("P19")
def test_an_open_ballot_counts_those_entitled_in_it_and_tells_the_others_beside(house: House):
    item = at_the_vote(house, absent=1)
    said = [waits(item)]
    for name, choice in zip(MEMBERS, ("for", "recused", "against", "for", "abstain"), strict=False):
        why = {"recusal_reason": "Leverandøren er vores."} if choice == "recused" else {}
        item.do(item.voters[name], "Task_vote", {"vote": choice, **why})
        said.append(waits(item))
    assert said[0] == "0 af 8 har stemt; 1 er ikke til stede."
    assert said[1] == "1 af 8 har stemt; 1 er ikke til stede."
    assert said[2] == "1 af 7 har stemt; 1 er inhabil; 1 er ikke til stede."
    assert said[-1] == "4 af 7 har stemt; 1 er inhabil; 1 er ikke til stede."
    voter = list(item.voters.values())[5]
    with speaking("da"):
        page = desk_of(voter.actor, item.task(voter, "Task_vote"), "da", house.ports.now())
    assert page["ballot"]["turnout"] == {"voted": 4, "entitled": 7, "recused": 1, "absent": 1}
    assert (page["ballot"]["quorum"], page["ballot"]["entitled"]) == (4, 8)


@covers("P19")
def test_who_is_recused_is_counted_among_the_entitled_where_the_setting_says_so(house: House):
    ids = list(partnership(house).values())
    settings.change(house.operator(), "sg.recusal", "entitled", "§ 4")
    call = desk(house)
    opened = call("ballots.open", kind="steering-group", question="initiation")
    call("ballots.record", ballot=opened["ballot"], organisation=ids[0], vote="recused")
    (found,) = ballots.of_case(house.operator().actor, call.case_id)
    assert found["turnout"] == {"voted": 1, "entitled": 9, "recused": 0, "absent": 0}


def waits(item: Item) -> str:
    """What the case's page says of its ballot, in Danish."""
    (found,) = ballots.of_case(item.sec.actor, item.case_id)
    with speaking("da"):
        return str(on_page(found)["waits"])
