"""An adopted target is proofread before it is published: its words may be put right, what it obliges to may not."""

import pytest

from service.commands import instances
from service.identity.clockwork import fire_due
from service.queries import targets
from service.runtime.command import Call
from service.store import db
from service.store import targets as store
from tests.app.browsing import Browser, browser
from tests.app.house import House
from tests.app.records import REQUIREMENTS, Desk, partnership, shipped
from tests.app.visiting import visiting
from tests.operations.test_targets import TITLE, on_agenda, voted
from tests.support.covering import covers
from tests.web.reading import seen
from tests.web.sending import Form

WORDS = "Tøjet skal kunne repareres."


@pytest.fixture
def task(house: House) -> str:
    """The proofreading of a target that the steering group has adopted."""
    partnership(house)
    shipped(house, "decision-rules", "publication")
    sec = Call(house.person("sec", "pogi.sec").actor, house.ports)
    variables = {"target": "1", "title": TITLE["title"], "kind": "new", "requirements": REQUIREMENTS}
    started = instances.start(sec, "publication", variables, None)
    call = Desk(house, started["case_id"])
    assert call("targets.propose", **TITLE)["target"] == "1"
    on_agenda(call, "1")
    voted(call, "1")
    call("targets.adopt", target="1", requirements=REQUIREMENTS)
    return str(started["tasks"][0]["id"])


@pytest.fixture
def anne(house: House, task: str) -> Browser:
    return visiting(house, "anne", "pogi.sec")


def sent(browser: Browser, task: str) -> dict[str, str]:
    """What the form of a task would send as it stands."""
    return dict(Form(browser.get(f"/pogi/tasks/{task}").text).sent.items())


def complete(anne: Browser, task: str, **changed: str):
    form = sent(anne, task) | {"/proof": "ready", "/accessible": "true"}
    return anne.post(f"/pogi/tasks/{task}/complete", form | {f"/{name}": text for name, text in changed.items()})


def test_the_words_are_put_right_in_the_text_itself_and_the_register_gets_the_corrected_one(
    house: House, anne: Browser, task: str
):
    page = anne.get(f"/pogi/tasks/{task}").text
    assert "Ret kun sproget" in page
    assert "Tøjet kan repareres." in Form(page).sent["/requirements/0/text"]
    assert complete(anne, task, **{"requirements/0/text": WORDS}).status_code == 303
    with db.reading() as session:
        row = store.target(session, "pogi", "1")
        assert row is not None
        told = [
            (it.case_id, it.status, it.number, it.requirements[0]["text"])
            for it in store.versions(session, "pogi", row.id)
        ]
    said = [(status, number, Desk(house, case or "").opened(text)) for case, status, number, text in told]
    assert said == [("withdrawn", None, "Tøjet kan repareres."), ("adopted", 1, WORDS)]
    (onward,) = [it for it in anne.get("/pogi/inbox").text.split("/tasks/")[1:] if it[:36] != task][:1]
    assert WORDS in seen(anne.get(f"/pogi/tasks/{onward[:36]}").text)


def test_what_obliges_is_refused_with_what_to_do_instead(house: House, anne: Browser, task: str):
    refused = complete(anne, task, **{"requirements/0/kind": "recommendation"})
    assert refused.status_code == 422
    text = seen(refused.text)
    assert "En sproglig rettelse hverken tilføjer eller fjerner krav" in text
    assert "vælg »Fejl i et krav«" in text
    assert "I krav a er mere end ordene ændret." in text
    assert "Mangler:" not in text, "the row is altered, not gone"
    assert "a) Art Krav Anbefaling" in text, "what differs from the adopted text"
    right = {"requirements/0/kind": "requirement"}
    numbered = complete(anne, task, **right | {"requirements/0/text": "Tøjet kan repareres 4 gange."})
    assert "I krav a er et tal" in seen(numbered.text)
    right["requirements/0/text"] = "Tøjet kan repareres."
    wrong = {"proof": "substantive", "remarks/0/remark": "Fire gange.", "requirements/0/text": "Tøjet repareres."}
    assert "Lad teksten i krav a stå, som den er vedtaget" in seen(complete(anne, task, **right | wrong).text)
    assert complete(anne, task, **right).status_code == 303  # nothing to put right: the version stays as it was adopted
    with db.reading() as session:
        row = store.target(session, "pogi", "1")
        assert row is not None
        assert [it.status for it in store.versions(session, "pogi", row.id)] == ["adopted"]
    assert targets.register("pogi") == []


def next_task(browser: Browser, *done: str) -> str:
    """The task that waits for who looks, other than those."""
    return next(it[:36] for it in browser.get("/pogi/inbox").text.split("/tasks/")[1:] if it[:36] not in done)


def laid(browser: Browser, task: str) -> str:
    """What lies before whoever does a task."""
    page = browser.get(f"/pogi/tasks/{task}").text
    return seen(page.partition('id="grounds"')[2].partition("<form")[0])


@covers("P11")
def test_the_chair_releases_the_text_that_is_published_and_everything_afterwards_shows_it(
    house: House, anne: Browser, task: str
):
    chair = visiting(house, "carl", "pogi.chair")
    assert complete(anne, task, **{"requirements/0/text": WORDS}).status_code == 303
    number = next_task(anne, task)
    day = house.clock().date().isoformat()
    assert anne.post(f"/pogi/tasks/{number}/complete", sent(anne, number) | {"/valid_from": day}).status_code == 303
    release = next_task(chair)
    before = laid(chair, release)
    assert f"a Krav {WORDS}" in before
    assert "a) Udbudstekst Tøjet kan repareres. Tøjet skal kunne repareres." in before, "what proofreading changed"
    form = sent(chair, release) | {"/release": "release"}
    assert chair.post(f"/pogi/tasks/{release}/complete", form).status_code == 303
    fire_due()
    (version,) = targets.target("pogi", "1")["versions"]
    assert targets.version("pogi", "1", version["version"])["requirements"][0]["text"] == WORDS
    anybody = seen(browser(house).get("/pogi/maal/1").text)
    assert WORDS in anybody, "nobody has to be a member, or to sign in"
    assert "Tøjet kan repareres." not in anybody
    asking = laid(anne, next_task(anne, task, number))
    assert f"a Krav {WORDS}" in asking
    assert "Tøjet kan repareres." not in asking
    with db.reading() as session:
        case = session.connection().exec_driver_sql("SELECT case_id FROM tasks").scalars().first()
    shown = seen(anne.get(f"/pogi/cases/{case}").text.partition("Krav og anbefalinger")[2])
    assert f"a Krav {WORDS}" in shown


def test_a_correction_that_the_chair_sends_back_begins_with_the_adopted_text(house: House, anne: Browser, task: str):
    chair = visiting(house, "carl", "pogi.chair")
    assert complete(anne, task, **{"requirements/0/text": WORDS}).status_code == 303
    number = next_task(anne, task)
    day = house.clock().date().isoformat()
    assert anne.post(f"/pogi/tasks/{number}/complete", sent(anne, number) | {"/valid_from": day}).status_code == 303
    release = next_task(chair)
    back = {"/release": "return", "/release_note": "Ordet »skal« stod der ikke."}
    assert chair.post(f"/pogi/tasks/{release}/complete", sent(chair, release) | back).status_code == 303
    again = next_task(anne, task, number)
    assert sent(anne, again)["/requirements/0/text"] == "Tøjet kan repareres."
    before = laid(anne, again)
    assert "Ordet »skal« stod der ikke." in before
    assert f"a) Udbudstekst Tøjet kan repareres. {WORDS}" in before, "what was sent back"
