"""A target from its proposal to a version in force, and what becomes of it, as a diagram would call it."""

from typing import Any

import pytest

from service.domain.errors import OperationUnknown, ParametersRefused
from service.domain.record_errors import (
    RequirementsRefused,
    RevisionUnderWay,
    TargetNotDecided,
    TargetNotFound,
    TargetNotInForce,
    TargetStatusRefused,
    TargetVersionFrozen,
    TextChangedSinceVote,
)
from service.operations.versions import freeze
from service.queries import targets as queries
from service.store import db
from service.store import targets as store
from tests.app.house import House
from tests.app.records import REQUIREMENTS, Desk, desk, partnership
from tests.support.covering import covers

TITLE = {"title": "Eksempel: arbejdstøj", "category": "Tekstiler", "cpv": "18110000-3"}
OTHER = [REQUIREMENTS[0] | {"text": "Andre ord."}, REQUIREMENTS[1]]


@pytest.fixture
def members(house: House) -> dict[str, str]:
    return partnership(house)


def proposed(house: House, **changed: str) -> tuple[Desk, str]:
    call = desk(house)
    return call, call("targets.propose", **(TITLE | changed))["target"]


def heard(call: Desk, target: str) -> None:
    """Both hearings, opened and closed."""
    for kind in ("internal", "trade"):
        hearing = call("hearings.open", target=target, kind=kind, days=20, requirements=REQUIREMENTS)["hearing"]
        call("hearings.close", hearing=hearing)


def voted(call: Desk, target: str, *, question: str = "adoption", outcome: str = "adopted", **more: str) -> None:
    """A ballot in which everybody votes as the outcome needs."""
    ballot = call("ballots.open", kind="steering-group", question=question, target=target, meeting_on="2026-04-21")
    for voter in ballot["voters"] if outcome in ("adopted", "rejected") else []:
        vote = {"adopted": "for", "rejected": "against"}[outcome]
        call("ballots.record", ballot=ballot["ballot"], organisation=voter["organisation"], vote=vote)
    call("ballots.close", ballot=ballot["ballot"], outcome=outcome, **more)


def walked(call: Desk, target: str, *statuses: str) -> None:
    for status in statuses:
        call("targets.status", target=target, status=status)


def on_agenda(call: Desk, target: str, requirements: list[dict[str, Any]] = REQUIREMENTS) -> None:
    """A proposal that was drafted with those requirements and heard, and is up for the vote."""
    walked(call, target, "planned", "drafting")
    call("targets.save_draft", target=target, requirements=requirements)
    heard(call, target)
    walked(call, target, "final proposal", "on agenda")


def adopted(house: House) -> tuple[Desk, str]:
    call, target = proposed(house)
    on_agenda(call, target)
    voted(call, target)
    assert call("targets.adopt", target=target, requirements=REQUIREMENTS)["version"] == 1
    return call, target


def in_force(house: House) -> tuple[Desk, str]:
    call, target = adopted(house)
    published = call("targets.publish", target=target, valid_from="2026-06-01", review_months=36)
    assert published["review_on"] == "2029-06-01"
    assert published["address"] == f"/pogi/maal/{target}/v1"
    return call, target


def statuses(target: str) -> list[str]:
    with db.reading() as session:
        row = store.target(session, "pogi", target)
        assert row is not None
        return [version.status for version in store.versions(session, "pogi", row.id)]


def test_a_proposal_gets_the_next_key_and_is_told_what_it_overlaps(house: House):
    _, first = proposed(house)
    call = desk(house)
    second = call("targets.propose", **(TITLE | {"title": "Eksempel: uniformer"}))
    assert (first, second["target"]) == ("1", "2")
    assert second["duplicates"] == [{"target": "1", "title": "Eksempel: arbejdstøj"}]
    assert call("targets.merge", target="2", into="1") == "merged"
    assert statuses("2") == ["merged"]
    assert desk(house)("targets.propose", title="Kontormøbler", category="Møbler")["duplicates"] == []


def test_a_proposal_overlaps_what_stands_in_its_category_and_not_what_is_over(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    asked = {"title": "Eksempel: gardiner", "category": " tekstiler "}
    assert call("targets.propose", **asked)["duplicates"] == [{"target": target, "title": TITLE["title"]}]
    lapsed = desk(house)
    key = lapsed("targets.propose", title="Eksempel: duge", category="Duge")["target"]
    lapsed("targets.status", target=key, status="lapsed")
    assert desk(house)("targets.propose", title="Eksempel: duge", category="Duge")["duplicates"] == []


def test_a_proposal_that_is_completed_keeps_its_key_and_is_compared_anew(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    first = call("targets.propose", title="Eksempel: møbler", category="Møbler")
    again = call("targets.propose", title="Eksempel: gardiner", category="Tekstiler", cpv="39515000-5")
    assert again["target"] == first["target"]
    assert (first["duplicates"], [it["target"] for it in again["duplicates"]]) == ([], [target])
    assert call("targets.status", target=again["target"], status="planned") == "planned"


def test_a_target_goes_from_proposal_into_force_and_everybody_can_read_it(house: House, members):
    call, target = in_force(house)
    assert call.kinds[0] == "target.proposed"
    assert call.kinds[-2:] == ["target.status_changed", "target.published"]
    shown = queries.version("pogi", target, 1)
    assert (shown["status"], shown["valid_from"], shown["sample"]) == ("in force", "2026-06-01", True)
    assert [it["letter"] for it in shown["requirements"]] == ["a", "b"]
    assert call("targets.read", target=target)["version"] == 1
    assert call("targets.schedule_review", target=target, months=36) == {"due_on": "2029-01-05"}


@covers("P23", "P36")
def test_nothing_is_adopted_that_was_not_voted_on_and_heard(house: House, members):
    call, target = proposed(house)
    with pytest.raises(TargetNotDecided, match="has not adopted it; the internal hearing"):
        call("targets.adopt", target=target, requirements=REQUIREMENTS)
    on_agenda(call, target)
    voted(call, target, outcome="rejected")
    with pytest.raises(TargetNotDecided, match="the steering group has not adopted it"):
        call("targets.adopt", target=target, requirements=REQUIREMENTS)
    voted(call, target)
    with pytest.raises(TextChangedSinceVote):
        call("targets.adopt", target=target, requirements=OTHER)
    voted(call, target, amendment="editorial")
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 1


def test_an_amendment_of_wording_adopts_no_other_kind_and_no_other_number(house: House, members):
    call, target = proposed(house)
    on_agenda(call, target)
    voted(call, target, amendment="editorial")
    for changed in ({"kind": "recommendation"}, {"evidence": "Datablad 2"}, {"transition_until": "2030-01-01"}):
        with pytest.raises(RequirementsRefused):
            call("targets.adopt", target=target, requirements=[REQUIREMENTS[0] | changed, REQUIREMENTS[1]])
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 1


def test_what_was_heard_after_an_amendment_is_voted_on_again_and_adopted(house: House, members):
    call, target = proposed(house)
    on_agenda(call, target)
    voted(call, target, amendment="substantive")
    call("targets.save_draft", target=target, requirements=OTHER)
    voted(call, target)
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 1
    assert call("targets.publish", target=target)["version"] == 1
    with pytest.raises(TargetNotFound):  # this case makes no version any more
        call("targets.save_draft", target=target, requirements=REQUIREMENTS)


def test_an_error_found_before_publication_takes_the_adopted_version_back_to_a_draft(house: House, members):
    call, target = adopted(house)
    assert call("targets.save_draft", target=target, requirements=OTHER)["version"] == 1
    assert statuses(target) == ["withdrawn", "drafting"]
    with pytest.raises(TargetNotFound):  # what was withdrawn is never published
        call("targets.publish", target=target)
    with pytest.raises(TargetNotDecided):  # what changed is heard and voted on again
        call("targets.adopt", target=target, requirements=OTHER)
    heard(call, target)
    walked(call, target, "final proposal", "on agenda")
    voted(call, target)
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 1
    call("targets.publish", target=target)
    assert queries.version("pogi", target, 1)["requirements"][0]["text"] == "Andre ord."


def test_an_error_in_an_adjustment_is_put_right_before_it_is_published(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    slip = [REQUIREMENTS[0] | {"text": "En fejl."}, REQUIREMENTS[1]]
    assert call("targets.adopt", target=target, requirements=slip)["version"] == 2
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 2
    call("targets.publish", target=target)
    assert statuses(target) == ["superseded", "withdrawn", "editorially adjusted"]
    assert queries.version("pogi", target, 2)["requirements"][0]["text"] == "Andre ord."


def test_words_are_corrected_before_publication_and_nothing_else(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    call("targets.revise", target=target)
    on_agenda(call, target, OTHER)
    voted(call, target)
    call("targets.adopt", target=target, requirements=OTHER)
    right = [OTHER[0] | {"text": "De rette ord."}, OTHER[1] | {"exceptions": None}]
    with pytest.raises(RequirementsRefused):
        call("targets.correct", target=target, requirements=right[:1])
    with pytest.raises(RequirementsRefused, match="no number"):
        call("targets.correct", target=target, requirements=[OTHER[0] | {"text": "De 40 ord."}, OTHER[1]])
    with pytest.raises(TargetNotFound):
        call("targets.correct", target="17", requirements=right)
    given = call("targets.correct", target=target, requirements=right)
    assert given["version"] == 2
    assert call("targets.correct", target=target, requirements=right) == given
    assert statuses(target) == ["under revision", "withdrawn", "adopted"]
    assert call("targets.publish", target=target)["version"] == 2
    assert queries.version("pogi", target, 2)["requirements"][0]["text"] == "De rette ord."


def test_an_item_that_is_referred_back_takes_its_draft_with_it(house: House, members):
    call, target = proposed(house)
    walked(call, target, "planned", "drafting", "internal hearing", "trade hearing", "on agenda")
    voted(call, target, outcome="referred back")
    assert statuses(target) == ["referred back"]
    call("targets.status", target=target, status="drafting")
    with pytest.raises(TargetStatusRefused):
        call("targets.status", target=target, status="in force")


def test_a_revision_leaves_the_old_version_in_force_until_the_new_one_is(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    assert call("targets.revise", target=target)["version"] == 2
    assert statuses(target) == ["under revision", "proposed"]
    assert call("targets.propose", **(TITLE | {"kind": "revision"}))["target"] == target
    other = desk(house)
    refused = {"begun": False, "made_in": call.case_id, "version": None, "requirements": []}
    assert other("targets.revise", target=target) == refused
    with pytest.raises(RevisionUnderWay):
        other("targets.propose", **(TITLE | {"kind": "revision", "revises": target}))
    assert other("targets.read", target=target) | {"requirements": []} == TITLE | {
        "target": target,
        "status": "under revision",
        "version": 1,
        "making": True,
        "made_in": call.case_id,
        "requirements": [],
    }
    assert call("targets.read", target=target)["making"] is False, "its own is no other's"
    assert statuses(target) == ["under revision", "proposed"]
    on_agenda(call, target, OTHER)
    voted(call, target)
    assert queries.target("pogi", target)["status"] == "under revision"
    call("targets.adopt", target=target, requirements=OTHER)
    with pytest.raises(ParametersRefused):  # whoever publishes does not choose a number: adoption gave it one
        call("targets.publish", target=target, version=1)
    published = call("targets.publish", target=target)
    assert (published["version"], published["supersedes"]) == (2, 1)
    assert statuses(target) == ["superseded", "in force"]
    shown = queries.target("pogi", target)
    assert [(it["version"], it["version_status"]) for it in shown["versions"]] == [(1, "superseded"), (2, "in force")]
    assert queries.version("pogi", target, 1)["superseded_by"] == 2


def test_a_revision_that_is_given_up_gives_the_old_version_its_peace(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    call("targets.revise", target=target)
    call("targets.status", target=target, status="withdrawn")
    assert statuses(target) == ["in force", "withdrawn"]


def test_an_adjustment_changes_words_without_a_vote_and_nothing_that_obliges(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    with pytest.raises(RequirementsRefused, match="an editorial adjustment changes no letter, kind or placement"):
        call("targets.adopt", target=target, requirements=REQUIREMENTS[:1])
    assert call("targets.adopt", target=target, requirements=OTHER)["version"] == 2
    call("targets.publish", target=target)
    assert statuses(target) == ["superseded", "editorially adjusted"]


def test_a_target_stays_under_revision_while_its_words_are_adjusted(house: House, members):
    _, target = in_force(house)
    revising, adjusting = desk(house), desk(house)
    revising("targets.revise", target=target)
    assert adjusting("targets.adopt", target=target, requirements=OTHER)["version"] == 2
    adjusting("targets.publish", target=target)
    assert statuses(target) == ["superseded", "proposed", "under revision"]
    assert queries.target("pogi", target)["status"] == "under revision"
    revising("targets.status", target=target, status="withdrawn")
    assert statuses(target) == ["superseded", "withdrawn", "editorially adjusted"]


def test_interim_rules_and_an_end_need_their_own_decision(house: House, members):
    _, target = in_force(house)
    call = desk(house)
    with pytest.raises(TargetNotDecided):
        call("targets.interim", target=target, requirements=OTHER, expires_on="2026-12-31")
    voted(call, target, question="interim")
    assert call("targets.interim", target=target, requirements=OTHER, expires_on="2026-12-31")["version"] == 2
    assert queries.target("pogi", target)["notices"][0]["expires_on"] == "2026-12-31"
    with pytest.raises(TargetNotDecided):
        call("targets.retire", target=target)
    voted(call, target, question="retire")
    assert call("targets.retire", target=target, merged_into="") == "retired"
    assert statuses(target) == ["superseded", "retired"]
    call("targets.propose", title="Andet", category="Andet")


def test_a_notice_is_for_everybody_and_only_on_what_is_published(house: House, members):
    call, target = proposed(house)
    with pytest.raises(TargetNotInForce):
        call("targets.notify", target=target, kind="known issue", text="Se bilag 2.")
    _, published = in_force(house)
    call("targets.notify", target=published, kind="known issue", text="Se bilag 2.")
    assert queries.target("pogi", published)["notices"][0]["text"] == "Se bilag 2."


def test_a_frozen_text_stays_as_it_is(house: House, members):
    call, target = proposed(house)
    call("targets.status", target=target, status="rejected", blocked_months=12)
    with db.transaction() as session:
        row = store.target(session, "pogi", target)
        assert row is not None and row.blocked_until is not None
        (version,) = store.versions(session, "pogi", row.id)
        assert row.blocked_until.isoformat() == "2027-01-05"
        with pytest.raises(TargetVersionFrozen):
            freeze(session, call.place(session), row, version, REQUIREMENTS, ballot=None)


def test_no_code_of_ours_can_change_the_text_of_an_adopted_version(house: House, members):
    _, target = in_force(house)
    with pytest.raises(TargetVersionFrozen, match="it is in force"), db.transaction() as session:
        row = store.target(session, "pogi", target)
        assert row is not None
        (version,) = store.versions(session, "pogi", row.id)
        version.requirements = OTHER


@pytest.mark.parametrize(
    "wrong",
    [
        {"requirements": [REQUIREMENTS[0] | {"kind": "wish"}]},
        {"requirements": [REQUIREMENTS[0] | {"letter": "A1"}]},
        {"requirements": [REQUIREMENTS[0] | {"extra": 1}]},
        {"requirements": "none"},
        {},
    ],
)
def test_parameters_are_typed(one_house: House, wrong):
    with pytest.raises(ParametersRefused, match=r"targets\.save_draft"):
        desk(one_house)("targets.save_draft", target="1", **wrong)


def test_an_operation_of_another_case_or_workspace_finds_nothing(house: House, members):
    _, target = proposed(house)
    with pytest.raises(TargetNotFound):
        desk(house)("targets.status", target=target, status="planned")
    with pytest.raises(TargetNotFound):
        desk(house, "lillestrom")("targets.read", target=target)
    with pytest.raises(OperationUnknown):
        desk(house)("targets.delete", target=target)
