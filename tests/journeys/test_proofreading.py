"""An adopted target is proofread before it is published: its words may be put right, what it obliges to may not."""

import pytest

from service.commands import instances
from service.queries import targets
from service.runtime.command import Call
from service.store import db
from service.store import targets as store
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.records import REQUIREMENTS, Desk, partnership, shipped
from tests.app.visiting import visiting
from tests.operations.test_targets import TITLE, on_agenda, voted
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


def complete(anne: Browser, task: str, **changed: str):
    sent = dict(Form(anne.get(f"/pogi/tasks/{task}").text).sent.items()) | {"/proof": "ready", "/accessible": "true"}
    return anne.post(f"/pogi/tasks/{task}/complete", sent | {f"/{name}": text for name, text in changed.items()})


def test_the_words_are_put_right_in_the_text_itself_and_the_register_gets_the_corrected_one(
    house: House, anne: Browser, task: str
):
    page = anne.get(f"/pogi/tasks/{task}").text
    assert "Rettet tekst" in page
    assert "Tøjet kan repareres." in Form(page).sent["/corrected/0/text"]
    assert complete(anne, task, **{"corrected/0/text": WORDS}).status_code == 303
    with db.reading() as session:
        row = store.target(session, "pogi", "1")
        assert row is not None
        told = [(it.status, it.number, it.requirements[0]["text"]) for it in store.versions(session, "pogi", row.id)]
    assert told == [("withdrawn", None, "Tøjet kan repareres."), ("adopted", 1, WORDS)]
    (onward,) = [it for it in anne.get("/pogi/inbox").text.split("/tasks/")[1:] if it[:36] != task][:1]
    assert WORDS in seen(anne.get(f"/pogi/tasks/{onward[:36]}").text)


def test_what_obliges_is_refused_with_what_to_do_instead(house: House, anne: Browser, task: str):
    refused = complete(anne, task, **{"corrected/0/kind": "recommendation"})
    assert refused.status_code == 422
    text = seen(refused.text)
    assert "En sproglig rettelse hverken tilføjer eller fjerner krav" in text
    assert "vælg »Fejl i et krav«" in text
    assert (
        complete(anne, task, **{"corrected/0/kind": "requirement"}).status_code == 303
    )  # nothing to put right: the version stays as it was adopted
    with db.reading() as session:
        row = store.target(session, "pogi", "1")
        assert row is not None
        assert [it.status for it in store.versions(session, "pogi", row.id)] == ["adopted"]
    assert targets.register("pogi") == []
