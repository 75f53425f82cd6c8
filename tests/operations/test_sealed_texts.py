"""What a form sealed reaches operations sealed: they open it in their step, and nothing that they give tells it."""

import json
from typing import Any

import pytest

from service.domain.disclosures import commitments
from service.domain.record_errors import SealedValueGone
from service.queries import hearings
from service.queries import targets as queries
from service.store import db
from service.store import targets as store
from service.store.disclosures import erase
from tests.app.house import House
from tests.app.records import REQUIREMENTS, Desk, desk, partnership
from tests.operations.test_targets import TITLE, heard, voted, walked

WORDED = ("text", "evidence")


@pytest.fixture
def call(house: House) -> Desk:
    partnership(house)
    return desk(house)


def sealed(call: Desk, rows: list[dict[str, Any]] = REQUIREMENTS) -> list[dict[str, Any]]:
    """Requirements as a form gives them."""
    return [row | {part: call.sealed(row[part]) for part in WORDED} for row in rows]


def row(target: str) -> dict[str, Any]:
    """What the table holds of the newest version."""
    with db.reading() as session:
        found = store.target(session, "pogi", target)
        assert found is not None
        last = store.versions(session, "pogi", found.id)[-1]
        return {name: getattr(last, name) for name in ("requirements", "environmental_effect", "change_note", "digest")}


def adopted(call: Desk) -> tuple[str, list[dict[str, Any]]]:
    target = call("targets.propose", **TITLE)["target"]
    walked(call, target, "planned", "drafting")
    draft = sealed(call)
    call("targets.save_draft", target=target, requirements=draft, environmental_effect=call.sealed("Mindre affald."))
    heard(call, target)
    walked(call, target, "final proposal", "on agenda")
    voted(call, target)
    call("targets.adopt", target=target, requirements=sealed(call))  # carried on through a form, and sealed anew
    return target, draft


def test_a_draft_rests_sealed_and_is_opened_when_it_is_published(call: Desk):
    target, _ = adopted(call)
    resting = json.dumps(row(target), ensure_ascii=False)
    assert "Tøjet kan repareres." not in resting and "Mindre affald." not in resting
    assert row(target)["digest"] == store.digest(REQUIREMENTS), (
        "it is that of the text: what was voted on can be compared"
    )
    call("targets.publish", target=target, valid_from="2026-06-01", change_note=call.sealed("Første udgave."))
    public = queries.version("pogi", target, 1)
    assert public["requirements"] == REQUIREMENTS
    assert (public["environmental_effect"], public["change_note"]) == ("Mindre affald.", "Første udgave.")


def test_what_was_erased_before_it_is_published_is_not_published(call: Desk):
    target, _ = adopted(call)
    resting = row(target)
    with db.transaction() as session:
        erase(session, "pogi", [resting["environmental_effect"].removeprefix("sealed:")])
    call("targets.publish", target=target)
    assert queries.version("pogi", target, 1)["environmental_effect"] is None


def test_a_requirement_that_was_erased_stops_its_publication(call: Desk):
    target, _ = adopted(call)
    with db.transaction() as session:
        erase(session, "pogi", list(commitments(row(target)["requirements"])))
    with pytest.raises(SealedValueGone):
        call("targets.publish", target=target)


def test_what_was_sealed_in_another_case_is_not_opened(house: House, call: Desk):
    other = desk(house)
    target = call("targets.propose", **TITLE)["target"]
    walked(call, target, "planned", "drafting")
    with pytest.raises(SealedValueGone):
        call("targets.save_draft", target=target, requirements=sealed(other))


def test_a_revision_begins_with_the_published_text_sealed_in_its_own_case(house: House, call: Desk):
    target, _ = adopted(call)
    call("targets.publish", target=target)
    later = desk(house)
    for given in (later("targets.read", target=target), later("targets.revise", target=target)):
        assert "Tøjet kan repareres." not in json.dumps(given, ensure_ascii=False)
        assert later.opened(given["requirements"]) == REQUIREMENTS


def test_who_is_invited_by_name_is_asked_and_her_name_stays_sealed(call: Desk):
    target = call("targets.propose", **TITLE)["target"]
    walked(call, target, "planned", "drafting")
    name = call.sealed("Bager Jensen")
    given = call(
        "hearings.open", target=target, kind="trade", days=20, invited=[{"name": name, "type": "smes"}], requirements=[]
    )
    assert [it["name"] for it in given["respondents"]] == [name]
    assert call("hearings.unanswered", hearing=given["hearing"]) == given["respondents"]
    (held,) = hearings.of_case(call.house.operator().actor, call.case_id)
    assert (held["waiting"], held["invited"][0]["name"]) == (["Bager Jensen"], "Bager Jensen")
