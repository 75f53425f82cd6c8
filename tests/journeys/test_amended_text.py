"""A text that a meeting adopted with amendments is held against what was voted on, by another than who wrote it in."""

import pytest

from service.commands import instances
from service.domain.errors import ExcludedByEarlierTask
from service.identity.clockwork import fire_due
from service.queries.tasks import inbox
from service.runtime.command import Call
from service.store import db
from service.store import targets as store
from tests.app.browsing import Browser, browser
from tests.app.house import House
from tests.app.records import MEMBERS, Desk, partnership, representative, shipped
from tests.app.steering import Item
from tests.app.visiting import cookie_of
from tests.operations.test_targets import TITLE, on_agenda
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

VOTED = [
    {"letter": "a", "kind": "requirement", "text": "Tøjet tåler 40 vask.", "placement": "specification", "evidence": "Datablad"},
    {"letter": "b", "kind": "recommendation", "text": "Vægt levetiden.", "placement": "award", "evidence": "Test"},
]  # fmt: skip
WORDED = "Tøjet skal tåle 40 vaske."
SAID = "I krav a rettes ordet »vask« til »vaske«."


def adopted_with(house: House, amendment: str) -> Item:
    """An adoption in which the meeting voted 7–1–1 for the proposal with such an amendment."""
    ids = partnership(house)
    shipped(house, "decision-rules", "steering-group-decision", "hearing", "adoption")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    chair = Call(house.person("chair", "pogi.chair").actor, house.ports)
    voters = {
        name: Call(representative(house, f"sg{place}", ids[name], "pogi.sg").actor, house.ports)
        for place, name in enumerate(MEMBERS)
    }
    variables = {"target": "1", "title": TITLE["title"], "group": {"members": []}, "requirements": VOTED}
    started = instances.start(sec, "adoption", variables, None)
    assert started["incident"] is None, started["incident"]
    call = Desk(house, started["case_id"])
    call("targets.propose", **TITLE)
    on_agenda(call, "1", VOTED)
    item = Item(house, started["case_id"], sec, chair, voters)
    item.do(sec, "Task_check", {"checklist_complete": True, "papers_final": True})
    house.later(days=60)
    assert fire_due() == 1
    day = house.clock().replace(month=5, day=12).date().isoformat()
    item.do(sec, "Task_agenda", {"meeting_on": day, "meeting": "spring"})
    item.do(chair, "Task_agree_agenda", {"agenda_approval": "agree"})
    house.later(days=90)
    assert fire_due() == 1
    item.do(sec, "Task_attendance", {"present": list(ids.values())})
    item.do(chair, "Task_discuss", {"course": "vote", "amendment": amendment, "amendment_text": SAID})
    item.vote(*["for"] * 7, "against", "abstain")
    return item


def at(item: Item, call: Call) -> Browser:
    found = browser(item.house)
    found.hold(cookie_of(item.house, call.actor))
    return found


def send(item: Item, call: Call, activity: str, **changed: str):
    """What her browser gets that sends the form of her task with these fields changed."""
    visitor, task = at(item, call), item.task(call, activity)
    page = visitor.get(f"/pogi/tasks/{task}").text
    sent = dict(Form(page).sent.items()) | {f"/{name}": text for name, text in changed.items()}
    return visitor.post(f"/pogi/tasks/{task}/complete", sent)


def grounds(item: Item, call: Call, activity: str) -> str:
    return seen(at(item, call).get(f"/pogi/tasks/{item.task(call, activity)}").text.partition('id="grounds"')[2])


def register(item: Item) -> list[tuple[str, str, str]]:
    with db.reading() as session:
        row = store.target(session, "pogi", "1")
        assert row is not None
        found = [(it.status, it.requirements[0]) for it in store.versions(session, "pogi", row.id)]
    opened = Desk(item.house, item.case_id).opened
    return [(status, first["kind"], opened(first["text"])) for status, first in found]


@covers("P23")
@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        ("requirements/0/kind", "recommendation", "ændrer ikke bogstav, art, placering eller overgang"),
        ("requirements/0/letter", "c", "ændrer ikke bogstav, art, placering eller overgang"),
        ("requirements/0/text", "Tøjet tåler 4 vaske.", "ændrer ikke tal"),
        ("requirements/1/evidence", "Test efter EN 15797", "ændrer ikke tal"),
    ],
)
def test_an_amendment_of_wording_changes_nothing_that_obliges(house: House, field: str, text: str, why: str) -> None:
    item = adopted_with(house, "editorial")
    refused = send(item, item.sec, "Task_amend", **{field: text})
    assert refused.status_code == 422
    assert why in seen(refused.text)
    assert register(item)[0][1:] == ("requirement", "Tøjet tåler 40 vask.")


@covers("P23")
def test_the_chair_sees_what_differs_from_what_was_voted_on_before_it_is_the_adopted_text(house: House) -> None:
    item = adopted_with(house, "editorial")
    assert send(item, item.sec, "Task_amend", **{"requirements/0/text": WORDED}).status_code == 303
    assert register(item)[0][0] == "on agenda", "nothing is adopted until the chair has confirmed it"
    page = at(item, item.chair).get(f"/pogi/tasks/{item.task(item.chair, 'Task_agree')}").text
    shown = seen(page.partition('id="grounds"')[2])
    assert "Del Før Nu a) Udbudstekst Tøjet tåler 40 vask . Tøjet skal tåle 40 vaske . Led" in shown
    assert "<del>tåler</del>" in page
    assert "<ins>vaske</ins>" in page
    back = {"agreement": "return", "agreement_note": "Kun »vask« blev rettet."}
    item.do(item.chair, "Task_agree", back)
    assert "Kun »vask« blev rettet." in grounds(item, item.sec, "Task_amend")
    assert send(item, item.sec, "Task_amend", **{"requirements/0/text": "Tøjet tåler 40 vaske."}).status_code == 303
    item.do(item.chair, "Task_agree", {"agreement": "adopted"})
    assert register(item) == [("adopted", "requirement", "Tøjet tåler 40 vaske.")]


def test_who_wrote_the_text_in_does_not_confirm_it_though_she_is_the_chair_too(house: House) -> None:
    item = adopted_with(house, "editorial")
    both = Call(house.person("both", "pogi.sec", "pogi.chair").actor, house.ports)
    assert send(item, both, "Task_amend", **{"requirements/0/text": WORDED}).status_code == 303
    with pytest.raises(ExcludedByEarlierTask):
        item.do(both, "Task_agree", {"agreement": "adopted"})
    assert register(item)[0][0] == "on agenda"


def test_an_amendment_of_substance_is_confirmed_before_it_is_heard(house: House) -> None:
    item = adopted_with(house, "substantive")
    assert send(item, item.sec, "Task_amend", **{"requirements/0/text": "Tøjet tåler 60 vask."}).status_code == 303
    shown = grounds(item, item.chair, "Task_agree")
    assert "a) Udbudstekst Tøjet tåler 40 vask. Tøjet tåler 60 vask." in shown
    item.do(item.chair, "Task_agree", {"agreement": "adopted"})
    assert [it["activity"] for it in inbox(item.sec.actor, "roles")["tasks"]] == ["Task_stakeholders"]
