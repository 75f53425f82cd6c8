"""What a full revision, while it is made and when it is given up, means for the target and for other cases about it."""

import pytest

from service.domain.record_errors import RevisionUnderWay, TargetNotInForce
from service.queries import targets as queries
from tests.app.house import House
from tests.app.records import desk
from tests.operations.test_targets import TITLE, in_force, members, proposed, statuses, voted

__all__ = ["members"]


def test_a_target_does_not_go_out_and_keeps_its_day_while_another_case_makes_a_new_version(house: House, members):
    _, target = in_force(house)
    revising, other = desk(house), desk(house)
    revising("targets.revise", target=target)
    voted(other, target, question="retire")
    with pytest.raises(RevisionUnderWay):
        other("targets.retire", target=target)
    assert other("targets.schedule_review", target=target, months=12) == {"due_on": "2029-06-01"}
    revising("targets.status", target=target, status="rejected")
    assert other("targets.schedule_review", target=target, months=12) == {"due_on": "2027-01-05"}
    assert other("targets.retire", target=target) == "retired"
    assert statuses(target) == ["retired", "rejected"]
    assert queries.register("pogi")[0]["status"] == "retired"
    assert other("targets.schedule_review", target=target, months=12) == {"due_on": None}
    assert other("targets.read", target=target)["version"] is None
    assert other("targets.revise", target=target)["begun"] is False
    with pytest.raises(TargetNotInForce):
        other("targets.propose", **(TITLE | {"kind": "revision", "revises": target}))


def test_a_revision_that_is_postponed_leaves_the_target_in_peace_and_gives_way_to_the_next(house: House, members):
    _, target = in_force(house)
    first, second = desk(house), desk(house)
    first("targets.revise", target=target)
    first("targets.status", target=target, status="postponed")
    assert statuses(target) == ["in force", "postponed"]
    assert second("targets.revise", target=target)["begun"] is False, "the case goes on"
    first.over()
    assert second("targets.revise", target=target)["begun"] is True
    assert statuses(target) == ["under revision", "withdrawn", "proposed"]


def test_a_proposal_to_revise_that_another_target_covers_leaves_its_own_in_force(house: House, members):
    _, target = in_force(house)
    _, other = proposed(house, title="Eksempel: uniformer")
    call = desk(house)
    call("targets.revise", target=target)
    assert call("targets.merge", target=target, into=other) == "withdrawn"
    assert statuses(target) == ["in force", "withdrawn"]
    assert queries.target("pogi", target)["merged_into"] is None
