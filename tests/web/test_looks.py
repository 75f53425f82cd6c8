"""Looking at a case is no step of it, and each step says what it was."""

import re

import pytest

from service.commands import access, dossiers
from service.domain.kinds import KINDS
from service.queries.timeline.records import SAID
from service.queries.timeline.steps import ALONG, ASIDE, steps_of
from service.store import cases, db
from service.web import i18n, recorded, telling
from tests.app.browsing import Browser
from tests.app.house import House
from tests.app.visiting import visiting
from tests.commands.test_disclosures import decided
from tests.web.reading import seen

ELSEWHERE = (
    *(
        "account.",
        "backup.",
        "bundle.",
        "cases.",
        "clock.",
        "database.",
        "deployment.",
        "erasure.",
        "held.",
        "history.",
    ),
    *("log.", "mailbox.", "outbox.", "password.", "person.", "rights.", "role.", "token.", "webhook.", "witness."),
    *("message.kept", "message.expired"),
)
"""What the journals of workspaces and of the installation tell."""

FOLLOWS = ("call.", "evaluation.", "operation.", "escalation.", "message.sent", "instance.ended", "task.opened", "task.cancelled", "timer.cleared")  # fmt: skip
"""What only comes of a step."""


@pytest.fixture
def case(sqlite_house: House) -> str:
    return decided(sqlite_house, sqlite_house.person("chair", "pogi.chair", "pogi.sec"))


def last(reader: Browser, case: str) -> str:
    """Where the end of a case is, as its page says."""
    found = re.search(r"Trin (\d+) af \1\b", seen(reader.get(f"/pogi/cases/{case}/timeline").text))
    assert found
    return found[0]


def test_looking_does_not_move_the_end_and_stands_in_a_list_of_its_own(sqlite_house: House, case: str):
    reader = visiting(sqlite_house, "ada", "auditor")
    before = last(reader, case)
    sqlite_house.later(minutes=5)
    access.close_off(sqlite_house.operator(), case, "dk-ofl-30", ["pogi.sec"], "Tenders are in it.")
    for _ in range(3):
        assert last(reader, case) == before
    with db.reading() as session:
        row = cases.case(session, "pogi", case)
    assert row is not None
    dossiers.hand_out(sqlite_house.operator(), case, digest="0" * 64, entries=row.journal_seq, withheld=0, disclosed=0)
    access.open_up(sqlite_house.operator(), case, "It is all public now.")
    page = reader.get(f"/pogi/cases/{case}/timeline").text
    assert last(reader, case) == before
    looks = seen(page[page.index('id="looks"') :].partition("</section>")[0])
    assert "Hvem har set i sagen, og hvem må: 6" in looks
    for said in (
        "Åbnede sagen for alle her",
        "Tog sagens dossier med hjem",
        "Sagen trin for trin",
        "Lukkede sagen for alle andre end",
    ):
        assert said in looks
    assert "§ 30" in looks
    assert "Noterede noget om sagen" not in page


def test_who_is_told_of_a_look_makes_no_step_either():
    def entry(seq: int, kind: str, **data: object) -> dict[str, object]:
        return {"seq": seq, "kind": kind, "at": "2026-01-05T08:00:00Z", "actor": "ada", "data": data}

    entries = [
        entry(0, "instance.started", state="s"),
        entry(1, "case.read", what="cases.one"),
        entry(2, "notice.queued"),
        entry(3, "task.claimed"),
    ]
    assert [(step.number, step.kind, step.follow) for step in steps_of(entries)] == [
        (1, "instance.started", []),
        (2, "task.claimed", []),
    ]


@pytest.mark.parametrize("language", sorted(i18n.LANGUAGES))
def test_whatever_may_be_a_step_says_what_it_was(sqlite_house: House, language: str):
    kinds = {kind for kind, _ in KINDS if not kind.startswith((*ELSEWHERE, *FOLLOWS))} - ASIDE - ALONG
    blank = {
        "name": "x",
        "process": "x",
        "to": "x",
        "versions": (1, 2),
        "record": None,
        "answered_at": None,
        "anew": False,
    }
    with sqlite_house.app.test_request_context(), i18n.speaking(language, "UTC"):
        nothing = i18n.gettext("Noted something about the case")
        silent = {kind for kind in kinds - SAID if str(telling.what(blank | {"kind": kind})) == nothing}
    assert silent == set()
    assert recorded.SAID >= SAID
