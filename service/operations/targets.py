"""Procurement targets: from a proposal to a version that is frozen by its adoption."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from marshmallow import fields, validate

from service.domain import hearings as hearing_rules
from service.domain import record_facts as facts
from service.domain import targets as rules
from service.domain.organisations import WORKING_GROUP
from service.domain.record_errors import RevisionUnderWay, TargetNotFound, TargetNotInForce, TextChangedSinceVote
from service.operations.fields import Words, kept, requirements, sealed_requirements, text
from service.operations.readings import standing
from service.operations.registry import Place, operation
from service.operations.target_shapes import Frozen, Proposed, Read, Revised
from service.operations.versions import (
    begin,
    drop_left,
    find,
    freeze,
    give_peace,
    move,
    next_number,
    others,
    take_back,
    withdraw,
)
from service.store import ballots, hearings, organisations, settings
from service.store import targets as store
from service.store.tables import Target, TargetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ADOPTION = "adoption"
"""The question of the ballot that adopts a target (A07)."""

KEY = text(required=True)


# --- proposing ---------------------------------------------------------------------------------------------------------


@operation(
    "targets.propose",
    title=text(required=True),
    category=text(required=True),
    cpv=text(load_default=None, allow_none=True),
    kind=fields.String(load_default="new", validate=validate.OneOf(["new", "revision"])),
    revises=text(load_default=None, allow_none=True),
)
def propose(session: "Session", place: Place, asked: Mapping[str, Any]) -> Proposed:
    """Register a proposal, give it its key, and look for what overlaps it.

    A proposal to revise belongs to the target that this case revises already, else to `revises`, which is in force. One
    that was registered in this case is put right, and keeps its key. Raises `TargetNotFound`, `TargetNotInForce`,
    `RevisionUnderWay`.
    """
    if asked["kind"] == "revision":
        key = _revised(session, place, asked["revises"])
    else:
        key = _proposed(session, place, asked).key
    counting = {
        target_id
        for target_id, versions in store.all_versions(session, place.workspace_id).items()
        if rules.shown([version.status for version in versions]) not in rules.OVER
    }
    every = store.every(session, place.workspace_id)
    others = [it for it in every if it.key != key and it.id in counting and _overlaps(it, asked)]
    return {
        "target": key,
        "duplicates": [{"target": other.key, "title": other.title} for other in others],
        "open_groups": organisations.open_groups(session, place.workspace_id, WORKING_GROUP),
    }


def _proposed(session: "Session", place: Place, asked: Mapping[str, Any]) -> Target:
    made = store.of_case(session, place.workspace_id, place.case_id)
    if made is not None:
        target = made[0]
        target.title, target.category, target.cpv = asked["title"], asked["category"], asked["cpv"]
        session.flush()
        return target
    prefix = settings.values(session, place.workspace_id, ["target.prefix"], place.now)["target.prefix"].value or ""
    taken = [target.key for target in store.every(session, place.workspace_id)]
    target = Target(
        workspace_id=place.workspace_id,
        id=place.new_id(),
        key=rules.next_key(prefix, taken),
        title=asked["title"],
        category=asked["category"],
        cpv=asked["cpv"],
        proposed_at=place.now,
        origin=place.origin,
    )
    session.add(target)
    begin(session, place, target, kind="new", status="proposed")
    return target


def _revised(session: "Session", place: Place, key: str | None) -> str:
    making = store.of_case(session, place.workspace_id, place.case_id)
    if making is not None:
        return making[0].key
    target = find(session, place, key or "")
    versions = store.versions(session, place.workspace_id, target.id)
    if store.current(versions) is None:
        raise TargetNotInForce(key=target.key)
    if not _begun(session, place, target, versions):
        raise RevisionUnderWay(key=target.key)
    return target.key


def _overlaps(other: Target, asked: Mapping[str, Any]) -> bool:
    """Whether two are for the same: one product category, one CPV group (its first three digits), or one title."""
    same_group = bool(other.cpv and asked["cpv"] and other.cpv[:3] == asked["cpv"][:3])
    return same_group or any(
        one.strip().casefold() == another.strip().casefold()
        for one, another in ((other.category, asked["category"]), (other.title, asked["title"]))
    )


@operation("targets.read", target=KEY)
def read(session: "Session", place: Place, asked: Mapping[str, Any]) -> Read:
    """What the register says of a target now. Raises `TargetNotFound`.

    `version` is the number of the one in force, None where none is (any more); `making` whether another case makes a new
    one, `made_in` the id of that case.
    """
    target = find(session, place, asked["target"])
    versions = store.versions(session, place.workspace_id, target.id)
    current = store.current(versions)
    return {
        "target": target.key,
        "title": target.title,
        "category": target.category,
        "cpv": target.cpv,
        **standing(session, target, place.case_id),
        "requirements": [] if current is None else sealed_requirements(place, current.requirements),
    }


@operation(
    "targets.status",
    target=KEY,
    status=fields.String(required=True, validate=validate.OneOf(rules.STATUSES)),
    blocked_months=fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 600)),
)
def status(session: "Session", place: Place, asked: Mapping[str, Any]) -> str:
    """Say where the draft of this case stands; `blocked_months` bars the same proposal for that long.

    Raises `TargetNotFound`, `TargetStatusRefused`.
    """
    target, version = _making(session, place, asked["target"])
    if asked["blocked_months"] is not None:
        target.blocked_until = place.in_months(asked["blocked_months"])
    move(session, place, target, version, asked["status"])
    if asked["status"] == "postponed":
        give_peace(session, place, target, version)
    return str(asked["status"])


@operation("targets.merge", target=KEY, into=KEY)
def merge(session: "Session", place: Place, asked: Mapping[str, Any]) -> str:
    """Let a proposal be part of a target that there is already, and refer to it. Raises `TargetNotFound`.

    What a proposal to revise would have changed stays as it is: the proposal alone is at its end.
    """
    target, version = _making(session, place, asked["target"])
    into = find(session, place, asked["into"]).key
    if store.current(store.versions(session, place.workspace_id, target.id)) is not None:
        move(session, place, target, version, "withdrawn")
        return "withdrawn"
    target.merged_into = into
    move(session, place, target, version, "merged")
    return "merged"


# --- writing and adopting ------------------------------------------------------------------------------------------


@operation("targets.revise", target=KEY)
def revise(session: "Session", place: Place, asked: Mapping[str, Any]) -> Revised:
    """Begin a new version with the text of the one in force, which stays in force meanwhile.

    A target has one new version in the making at most. `begun` is false where another case makes one, whose id is then
    `made_in`, or where the target is no longer in force: then nothing has changed. Raises `TargetNotFound`.
    """
    target = find(session, place, asked["target"])
    versions = store.versions(session, place.workspace_id, target.id)
    begun = _begun(session, place, target, versions)
    return {
        "begun": begun is not None,
        "made_in": None if begun else standing(session, target, place.case_id)["made_in"],
        "version": next_number(versions) if begun else None,
        "requirements": sealed_requirements(place, begun.requirements) if begun else [],
    }


def _begun(session: "Session", place: Place, target: Target, versions: Sequence[TargetVersion]) -> TargetVersion | None:
    """The new version, or None where none may begin. One that was left lying gives way to it."""
    current = store.current(versions)
    if current is None or store.in_making(session, place.workspace_id, others(place, versions)):
        return None
    drop_left(session, place, target, versions)
    begun = begin(session, place, target, kind="revision", status="proposed", base=current)
    move(session, place, target, current, "under revision")
    return begun


@operation(
    "targets.save_draft",
    target=KEY,
    requirements=requirements(required=True),
    environmental_effect=Words(load_default=None, allow_none=True),
    supply_effect=Words(load_default=None, allow_none=True),
)
def save_draft(session: "Session", place: Place, asked: Mapping[str, Any]) -> Frozen:
    """Keep the requirements as the draft of this case's version, and what they do where that is said.

    What its form sealed stays sealed in the draft, and is opened when the version is published; the digest is that of the
    text. An effect that is not given leaves the one that was kept before. A version that was adopted and has an error,
    found before it is published, is taken back first. Raises `RequirementsRefused`, `TargetNotFound`, `SealedValueGone`.
    """
    take_back(session, place)
    target, version = _making(session, place, asked["target"])
    rules.check_open(version.status)
    rules.check_requirements(asked["requirements"])
    version.requirements, version.digest = asked["requirements"], store.digest(place.open(asked["requirements"]))
    version.environmental_effect = kept(asked["environmental_effect"]) or version.environmental_effect
    version.supply_effect = kept(asked["supply_effect"]) or version.supply_effect
    session.flush()
    place.tell(facts.TargetDrafted(target=target.key, version=version.id, digest=version.digest or ""))
    assert version.digest is not None, "a draft was kept just now"
    return {"version": next_number(store.versions(session, place.workspace_id, target.id)), "digest": version.digest}


@operation("targets.adopt", target=KEY, requirements=requirements(required=True))
def adopt(session: "Session", place: Place, asked: Mapping[str, Any]) -> Frozen:
    """Freeze the version that the steering group adopted, and give it its number.

    Both hearings must be closed, no objection unanswered, and the text must be the one that was voted on, but for the
    words where the meeting adopted amendments of wording, and but for what it adopted where they were of substance. Without a version of this case, words of the one in force are adjusted, and nothing
    that it obliges to; again where an error is found before they are published. Raises `TargetNotDecided`,
    `TargetNotInForce`, `TextChangedSinceVote`, `RequirementsRefused`.
    """
    rules.check_requirements(asked["requirements"])
    target = find(session, place, asked["target"])
    versions = store.versions(session, place.workspace_id, target.id)
    version = next((it for it in reversed(versions) if it.case_id == place.case_id and _developing(it)), None)
    ballot = None
    if version is None:
        version = _adjusted(session, place, target, versions, asked["requirements"])
    else:
        ballot = _ballot_of(session, place, target, version, asked["requirements"])
    freeze(session, place, target, version, asked["requirements"], ballot=ballot)
    assert version.number is not None and version.digest is not None, "a frozen version has both"
    return {"version": version.number, "digest": version.digest}


def _developing(version: TargetVersion) -> bool:
    return version.status in rules.DEVELOPING


def _ballot_of(
    session: "Session", place: Place, target: Target, version: TargetVersion, given: list[dict[str, Any]]
) -> str:
    ballot = ballots.last_closed(session, place.workspace_id, place.case_id, target.id, ADOPTION)
    held = hearings.of_version(session, place.workspace_id, version.id)
    rules.check_decided(
        None if ballot is None else ballot.outcome,
        internal=hearing_rules.state(held, "internal"),
        trade=hearing_rules.state(held, "trade"),
        objections=hearing_rules.unanswered(held),
    )
    assert ballot is not None, "an outcome has a ballot"
    if ballot.amendment == "none" and ballot.item_digest not in (None, store.digest(place.open(given))):
        raise TextChangedSinceVote
    if ballot.amendment == "editorial" and version.requirements:
        rules.check_wording(place.open(version.requirements), place.open(given))
    return ballot.id


def _adjusted(
    session: "Session", place: Place, target: Target, versions: Any, given: list[dict[str, Any]]
) -> TargetVersion:
    current = store.current(versions)
    if current is None:
        raise TargetNotInForce(key=target.key)
    rules.check_editorial(current.requirements, given)
    earlier = store.of_case(session, place.workspace_id, place.case_id, rules.DECIDED)
    if earlier is not None:
        withdraw(session, place, *earlier)
    return begin(session, place, target, kind="editorial", status="on agenda", base=current)


def _making(session: "Session", place: Place, key: str) -> tuple[Target, TargetVersion]:
    """The target and its version that this case makes. Raises `TargetNotFound`."""
    found = store.of_case(session, place.workspace_id, place.case_id)
    if found is None or found[0].key != key:
        raise TargetNotFound(key=key)
    return found
