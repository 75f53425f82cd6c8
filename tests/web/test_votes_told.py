"""How a vote fell, told the same way on every page: who is recused is counted apart, and a lapse has its true reason."""

import re
from typing import Any

import pytest

from service.commands import instances, settings, tasks
from service.identity.clockwork import fire_due
from service.queries import papers
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.web.due import due
from service.web.i18n import speaking
from tests.app import steering
from tests.app.browsing import Browser, browser
from tests.app.house import House
from tests.app.records import MEMBERS, partnership, representative, shipped
from tests.app.visiting import cookie_of, visiting
from tests.web.reading import seen


def browsing(house: House, call: Call) -> Browser:
    """The browser of somebody who is here already."""
    visitor = browser(house)
    visitor.hold(cookie_of(house, call.actor))
    return visitor


def tied(house: House) -> steering.Item:
    """Three for, three against, one neither, one recused; one has not met."""
    item = steering.at_the_vote(house, absent=1)
    item.vote("for", "for", "for", "against", "against", "against", "abstain")
    last = [call for call in item.voters.values()][7]
    item.do(last, "Task_vote", {"vote": "recused", "recusal_reason": "Vi er leverandør."})
    return item


def test_the_recused_are_counted_apart_on_every_page(sqlite_house: House):
    item = tied(sqlite_house)
    chair = visiting(sqlite_house, "reader", "pogi.chair", "pogi.sec")
    task = seen(chair.get(f"/pogi/tasks/{item.task(item.chair, 'Task_tie')}").text)
    assert "3 for, 3 imod, 1 hverken for eller imod; inhabile: 1. Forslaget er ikke vedtaget." in task
    item.do(item.chair, "Task_tie", {"outcome": "rejected"})
    page = seen(chair.get(f"/pogi/cases/{item.case_id}").text)
    assert "3–3–1 Forkastet. 7 af 8 deltog." in page
    assert "Hverken for eller imod, 1" in page and "Inhabil, 1" in page
    assert "(inhabil)" not in page
    assert "3–3–2" not in page
    steps = seen(chair.get(f"/pogi/cases/{item.case_id}/timeline").text)
    assert "3–3–1, 1 inhabil" in steps
    register = seen(chair.get("/pogi/decisions?kind=ballot").text)
    assert "Forkastet, 3–3–1, 1 inhabil" in register


def written(house: House) -> tuple[str, Call, Call, list[Call]]:
    """A direction that the chair lets the members decide in writing: its case, and who takes part."""
    ids = partnership(house)
    shipped(house, "decision-rules", "written-procedure", "steering-group-decision")
    settings.change(house.operator(), "other.written_allowed", True, "Forretningsorden 4")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    voters = [
        Call(representative(house, f"sg{place}", ids[name], "pogi.sg").actor, house.ports)
        for place, name in enumerate(MEMBERS)
    ]
    variables = {"target": None, "title": "Retning", "question": "direction"}
    case = instances.start(sec, "steering-group-decision", variables, None)["case_id"]
    do(sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    do(chair, "Task_agree_agenda", {"agenda_approval": "return", "agenda_note": "Vælg en hverdag."})
    do(sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    do(chair, "Task_agree_agenda", {"agenda_approval": "written"})
    do(sec, "Task_paper", {"proposal": "Markedsafdækningen fortsættes."})
    return str(case), sec, chair, voters


def do(call: Call, activity: str, answers: dict[str, Any]) -> None:
    assert tasks.complete(call, waiting(call, activity), answers)["incident"] is None


def waiting(call: Call, activity: str) -> str:
    (task,) = [it["id"] for it in inbox(call.actor, "all")["tasks"] if it["activity"] == activity]
    return str(task)


def test_a_written_vote_that_a_member_ended_is_told_so_and_was_announced(sqlite_house: House):
    house = sqlite_house
    case, sec, chair, voters = written(house)
    somebody = browsing(house, voters[0])
    form = seen(somebody.get(f"/pogi/tasks/{waiting(voters[0], 'Task_answer')}").text)
    assert "den skriftlige afstemning slutter med det samme, når 1 har krævet et møde." in form
    assert "Når alle har svaret, eller svarene afslutter det før:" in form
    answers = {"vote": "for", "demands_meeting": True, "meeting_reason": "Sagen bør drøftes."}
    do(voters[0], "Task_answer", answers)
    page = seen(browsing(house, sec).get(f"/pogi/cases/{case}").text)
    assert "1–0–0 Bortfaldet, fordi der blev krævet et møde. 1 af 9 deltog." in page
    assert "beslutningsdygtig" not in page
    task = seen(browsing(house, chair).get(f"/pogi/tasks/{waiting(chair, 'Task_next_meeting')}").text)
    assert "Der blev krævet et møde, og den skriftlige afstemning sluttede." in task


def test_what_the_chair_wrote_of_an_earlier_agenda_is_not_shown_as_fresh(sqlite_house: House):
    _, sec, chair, voters = written(sqlite_house)
    do(voters[0], "Task_answer", {"vote": "for", "demands_meeting": True, "meeting_reason": "Sagen bør drøftes."})
    do(chair, "Task_next_meeting", {"next_meeting": "next", "next_note": "Gerne i foråret."})
    task = waiting(sec, "Task_agenda")
    lies = papers.of_task(sec.actor, task, "da")
    above = [paper["answers"] for part in ("before", "grounds") for it in lies[part] for paper in it["papers"]]
    assert any("next_note" in answers for answers in above)
    assert not any("agenda_note" in answers for answers in above)


def test_a_vote_and_its_task_have_one_last_day(sqlite_house: House):
    item = steering.at_the_vote(sqlite_house)
    voter = browsing(sqlite_house, item.voters[MEMBERS[0]])
    case = seen(voter.get(f"/pogi/cases/{item.case_id}").text)
    (last,) = re.findall(r"Sidste dag at stemme: ([^.]+\.[^.]+?20\d\d)", case)
    task = next(it for it in inbox(item.voters[MEMBERS[0]].actor, "all")["tasks"] if it["activity"] == "Task_vote")
    with speaking("da", "Europe/Copenhagen"):
        assert due(task["due_at"], sqlite_house.clock()).date == last


@pytest.mark.parametrize(
    ("absent", "votes", "why"),
    [
        (5, None, "Mødet var ikke beslutningsdygtigt: For få var mødt."),
        (1, ["for"] * 4 + ["against"] * 4, "Stemmerne stod lige."),
        (0, ["for"] * 8, "Afstemningen lukkede, før alle havde stemt."),
    ],
)
def test_who_calls_the_next_meeting_is_told_why(sqlite_house: House, absent: int, votes: list[str] | None, why: str):
    if votes is None:
        item = steering.at_the_discussion(sqlite_house, absent=absent)
    else:
        item = steering.at_the_vote(sqlite_house, absent=absent)
        item.vote(*votes)
        if absent:
            item.do(item.chair, "Task_tie", {"outcome": "tie"})
        else:
            sqlite_house.later(days=40)
            assert fire_due() == 1
    task = waiting(item.chair, "Task_next_meeting")
    assert why in seen(browsing(sqlite_house, item.chair).get(f"/pogi/tasks/{task}").text)


def test_what_the_rules_of_the_case_rule_out_is_not_told_as_coming(sqlite_house: House):
    item = steering.item(sqlite_house)
    item.do(item.sec, "Task_agenda", {"meeting_on": "2026-04-21", "meeting": "spring"})
    task = waiting(item.chair, "Task_agree_agenda")
    page = seen(browsing(sqlite_house, item.chair).get(f"/pogi/tasks/{task}").text)
    onward = page.partition("Det sker bagefter")[2]
    assert "Mødedag" in onward
    assert "Sæt punktet på dagsordenen" in onward
    assert "Afgør skriftligt" not in onward, "a target is adopted at a meeting, as the setting is"
