"""The inbox: what waits for her, the task beside it, and the deeds that are done from there."""

import re

import pytest

from service.commands import instances
from service.runtime.command import Call
from tests.app import steering
from tests.app.browsing import Browser, browser
from tests.app.house import House, two_tasks
from tests.app.visiting import cookie_of, visiting
from tests.diagrams import process
from tests.web.reading import seen
from tests.web.sending import Form

INBOX = "/pogi/inbox"


def dated() -> dict[str, bytes]:
    """A task that is due when its starter says."""
    due = {"dueDate": "due"}
    drawing = (
        process("dated", name="Frister").start().user("do", name="Svar på brevet", lane="pogi.sec", properties=due)
    )
    return {"dated.bpmn": drawing.end().bpmn()}


@pytest.fixture
def anne(house: House) -> Browser:
    house.deploy(dated())
    house.deploy(two_tasks())
    return visiting(house, "anne", "pogi.sec")


def begin(house: House, key: str, number: str | None = None, **variables: str) -> str:
    """Start a case; gives its first task."""
    somebody = house.person(f"starter-{key}-{number}", "pogi.wg")
    started = instances.start(Call(somebody.actor, house.ports), key, variables, number)
    return str(started["tasks"][0]["id"])


def rows(page: str) -> list[str]:
    """The lines of the list, as they are read."""
    return [seen(row) for row in re.findall(r"<a class=\"m-task\".*?</a>", page, re.DOTALL)]


def test_tasks_stand_in_groups_by_when_they_are_due_the_most_urgent_first(house: House, anne: Browser):
    for number, due in enumerate(["2026-01-02T12:00:00Z", "2026-01-05T14:00:00Z", "2026-01-08T12:00:00Z"]):
        begin(house, "dated", f"2026-{number}", due=due)
    begin(house, "adoption", "2026-9")
    page = anne.get(INBOX).text
    headings = re.findall(r'<h2 class="m-group__h"[^>]*>(.*?)</h2>', page)
    assert [seen(it) for it in headings] == ["Overskredet 1", "I dag 1", "Denne uge 1", "Senere 1"]
    assert [row.split(" pogi")[0] for row in rows(page)] == [
        "Svar på brevet 3 dage over Frister, 2026-0",
        "Svar på brevet Kl. 15.00 Frister, 2026-1",
        "Svar på brevet Torsdag Frister, 2026-2",
        "prepare adoption, 2026-9",
    ]
    assert "Mandag 5. januar 2026. 4 opgaver, 1 er overskredet." in page


def test_mine_are_those_i_took_and_my_roles_have_those_and_the_free_ones(house: House, anne: Browser):
    first, second = begin(house, "adoption", "1"), begin(house, "adoption", "2")
    assert "Mine 0" in anne.get(INBOX).text
    assert anne.post(f"/pogi/tasks/{second}/claim").status_code == 303
    mine = anne.get(f"{INBOX}?scope=mine").text
    assert [row.split()[-1] for row in rows(mine)] == ["Din"]
    both = anne.get(INBOX).text
    assert ("Mine 1" in both, "Mine roller 2" in both, len(rows(both))) == (True, True, 2)
    assert first in both
    assert anne.post(f"/pogi/tasks/{second}/release").status_code == 303
    assert "Mine 0" in anne.get(INBOX).text


def test_what_others_of_her_role_have_taken_stands_there_with_their_name(house: House, anne: Browser):
    first, second = begin(house, "adoption", "1"), begin(house, "adoption", "2")
    bo = visiting(house, "bo", "pogi.sec")
    bo.post(f"/pogi/tasks/{first}/claim")
    page = anne.get(INBOX).text
    assert [row.split(" pogi.sec ")[1] for row in rows(page)] == ["Taget af Bo", "Ledig"]
    assert f"/tasks/{second}/complete" in page, "the one that is hers to do stands beside the list"
    assert rows(anne.get(f"{INBOX}?scope=mine").text) == []
    assert rows(visiting(house, "carl", "pogi.chair").get(INBOX).text) == []
    beside = anne.get(f"{INBOX}?task={first}").text
    assert "Bo har haft opgaven siden" in seen(beside)
    done = anne.post(f"/pogi/tasks/{second}/complete")
    assert done.headers["Location"] == f"{INBOX}?done={second}", "nothing that is taken opens by itself"


def test_what_she_has_just_taken_can_be_put_back_at_once(house: House, anne: Browser):
    task = begin(house, "adoption", "1")
    claimed = anne.post(f"/pogi/tasks/{task}/claim", {"list": ""})
    assert claimed.headers["Location"] == f"{INBOX}?task={task}&did=claim"
    page = anne.get(claimed.headers["Location"]).text
    assert "Du har taget »prepare«. Fortryd" in seen(page)
    (undo,) = re.findall(r'<form method="post" action="[^"]+/release">.*?</form>', page)
    undone = anne.post(f"/pogi/tasks/{task}/release", dict(re.findall(r'name="(list)" value="([^"]*)"', undo)))
    assert undone.headers["Location"].startswith(INBOX)
    after = anne.get(undone.headers["Location"]).text
    assert "»prepare« er lagt tilbage, så andre kan tage den." in after
    assert "Mine 0" in after
    late = anne.get(claimed.headers["Location"]).text
    assert "Du har taget" not in late, "an old address says nothing that is no longer so"


def test_somebody_elses_tasks_are_not_there(house: House, anne: Browser):
    begin(house, "adoption")
    stranger = visiting(house, "carl", "pogi.chair")
    page = stranger.get(INBOX).text
    assert rows(page) == []
    assert "Ingen opgaver venter på dig" in page
    assert "kommer opgaven hertil af sig selv" in page


def test_the_list_is_narrowed_by_role_process_case_and_words(house: House, anne: Browser):
    begin(house, "adoption", "2026-7")
    task = begin(house, "dated", "2026-8", due="2026-02-01T12:00:00Z")
    assert len(rows(anne.get(INBOX).text)) == 2
    for query in ("process=dated", "q=BREVET", "q=2026-8", "role=pogi.sec&process=dated"):
        assert [row.split(" ")[0] for row in rows(anne.get(f"{INBOX}?{query}").text)] == ["Svar"], query
    case = re.search(r'name="case".*?<option value="([0-9a-f-]{36})">Frister', anne.get(INBOX).text, re.DOTALL)
    assert case
    assert task in anne.get(f"{INBOX}?case={case[1]}").text
    nothing = anne.get(f"{INBOX}?q=dronning&role=pogi.sec").text
    assert "Ingen resultater" in nothing
    assert "»dronning«" in nothing
    assert anne.get(f"{INBOX}?q=100%25_x").status_code == 200


def test_a_long_list_is_read_page_by_page(house: House, anne: Browser):
    ids = {begin(house, "adoption", str(number)) for number in range(30)}
    first = anne.get(INBOX).text
    assert len(rows(first)) == 25
    onward = re.search(r'href="([^"]+after=[^"]+)"', first)
    assert onward
    second = anne.get(onward[1].replace("&amp;", "&")).text
    found = {task for task in ids for page in (first, second) if f"/tasks/{task}" in page}
    assert (len(rows(second)), found) == (5, ids)
    assert "Mine roller 30" in second
    assert anne.get(f"{INBOX}?after=nonsense").status_code == 422


def test_the_task_at_hand_is_done_from_the_list_and_the_next_one_opens(house: House, anne: Browser):
    first, second = begin(house, "adoption", "1"), begin(house, "adoption", "2")
    page = anne.get(f"{INBOX}?scope=roles&q=adoption").text
    form = Form(page, "m-preview")
    assert form.sent["list"] == "q=adoption"
    done = anne.post(f"/pogi/tasks/{first}/complete", dict(form.sent.items()))
    assert done.status_code == 303
    assert done.headers["Location"] == f"{INBOX}?q=adoption&done={first}"
    after = anne.get(done.headers["Location"]).text
    assert "»prepare« er afsluttet. Sagen venter nu på pogi.chair." in after
    receipt = re.search(r'role="status">.*?href="([^"]+)">Se sagen', after, re.DOTALL)
    assert receipt
    assert anne.get(receipt[1]).status_code == 200
    assert f"/tasks/{second}/complete" in after


def test_what_is_wrong_stands_in_the_preview_and_nothing_is_lost(house: House, anne: Browser):
    task = begin(house, "adoption", "1")
    anne.post(f"/pogi/tasks/{task}/complete")
    chair = visiting(house, "carl", "pogi.chair")
    page = chair.get(INBOX).text
    (vote,) = re.findall(r"/tasks/([0-9a-f-]{36})/complete", page)[:1]
    sent = dict(Form(page, "m-preview").sent.items()) | {"/remark": "Med glæde."}
    answer = chair.post(f"/pogi/tasks/{vote}/complete", sent)
    assert answer.status_code == 422
    assert "<title>Fejl:" in answer.text
    assert 'id="inbox"' in answer.text
    assert "Med glæde." in answer.text
    assert answer.text.count('role="alert"') == 1


def test_the_first_page_asks_four_things_of_the_database(house: House, anne: Browser):
    for number in range(3):
        begin(house, "adoption", str(number))
    anne.get(INBOX)
    with house.statements() as asked:
        assert anne.get(INBOX).status_code == 200
    shown = [statement for statement in asked if "min(" not in statement and "accounts.subject" not in statement]
    assert len(shown) <= 4, shown  # what is left out is the demonstration's banner
    assert all(statement.lstrip().startswith("SELECT") for statement in asked)


def test_who_waits_sees_what_others_owe_her(house: House):
    house.deploy(two_tasks())
    anne = visiting(house, "anne", "pogi.sec")
    task = begin(house, "adoption", "2026-3")
    anne.post(f"/pogi/tasks/{task}/complete")
    page = anne.get(INBOX).text
    assert "Det venter du på" in page
    assert "vote" in seen(page[page.index("Det venter du på") :])


def test_who_waits_for_nine_is_told_of_nine(sqlite_house: House):
    item = steering.at_the_vote(sqlite_house)
    sec = browser(sqlite_house)
    sec.hold(cookie_of(sqlite_house, item.sec.actor))
    page = seen(sec.get(INBOX).text).partition("Det venter du på")[2]
    assert "9 svar mangler: " in page
    assert page.count("Afgiv stemme") == 1, "what several owe together is one thing"


def test_who_waits_for_more_than_is_shown_is_told_how_much(sqlite_house: House):
    house = sqlite_house
    house.deploy(two_tasks())
    anne = visiting(house, "anne", "pogi.sec")
    for number in range(10):
        task = begin(house, "adoption", f"2026-{number}")
        anne.post(f"/pogi/tasks/{task}/complete")
    page = seen(anne.get(INBOX).text).partition("Det venter du på")[2]
    assert page.count("vote") == 8
    assert "og 2 ting til: Se sagerne" in page


@pytest.mark.parametrize(("language", "heading"), [("da", "Indbakke"), ("nb", "Innboks"), ("en", "Inbox")])
def test_it_speaks_the_readers_language(sqlite_house: House, language, heading):
    house = sqlite_house
    house.deploy(two_tasks())
    anne = visiting(house, "anne", "pogi.sec")
    begin(house, "adoption", "1")
    anne.client.set_cookie("mandat_language", language)
    page = anne.get(INBOX).text
    assert f'<html lang="{language}"' in page
    assert f"<title>{heading}" in page


def test_two_people_take_one_task_and_the_second_is_told_who_was_first(house: House):
    house.deploy(two_tasks())
    anne, bo = visiting(house, "anne", "pogi.sec"), visiting(house, "bo", "pogi.sec")
    task = begin(house, "adoption", "1")
    assert anne.post(f"/pogi/tasks/{task}/claim").status_code == 303
    late = bo.post(f"/pogi/tasks/{task}/claim")
    assert late.status_code == 409
    assert "Anne tog opgaven 05.01.2026 kl. 09.00." in late.text
