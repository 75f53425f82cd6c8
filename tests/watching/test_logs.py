"""The log says what happened, and nothing of a person or a case."""

import json
import logging
from typing import Any

import pytest

from service import watching
from service.commands import mailboxes
from service.watching.logs import SAID
from tests.app.browsing import browser
from tests.app.house import House, gate, two_tasks
from tests.app.sending import Sending
from tests.app.visiting import visiting

NAME, REMARK, ADDRESS, ASKED = "Kirsten Marked", "a remark of hers", "kirsten-marked@example.dk", "sought-after"


@pytest.fixture(params=["json", "text"])
def kind(request: pytest.FixtureRequest):
    """The log is written in each way in turn, and left as it was found."""
    root, ours = logging.getLogger(), logging.getLogger("mandat")
    handlers, levels = list(root.handlers), (root.level, ours.level)
    watching.begin(request.param)
    yield request.param
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def journey(sending: Sending) -> None:
    """A task done with a remark, a mail refused, a sign-in refused, a search, a case that stops, and a fault of ours."""
    house = sending.house
    house.deploy(two_tasks())
    house.deploy(gate())
    kirsten = house.person(NAME, "pogi.sec", "pogi.chair")
    mailboxes.choose(house.operator(), ADDRESS, "at-once", account=NAME)
    sending.mail.refused[ADDRESS] = f"550 no {ADDRESS} here"
    task = kirsten.post("/api/v1/instances", {"definition": "adoption", "business_key": NAME}).json["tasks"][0]["id"]
    vote = kirsten.post(f"/api/v1/tasks/{task}/complete", {"answers": {}}).json["opened"][0]["id"]
    kirsten.post(f"/api/v1/tasks/{vote}/complete", {"answers": {"vote": REMARK}})
    kirsten.post(f"/api/v1/tasks/{vote}/complete", {"answers": {"vote": "for", "remark": REMARK}})
    house.person("bo", "pogi.sec").post("/api/v1/instances", {"definition": "adoption"})
    sending.send()
    asked = kirsten.post("/api/v1/instances", {"definition": "gate"}).json["tasks"][0]["id"]
    kirsten.post(f"/api/v1/tasks/{asked}/complete", {"answers": {}})
    visiting(house, "carl", "pogi.sec").get(f"/pogi/cases?q={ASKED}")
    browser(house).sign_in(NAME, REMARK)

    def broken(**_: str) -> str:
        raise ValueError(f"{NAME} wrote {REMARK}")

    views, name = house.app.view_functions, "cases.one"
    views[name], kept = broken, views[name]
    house.person("dora", "pogi.sec")
    visiting(house, "eva", "pogi.sec").get(f"/pogi/cases/{NAME}")
    views[name] = kept
    logging.getLogger("a.library").warning("%s was here", NAME)


def test_a_journey_leaves_nothing_personal_in_the_log(sending: Sending, kind, capsys):
    capsys.readouterr()
    journey(sending)
    said = capsys.readouterr().err
    assert "sign-in refused" in said and "request failed" in said and "– was here" in said
    for secret in (NAME, NAME.split(maxsplit=1)[0], REMARK, ADDRESS, ASKED, "127.0.0.1", "Bearer"):
        assert secret not in said


@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_a_line_of_json_says_what_was_asked_for_and_how_long_it_took(one_house: House, kind, capsys):
    one_house.role("pogi.sec")
    anne = one_house.person("anne", "pogi.sec")
    capsys.readouterr()
    answer = anne.get("/api/v1/tasks/0190-not-there?why=secret")
    (line,) = lines(capsys.readouterr().err)
    assert isinstance(line.pop("ms"), float)
    assert line.pop("at").endswith("Z")
    assert line == {
        "level": "info",
        "of": "mandat.requests",
        "event": "request",
        "trace": answer.headers["X-Request-Id"],
        "method": "GET",
        "route": "/api/v1/tasks/<task_id>",
        "status": 404,
        "workspace": "pogi",
    }


@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_an_address_that_is_none_is_not_repeated(one_house: House, kind, capsys):
    capsys.readouterr()
    one_house.app.test_client().open(f"/{ASKED}/a/b/c", method="INVENTED")
    (line,) = lines(capsys.readouterr().err)
    assert (line["route"], line["method"]) == ("none", "any")


@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_a_failure_tells_its_class_and_its_places_and_not_its_words(kind, capsys):
    try:
        raise KeyError(NAME)
    except KeyError:
        logging.getLogger("mandat.test").exception("it failed", extra={"person": NAME, "why": "reason"})
    (line,) = lines(capsys.readouterr().err)
    assert (line["failed"], line["why"], line["level"]) == ("KeyError", "reason", "error")
    assert line["places"][0].endswith("test_a_failure_tells_its_class_and_its_places_and_not_its_words")
    assert "person" not in line
    assert "person" not in SAID


@pytest.mark.parametrize(
    ("sentence", "given", "told"),
    [
        ("Task queue depth is %d", (7,), "Task queue depth is 7"),
        ("error connecting in %r: %s", (NAME, OSError(f"no {ADDRESS}")), "error connecting in –: OSError"),
        ("Can't connect to %s", (ADDRESS,), "Can't connect to –"),
        ("%(what)s took %(ms).1f ms", ({"what": NAME, "ms": 2.25},), "– took 2.2 ms"),
        ("100% done", (), "100% done"),
    ],
)
@pytest.mark.parametrize("kind", ["json"], indirect=True)
def test_a_sentence_of_another_library_is_told_with_its_numbers_and_without_its_names(
    kind, sentence, given, told, capsys
):
    logging.getLogger("a.library").warning(sentence, *given)
    (line,) = lines(capsys.readouterr().err)
    assert line["event"] == told
