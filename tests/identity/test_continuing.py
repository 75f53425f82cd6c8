"""In a demonstration: one press goes on as whoever holds the next open task of the case at hand."""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from service.commands import accounts, instances, organisations, roles
from service.identity import clockwork
from service.queries import accounts as people
from service.queries import ballots
from service.runtime.command import Call
from tests.app.browsing import Browser, browser
from tests.app.house import House, opened
from tests.app.records import MEMBERS, partnership
from tests.diagrams import each, process

VOTERS = MEMBERS[:3]
FORM = re.compile(
    r'action="(?P<address>[^"]+)">.{0,200}?name="persona" value="(?P<persona>[^"]+)"><input type="hidden" name="next" '
    r'value="(?P<next>[^"]+)"><span>(?P<task>[^<]+)</span><button type="submit">(?P<says>[^<]+)<',
    re.DOTALL,
)


@pytest.fixture
def demo(sqlite_template: Path, tmp_path: Path) -> Iterator[House]:
    """A demonstration with a secretary and three members, whom anybody may be, and a vote that is prepared first."""
    with opened(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}", demo=True) as house:
        ids = partnership(house, VOTERS)
        for role, label in (("pogi.sec", "Sekretariat"), ("pogi.sg", "Styregruppe")):
            roles.add(house.operator(), role, label)
        persona(house, "pogi.sec", "Sanne Eksempel", "pogi.sec")
        for place, name in enumerate(VOTERS):
            persona(house, f"pogi.sg.{place}", f"Medlem {place}", "pogi.sg", ids[name])
        drawing = (
            process("voting").start().user("prepare", name="Forbered", lane="pogi.sec")
            .service("open", "ballots.open", {"kind": '"steering-group"', "question": '"initiation"'}, result="ballot")
            .script("who", "voters = ballot.voters")
            .user("vote", name="Afgiv stemme", lane="pogi.sg", loop=each("voters", item="voter"), form="vote",
                  properties={"candidateFrom": "voter.organisation", "ballot": "steering-group"})
            .user("note", name="Skriv notat", lane="pogi.sec").end()
        )  # fmt: skip
        form = '{"type": "object", "required": ["vote"], "properties": {"vote": {"enum": ["for", "against"]}}}'
        house.deploy({"voting.bpmn": drawing.bpmn(), "vote.schema.json": form.encode()})
        clockwork.wind(joins=False)
        yield house


def persona(house: House, name: str, full_name: str, role: str, acts_for: str | None = None) -> None:
    call = house.operator()
    accounts.create(call, name, persona=True)
    accounts.join(call, name, full_name)
    roles.grant(call, name, role)
    actor = people.named("pogi", name, house.ports.now())
    if acts_for is not None and actor is not None:
        organisations.represent(call, acts_for, actor.person_id or "")


def begun(house: House) -> str:
    actor = people.named("pogi", "pogi.sec", house.ports.now())
    assert actor is not None
    case_id: str = instances.start(Call(actor, house.ports), "voting", {}, None)["case_id"]
    return case_id


def be(house: House, name: str) -> Browser:
    visitor = browser(house)
    assert visitor.post("/pogi/demo/persona", {"persona": name}).status_code == 303
    return visitor


def offer(page: TestResponse) -> dict[str, str] | None:
    found = FORM.search(page.text)
    return None if found is None else {name: html.unescape(text) for name, text in found.groupdict().items()}


def go_on(visitor: Browser, offered: dict[str, str]) -> str:
    """Press the button; gives the address of the task that is opened then."""
    answer = visitor.post(offered["address"], {"persona": offered["persona"], "next": offered["next"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, offered["next"])
    return offered["next"]


def test_a_vote_takes_one_press_for_each_member(demo: House):
    case = begun(demo)
    visitor = be(demo, "pogi.sg.1")
    offered = offer(visitor.get(f"/pogi/cases/{case}"))
    assert offered is not None
    assert (offered["task"], offered["says"]) == ("Næste i sagen: Forbered", "Fortsæt som Sekretariat: Sanne Eksempel")
    task = go_on(visitor, offered)
    asked = []
    for answers in ({}, *[{"/vote": "for"}] * len(VOTERS)):
        done = visitor.post(f"{task}/complete", answers)
        assert done.status_code == 303, done.text
        offered = offer(visitor.get(done.headers["Location"]))
        if offered is not None:
            asked.append((offered["task"], offered["says"]))
            task = go_on(visitor, offered)
            assert "Afgiv stemme" in visitor.get(task).text or "Skriv notat" in visitor.get(task).text
    votes = [
        ("Næste i sagen: Afgiv stemme", f"Fortsæt som Styregruppe, {name}: Medlem {n}") for n, name in enumerate(VOTERS)
    ]
    assert sorted(asked) == sorted([*votes, ("Næste i sagen: Skriv notat", "Fortsæt som Sekretariat: Sanne Eksempel")])
    (ballot,) = ballots.of_case(demo.operator().actor, case)
    assert ballot["voted"] == len(VOTERS)


def test_what_waits_for_her_alone_is_not_offered_as_anybody_elses(demo: House):
    case = begun(demo)
    sanne = be(demo, "pogi.sec")
    assert offer(sanne.get(f"/pogi/cases/{case}")) is None
    assert offer(sanne.get("/pogi/cases")) is None, "no case is at hand"


def test_the_button_needs_the_pages_own_token_as_changing_by_hand_does(demo: House):
    case = begun(demo)
    visitor = be(demo, "pogi.sg.1")
    offered = offer(visitor.get(f"/pogi/cases/{case}"))
    assert offered is not None
    sent = {"persona": offered["persona"], "next": offered["next"], "csrf_token": "0" * 64}
    assert visitor.post(offered["address"], sent).status_code == 403


@pytest.mark.parametrize(("language", "says"), [("nb", "Fortsett som"), ("en", "Continue as")])
def test_it_is_offered_in_the_readers_language(demo: House, language: str, says: str):
    case = begun(demo)
    visitor = be(demo, "pogi.sg.1")
    visitor.client.set_cookie("mandat_language", language)
    offered = offer(visitor.get(f"/pogi/cases/{case}"))
    assert offered is not None
    assert offered["says"].startswith(says)
