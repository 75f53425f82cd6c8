"""Whatever several cases do to one target, and in whatever order: the register says how it stands."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.commands import targets as commands
from service.domain.errors import MandatError
from service.domain.origins import From
from service.domain.targets import DEVELOPING, ENDED, LIVE, OVER, PUBLIC, STATUSES, UNDER_WAY, shown
from service.operations.versions import called_off
from service.queries import targets as queries
from service.store import db
from service.store import targets as store
from service.store.tables import TargetVersion
from tests.app.house import House, one_house
from tests.app.records import REQUIREMENTS, Desk, desk, partnership
from tests.operations.test_targets import heard, voted

__all__ = ["one_house"]

CASES = 3
DOES = (
    "revise",
    "propose",
    "adjust",
    "publish",
    "interim",
    "retire",
    "keep",
    "adopt",
    "call off",
    *sorted(OVER),
    "postponed",
)
COURSES = st.lists(st.tuples(st.integers(0, CASES - 1), st.sampled_from(DOES)), max_size=10)
ANY = st.lists(st.sampled_from(STATUSES), min_size=1, max_size=8)


@given(ANY)
def test_a_target_never_stands_as_what_was_given_up_beside_what_counts_or_has_ended(statuses: list[str]):
    status = shown(statuses)
    assert status in statuses
    for group in (LIVE, ENDED, UNDER_WAY):
        if group.intersection(statuses):
            assert status in group
            return


def does(case: Desk, target: str, what: str) -> None:
    """One thing that a diagram does in a case, as far as it may."""
    if what == "revise":
        case("targets.revise", target=target)
    elif what == "propose":
        case("targets.propose", kind="revision", revises=target, title="Eksempel", category="Eksempel")
    elif what == "adjust":
        case("targets.adopt", target=target, requirements=REQUIREMENTS)
    elif what == "publish":
        case("targets.publish", target=target, review_months=36)
    elif what in ("interim", "retire"):
        voted(case, target, question=what)
        more = {"requirements": REQUIREMENTS, "expires_on": "2027-12-31"} if what == "interim" else {}
        case(f"targets.{what}", target=target, **more)
    elif what == "keep":
        case("targets.schedule_review", target=target, months=12)
    elif what == "adopt":
        for status in ("planned", "drafting"):
            case("targets.status", target=target, status=status)
        case("targets.save_draft", target=target, requirements=REQUIREMENTS)
        heard(case, target)
        for status in ("final proposal", "on agenda"):
            case("targets.status", target=target, status=status)
        voted(case, target)
        case("targets.adopt", target=target, requirements=REQUIREMENTS)
    elif what == "call off":
        with db.transaction() as session:
            called_off(session, case.place(session))
        case.over()
    else:
        case("targets.status", target=target, status=what)


def versions(target: str) -> tuple[list[TargetVersion], list[TargetVersion]]:
    """All versions of a target, and those that a case makes."""
    with db.reading() as session:
        row = store.target(session, "pogi", target)
        assert row is not None
        found = list(store.versions(session, "pogi", row.id))
        return found, store.in_making(session, "pogi", found)


def holds(target: str) -> str:
    """What is true of a target at any moment; gives its status."""
    found, making = versions(target)
    statuses = [it.status for it in found]
    live = [it for it in found if it.status in LIVE]
    assert len(live) <= 1
    assert [it.kind for it in making].count("revision") <= 1
    public = queries.target("pogi", target)
    (row,) = [it for it in queries.register("pogi") if it["key"] == target]
    assert public["status"] == row["status"] == shown(statuses)
    assert public["status"] in PUBLIC - {"superseded"}
    assert bool(live) is (public["status"] in LIVE)
    if any(it.kind == "revision" and it.status not in ("postponed", *OVER, *LIVE) for it in making):
        assert public["status"] == "under revision"
    if public["status"] == "under revision":
        assert any(it.kind == "revision" for it in making)
    if public["status"] in ENDED:
        assert not making
        assert not DEVELOPING.intersection(statuses)
    return str(public["status"])


@pytest.fixture(scope="module")
def peopled(one_house: House) -> House:
    """A partnership that can vote: one for all courses, each with a target of its own."""
    partnership(one_house)
    return one_house


@settings(max_examples=20)
@given(course=COURSES, status=st.sampled_from(["in force", "editorially adjusted", "interim rules"]))
def test_the_register_says_how_a_target_stands_whatever_is_begun_beside(
    peopled: House, course: list[tuple[int, str]], status: str
):
    house = peopled
    target = f"X{len(queries.register('pogi'))}"
    known: Any = commands.Known(title=f"Eksempel {target}", category="Eksempel", status=status)
    commands.register(house.operator("pogi"), target, known, From("sample", None))
    cases = [desk(house) for _ in range(CASES)]
    assert holds(target) == status
    ended = None
    over: set[int] = set()
    for at, what in course:
        if at in over:
            continue
        with suppress(MandatError):
            does(cases[at], target, what)
        if what == "call off":
            over.add(at)
        stands = holds(target)
        assert ended in (None, stands), "what has ended stays so"
        ended = stands if stands in ENDED else None
    for case in cases:
        does(case, target, "call off")
    assert holds(target) != "under revision"
