from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.actors import Actor
from service.domain.errors import (
    Conflict,
    NotAssignee,
    NotCandidate,
    TaskAlreadyClaimed,
    TaskAlreadyCompleted,
    TaskCancelled,
)
from service.domain.tasks import MOVES, State, allowed, check

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass
class Sample:
    state: State = "open"
    assignee_id: str | None = None
    role_key: str | None = "sec"
    role_label: str | None = "Sekretariat"
    candidate_person_id: str | None = None
    candidate_organisation_id: str | None = None
    case_id: str = "case"
    claimed_at: datetime | None = NOON
    closed_at: datetime | None = NOON
    suspended_at: datetime | None = None


def actor(person: str | None, *roles: str, **more) -> Actor:
    return Actor("pogi", "cli", person_id=person, roles=frozenset(roles), **more)


ANNE, BO, GUEST = actor("anne", "sec"), actor("bo", "sec"), actor("guest", "chair")


def name_of(person: str | None) -> str:
    return {"anne": "Anne Hansen"}.get(person or "", "Somebody")


def test_who_holds_the_role_may_take_a_task_that_nobody_has():
    assert allowed(Sample(), ANNE) == ("claim", "assign", "complete")
    assert allowed(Sample(), GUEST) == ()


def test_who_has_a_task_may_hand_it_back_pass_it_on_or_complete_it():
    task = Sample("claimed", "anne")
    assert allowed(task, ANNE) == ("claim", "release", "assign", "complete")
    assert allowed(task, BO) == ()


def test_an_administrator_may_hand_back_and_assign_but_not_do_the_work():
    task = Sample("claimed", "anne")
    assert allowed(task, actor("carl", "admin")) == ("release", "assign")
    assert allowed(task, actor("carl", administrator=True)) == ("release", "assign")


def test_a_role_held_in_one_case_counts_in_that_case_alone():
    member = actor("dina", case_roles=frozenset({("case", "sec")}))
    assert "complete" in allowed(Sample(), member)
    assert allowed(Sample(case_id="other"), member) == ()


def test_a_task_for_one_person_is_nobody_elses():
    task = Sample(candidate_person_id="anne")
    assert "claim" in allowed(task, ANNE)
    assert allowed(task, BO) == ()


def test_who_has_no_person_can_do_nothing():
    assert allowed(Sample(), actor(None, "sec")) == ()


@pytest.mark.parametrize(
    ("task", "who", "error", "says"),
    [
        (Sample(), GUEST, NotCandidate, "This task belongs to the role Sekretariat, which you do not hold."),
        (
            Sample("claimed", "anne"),
            BO,
            TaskAlreadyClaimed,
            "Anne Hansen has had this task since 2026-01-05T12:00:00Z.",
        ),
        (
            Sample("completed", "anne"),
            BO,
            TaskAlreadyCompleted,
            "Anne Hansen completed this task at 2026-01-05T12:00:00Z.",
        ),
        (Sample("cancelled"), ANNE, TaskCancelled, "The process took this task back at 2026-01-05T12:00:00Z."),
    ],
)
def test_a_refusal_says_why(task, who, error, says):
    with pytest.raises(error) as refused:
        check("complete", task, who, name_of)
    assert str(refused.value) == says


def test_a_task_that_nobody_has_cannot_be_handed_back():
    with pytest.raises(NotAssignee):
        check("release", Sample(), ANNE, name_of)


@given(
    st.sampled_from(sorted(MOVES)),
    st.builds(
        Sample,
        state=st.sampled_from(["open", "claimed", "completed", "cancelled"]),
        assignee_id=st.sampled_from([None, "anne", "bo"]),
        candidate_person_id=st.sampled_from([None, "anne"]),
    ),
    st.sampled_from([ANNE, BO, GUEST, actor("carl", "admin")]),
)
def test_what_is_over_is_over_and_nobody_takes_what_another_has(verb, task, who):
    try:
        check(verb, task, who, name_of)
    except (Conflict, NotAssignee, NotCandidate):
        return
    assert task.state in MOVES[verb].sources
    assert task.state in ("open", "claimed")
    if verb in ("claim", "complete"):
        assert task.assignee_id in (None, who.person_id)
