"""Every fact about a record has a sentence of its own, in every language, and none says more than may be shown."""

import pytest

from service.domain import record_facts
from service.domain.facts import Fact
from service.queries.timeline.records import SAID
from service.store import db
from service.store.tables import Ballot
from service.web import i18n, recorded
from tests.app import steering
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.visiting import visiting
from tests.web.reading import seen

TOLD = {
    "organisation": "Eksempelby Kommune",
    "person": "Anne",
    "body": "Styregruppen",
    "document": "notat.pdf",
    "setting": "sg.quorum",
    "value": 0.5,
    "target": "E1",
    "of": "new",
    "before": "ongoing",
    "after": "done",
    "status": "adopted",
    "number": 1,
    "question": "adoption",
    "eligible": 9,
    "choice": "for",
    "outcome": "adopted",
    "in_favour": 7,
    "against": 1,
    "abstained": 1,
    "recused": 0,
    "invited": 5,
    "answers": 4,
    "objections": 1,
    "due_on": "2026-07-13",
    "valid_from": "2026-06-01",
    "goals": 4,
    "seats": 5,
    "lead": "Eksempelby Kommune",
    "commitments": ["a"],
}
WITHHELD = "Selve svaret vises ikke for dig"
KINDS = {
    shape.KIND
    for shape in vars(record_facts).values()
    if isinstance(shape, type) and shape is not Fact and issubclass(shape, Fact)
}


def test_no_kind_is_left_out():
    assert set(SAID) >= KINDS | {"mail.queued"}


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES))
def test_every_kind_has_a_sentence_of_its_own(language: str):
    with i18n.speaking(language):
        said = {kind: recorded.sentence(kind, TOLD) for kind in KINDS}
        nothing = recorded.sentence("something.else", {})
    assert len({*said.values(), nothing}) == len(KINDS) + 1, said
    assert not any("%(" in sentence for sentence in said.values())


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("target.published", {}, "Version 1 af indkøbsmål E1 blev offentliggjort og gælder fra 1. juni 2026"),
        ("target.published", {"supersedes": 3, "number": 4}, ", i stedet for version 3"),
        ("ballot.opened", {}, "Afstemningen om vedtagelse blev åbnet: 9 organisationer kan stemme"),
        ("ballot.closed", {}, "Afstemningen om vedtagelse blev lukket: Vedtaget, 7–1–1"),
        ("vote.cast", {}, "Eksempelby Kommune stemte: for"),
        ("vote.cast", {"choice": None}, "Eksempelby Kommune stemte"),
        ("hearing.opened", {"of": "trade"}, "Høringen af branchen blev åbnet: 5 er spurgt, med frist 13. juli 2026"),
        ("hearing.closed", {"of": "internal"}, "Høringen af medlemmerne blev lukket: 4 svar, 1 formel indsigelse"),
        ("measure.reported", {"number": 4}, "Tiltag 4: fra »I gang« til »Gennemført«"),
        ("body.established", {"of": "working-group"}, "En arbejdsgruppe med 5 organisationer blev nedsat, med"),
    ],
)
def test_it_says_what_changed(danish, kind: str, more: dict[str, object], says: str):
    assert says in recorded.sentence(kind, TOLD | more)


@pytest.fixture
def item(sqlite_house: House) -> steering.Item:
    found = steering.at_the_vote(sqlite_house)
    found.vote("for", "against")
    return found


def last_steps(auditor: Browser, case_id: str) -> str:
    return seen(auditor.get(f"/pogi/cases/{case_id}/timeline").text)


def test_a_vote_is_not_told_while_the_ballot_is_open(sqlite_house: House, item: steering.Item):
    told = last_steps(visiting(sqlite_house, "revisor", "auditor"), item.case_id)
    assert "stemte: " not in told
    assert WITHHELD in told
    assert "Hvad stemmer jeres organisation?" not in told


@pytest.mark.parametrize("secret", [False, True])
def test_a_vote_is_told_when_the_ballot_is_closed_unless_it_is_secret(
    sqlite_house: House, item: steering.Item, *, secret: bool
):
    with db.transaction() as session:
        session.query(Ballot).update({"secret": secret})
    for name in list(item.voters)[2:]:
        item.do(item.voters[name], "Task_vote", {"vote": "for"})
    told = last_steps(visiting(sqlite_house, "revisor", "auditor"), item.case_id)
    assert ("stemte: imod" in told) is not secret
    assert (WITHHELD in told) is secret
    assert "Afstemningen om vedtagelse blev lukket: Vedtaget, 8–1–0" in told
